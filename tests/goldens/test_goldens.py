import pytest

from tests.goldens.record import GENERATED, KEPT, account_of, lines, sources


@pytest.mark.parametrize("name", sources())
def test_results_are_what_they_were(name, tmp_path):
    path = sources()[name]
    if path is None and name not in GENERATED:
        pytest.skip("the real documents of ../shared/samples are not here")
    kept = (KEPT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert list(lines(account_of(name, path, tmp_path))) == kept, "renew with python -m tests.goldens.record"
