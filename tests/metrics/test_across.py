import pandas as pd
import pytest

from fiscal.metrics import consolidation, outliers
from tests.metrics.builders import office


def values(*numbers):
    return pd.DataFrame({"year": 2022, "entity": [f"局{i}" for i in range(len(numbers))], "v": numbers}).astype(
        {"v": "Float64"}
    )


def test_outliers_are_beyond_the_fences():
    lines = outliers(values(10, 11, 12, 13, 14, 40), "v")
    assert list(lines.loc[lines["is_outlier"], "entity"]) == ["局5"]
    assert lines["rank"].iloc[5] == 1
    assert lines["high"].iloc[0] == pytest.approx(17.5)  # quartiles 11.25 and 13.75


def test_too_few_values_or_no_spread_have_no_outliers():
    assert set(outliers(values(1, 2, 99), "v")["why_blank"]) == {"too_few"}
    assert set(outliers(values(5, 5, 5, 5, 5, 5), "v")["why_blank"]) == {"no_spread"}


def test_a_missing_value_is_no_outlier():
    lines = outliers(values(10, 11, 12, 13, 14, None), "v")
    assert lines["why_blank"].iloc[5] == "missing"
    assert not lines["is_outlier"].iloc[5]


def cells(*amounts, entity="单位"):
    accounts = [
        office(2022, {"201": ("一般公共服务支出", a)}, total=a, entity=f"{entity}{i}") for i, a in enumerate(amounts)
    ]
    return pd.concat([account.cells for account in accounts], ignore_index=True)


def outcome(units, parent):
    lines = consolidation(units, parent)
    return lines[(lines["table"] == "expenditure") & (lines["row_key"] == "201")].iloc[0]


def test_units_add_up_to_the_department():
    assert outcome(cells("1.00", "2.00"), cells("3.00"))["outcome"] == "equal"
    assert outcome(cells("1.00", "2.00"), cells("3.01"))["outcome"] == "rounding"
    different = outcome(cells("1.00", "2.00"), cells("3.50"))
    assert (different["outcome"], different["difference_yuan"]) == ("different", -5000)
    assert outcome(cells("1.00", "未公开"), cells("3.00"))["outcome"] == "unknown"
