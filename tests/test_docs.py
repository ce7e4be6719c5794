"""The documentation is true: commands, pages and examples it names exist; the site builds without a network."""

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

import fiscal
from fiscal.cli import main
from fiscal.dictionary.identities import load_rules

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs/pages").glob("*.md"))
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES]


def options(command: str) -> set[str]:
    return {name for option in main.commands[command].params for name in option.opts}


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_every_command_and_option_named_exists(path):
    lines = re.findall(r"(?m)^(?:.*`)?fiscal ([a-z]+)([^`#\n]*)", path.read_text(encoding="utf-8"))
    for command, rest in lines:
        assert command in main.commands, command
        assert set(re.findall(r"--[a-z-]+", rest)) <= options(command), (command, rest)


def test_every_page_is_in_the_menu_and_every_room_on_its_page():
    menu = (ROOT / "docs/pages/index.md").read_text(encoding="utf-8").partition("{toctree}")[2].split()
    assert {page.stem for page in PAGES} - {"index"} <= set(menu)
    rooms = {path.parent.name for path in (ROOT / "fiscal").glob("*/README.md")}
    told = re.findall(r"\{include\} ../../fiscal/(\w+)/README.md", (ROOT / "docs/pages/rooms.md").read_text("utf-8"))
    assert set(told) == rooms


def test_the_rule_of_the_tutorial_loads(tmp_path):
    text = (ROOT / "docs/pages/contributor.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    assert len(yaml.safe_load(example)["identities"]) == 1
    (tmp_path / "own.yaml").write_text(example, encoding="utf-8")
    assert load_rules(tmp_path / "own.yaml")[0].id == "own.basic_project"


@pytest.mark.skipif(find_spec("sphinx") is None, reason="no sphinx: make .venv/.docs")
def test_the_site_builds_and_asks_for_nothing_from_elsewhere(tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-c", "docs", "docs/pages", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for page in tmp_path.glob("*.html"):
        assert not re.search(r'(src|href)="(https?:)?//[^"]*\.(js|css|woff2?)"', page.read_text(encoding="utf-8"))
    names = (tmp_path / "api.html").read_text(encoding="utf-8")
    for room in (fiscal.metrics, fiscal.charts):
        told = set(re.findall(rf'id="{room.__name__}\.(\w+)"', names))
        assert told == {name for name in room.__all__ if callable(getattr(room, name))}
    assert json.dumps("公开") in (tmp_path / "searchindex.js").read_text(
        encoding="utf-8"
    )  # a word of two characters is found
