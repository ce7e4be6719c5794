"""run.json: what a run was asked, what it was made from, with what."""

import json
from importlib.metadata import version
from pathlib import Path

from fiscal.batch import digest
from fiscal.dictionary.identities import load_rules
from tests.batch.accounts import office, run

RULE = """
identities:
  - id: own.share
    scope: intra_table
    family: I.WITHIN
    tables: [three_public, expenditure]
    formula: "three_public[data].actual_total * {times} <= expenditure[total].total"
    kind: bound
    severity: warning
    message: "“三公”经费{{a}}{{unit}}太多{{b}}{{unit}}"
    basis: a county rule
"""


def record(out: Path) -> dict:
    return json.loads((out / "run.json").read_text(encoding="utf-8"))


def test_inputs_arguments_and_versions_are_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    office(tmp_path / "data/jia/2022", 1)
    run(Path("data"), out=Path("out"))
    written = record(tmp_path / "out")
    assert written["arguments"] | {"rules": 0} == {
        "paths": ["data"], "out": "out", "store": "out/processed", "expected": None, "pages": False, "entity": None,
        "year": None, "jobs": 1, "scheduler": None, "rules": 0, "rules_digest": None,
    }  # fmt: skip
    (only,) = written["inputs"]
    assert only["path"].startswith("data/jia/2022") and only["year"] == 2022 and len(only["digest"]) == 32
    assert written["notebooks"] == digest.of_files((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
    assert written["libraries"]["duckdb"] == version("duckdb") and len(written["code"]) == 32


def test_rules_of_the_same_name_have_another_digest_when_they_say_something_else(tmp_path):
    office(tmp_path / "data/2022", 1)
    digests = []
    for times in (50, 100, 100):
        (tmp_path / "rules.yaml").write_text(RULE.format(times=times), encoding="utf-8")
        run(tmp_path / "data", out=tmp_path / "out", rules=load_rules(tmp_path / "rules.yaml"))
        asked = record(tmp_path / "out")["arguments"]
        assert asked["rules"] == ["own.share"]
        digests.append(asked["rules_digest"])
    assert digests[0] != digests[1] == digests[2]


def test_no_path_of_this_machine_is_recorded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    office(tmp_path / "data/2022", 1)
    (tmp_path / "data/broken.xlsx").write_text("no workbook", encoding="utf-8")
    run(tmp_path / "data", out=tmp_path / "out")
    assert record(tmp_path / "out")["unreadable"][0]["path"] == "data/broken.xlsx"
    assert str(tmp_path) not in (tmp_path / "out/run.json").read_text(encoding="utf-8")


def test_a_changed_input_has_another_digest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    digests = set()
    for seed in (1, 1, 2):
        office(tmp_path / "data/2022", seed)
        run(Path("data"), out=Path("out"))
        digests.add(record(tmp_path / "out")["inputs"][0]["digest"])
    assert len(digests) == 2


def test_nothing_read_is_recorded_as_nothing(tmp_path):
    (tmp_path / "data").mkdir()
    run(tmp_path / "data", out=tmp_path / "out")
    assert record(tmp_path / "out")["inputs"] == []
