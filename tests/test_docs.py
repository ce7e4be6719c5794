"""The documentation is true: commands, pages and examples it names exist; the site builds without a network."""

import os
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
    menu = (ROOT / "docs/mkdocs.yml").read_text(encoding="utf-8")
    assert all(f"{page.name}" in menu for page in PAGES)
    rooms = {path.parent.name for path in (ROOT / "fiscal").glob("*/README.md")}
    assert set(re.findall(r'"fiscal/(\w+)/README.md"', (ROOT / "docs/pages/rooms.md").read_text("utf-8"))) == rooms


@pytest.mark.parametrize("room", [fiscal.metrics, fiscal.charts], ids=["metrics", "charts"])
def test_the_page_of_names_has_every_measure_and_chart(room):
    page = (ROOT / "docs/pages/api.md").read_text(encoding="utf-8")
    told = set(re.findall(rf"(?m)^::: {room.__name__}\.\w+\.(\w+)$", page))
    assert told == {name for name in room.__all__ if callable(getattr(room, name))}


def test_the_rule_of_the_tutorial_loads(tmp_path):
    text = (ROOT / "docs/pages/contributor.md").read_text(encoding="utf-8")
    example = text.partition("```yaml\n")[2].partition("```")[0]
    assert len(yaml.safe_load(example)["identities"]) == 1
    (tmp_path / "own.yaml").write_text(example, encoding="utf-8")
    assert load_rules(tmp_path / "own.yaml")[0].id == "own.basic_project"


@pytest.mark.skipif(find_spec("mkdocs") is None, reason="no mkdocs: make .venv/.docs")
def test_the_site_builds_and_asks_for_nothing_from_elsewhere(tmp_path):
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-s", "-f", "docs/mkdocs.yml", "-d", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    )
    assert done.returncode == 0, done.stderr
    for page in tmp_path.glob("*.html"):
        assert not re.search(r'(src|href)="(https?:)?//[^"]*\.(js|css|woff2?)"', page.read_text(encoding="utf-8"))
