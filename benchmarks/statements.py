"""How long reading the words of a document takes, and how much of what is printed is understood."""

from benchmarks.timing import milliseconds
from fiscal.model.cells import Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.text import Paragraph
from fiscal.statements.reader import read_statements

RUNS = 9
AIM_MS = 150.0
PAGES = 25
_PER_PAGE = 700  # characters of a printed page in the usual type
_OPENING = (
    "一、收入支出决算总体情况说明",
    "2023年度收、支总计1,512.30万元。与2022年相比，收、支总计各增加12.30万元，增长0.82%。主要变动原因是人员经费增加。",
    "二、收入决算情况说明",
    "2023年本年收入合计1,512.30万元，其中：一般公共预算财政拨款收入1,400.30万元，占92.59%；政府性基金预算财政拨款收入100.00万元，占6.61%；"
    "事业收入0万元，占0%；其他收入12.00万元，占0.79%。",
    "三、支出决算情况说明",
    "2023年本年支出合计1,512.30万元，其中：基本支出1,000.00万元，占66.12%；项目支出512.30万元，占33.88%。",
    "（三）一般公共预算财政拨款支出决算具体情况",
    "2023年一般公共预算支出决算数为1,400.30万元，完成预算98.61%。其中：",
)
_ITEM = (
    "{n}.教育支出205（类）普通教育02（款）小学教育02（项）：支出决算为{n}7.83万元，完成预算98.00%，决算数小于预算数的主要原因是厉行节约，"
    "压减一般性支出，部分项目按合同约定结转下年支付。与2022年相比减少1.20万元，下降3.10%。",
    "{n}、社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）。主要用于：机关事业单位基本养老保险支出。"
    "年初预算为{n}9.00万元，支出决算为{n}6.18万元，完成年初预算的68.67%。决算数小于年初预算数的主要原因：人员变动，按实际支出。",
)


def document(pages: int = PAGES) -> Disclosure:
    """An invented narrative as long as `pages` printed pages."""
    lines = list(_OPENING)
    while sum(map(len, lines)) < pages * _PER_PAGE:
        lines.append(_ITEM[len(lines) % 2].format(n=len(lines)))
    paragraphs, offset = [], 0
    for line in lines:
        paragraphs.append(Paragraph(line, Place(document="bench.txt", offset=offset)))
        offset += len(line) + 1
    return Disclosure("bench.txt", year=2023, paragraphs=tuple(paragraphs))


def run() -> list[dict]:
    """Entries of outputs/bench.json: milliseconds for 25 pages and for 100, and the share of figures understood."""
    account = document()
    statements = read_statements(account).claims
    short, long = _best(account), _best(document(4 * PAGES))
    understood = sum(bool(statement.subject) for statement in statements) / len(statements)
    return [
        _entry("statements_25_pages", short, "ms", AIM_MS / short, AIM_MS),
        _entry("statements_100_pages", long, "ms", 4 * AIM_MS / long, 4 * AIM_MS),
        _entry("statements_understood", understood, "share", understood / 0.98, 0.98, runs=len(statements)),
    ]


def _best(account: Disclosure) -> float:
    return min(milliseconds(lambda: read_statements(account), RUNS))


def _entry(name: str, value: float, unit: str, ratio: float, baseline: float, runs: int = RUNS) -> dict:
    """`ratio` is how many times better than the aim."""
    return {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "baseline": baseline,
        "ratio": round(ratio, 2),
        "runs": runs,
    }
