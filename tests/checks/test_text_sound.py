"""A sound account in the wording of another province raises nothing; in half-width marks only these are told."""

from pathlib import Path

import fiscal

SOUND = Path(__file__).parents[1] / "samples" / "sound-account.txt"
HALF = str.maketrans("（），", "(),")


def told(path: Path) -> list[str]:
    return [finding.rule for finding in fiscal.read(str(path)).check()]


def test_a_sound_account_has_no_findings():
    assert told(SOUND) == ["disc.tables.none"]


def test_half_width_marks_are_read_as_full_ones_and_told_once(tmp_path):
    copy = tmp_path / "half.txt"
    copy.write_text(SOUND.read_text(encoding="utf-8").translate(HALF), encoding="utf-8")
    assert told(copy) == ["disc.tables.none", "PU3"]  # both remarks
    assert fiscal.read(str(copy)).check().figures == fiscal.read(str(SOUND)).check().figures


def test_one_wrong_share_is_found(tmp_path):
    copy = tmp_path / "wrong.txt"
    copy.write_text(SOUND.read_text(encoding="utf-8").replace("占42.03%", "占43.02%"), encoding="utf-8")
    assert "stmt.share.exp_basic" in told(copy)
