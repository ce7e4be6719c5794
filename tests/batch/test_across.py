"""The comparison at the end of a run: made, linked, not made without a store or pages."""

import pytest

from tests.batch.accounts import offices, run


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    root = tmp_path_factory.mktemp("across")
    data = offices(root / "data", 2)
    (data / "expected.csv").write_text("entity,year,by\n缺席局,2022,2001-01-01\n", encoding="utf-8")
    return run(data, out=root / "out", pages=True), root / "out"


def test_the_list_beside_the_accounts_is_taken_and_is_no_document(done):
    result, out = done
    assert result.failures == [] and result.unreadable == [] and result.n_accounts == 2
    assert "缺席局" in (out / "comparison.html").read_text(encoding="utf-8")


def test_index_and_comparison_lead_to_each_other(done):
    _, out = done
    assert 'href="comparison.html"' in (out / "index.html").read_text(encoding="utf-8")
    links = [path.relative_to(out).as_posix() for path in out.glob("*/*/report.html")]
    text = (out / "comparison.html").read_text(encoding="utf-8")
    assert len(links) == 2 and all(f'href="{link}"' in text for link in links)


def test_without_pages_there_is_none(tmp_path):
    run(offices(tmp_path / "data", 1), out=tmp_path / "out")
    assert not (tmp_path / "out/comparison.html").exists()
