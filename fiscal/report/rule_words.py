"""A rule in words: its formula as a sentence in Chinese, and a worked example with invented numbers."""

import ast

from fiscal.dictionary.identities import Identity, slot_words
from fiscal.dictionary.tables import catalogue

_ROWS = {
    "total": "合计行", "all": "各科目行", "classes": "各“类”行", "groups": "各“款”行", "items": "各“项”行",
    "leaves": "各最末级科目行", "data": "数据行", "functional_classes": "各功能类行",
    "economic_items": "各经济分类款行", "economic_classes": "各经济分类类行",
}  # fmt: skip
_SIGNS: dict[type, str] = {
    ast.Add: "＋", ast.Sub: "－", ast.Mult: "×", ast.Div: "÷", ast.Eq: "＝", ast.NotEq: "≠", ast.LtE: "≤",
    ast.Lt: "＜", ast.GtE: "≥", ast.Gt: "＞", ast.In: "属于", ast.And: "，并且", ast.Or: "，或者",
}  # fmt: skip
_CALLS = {
    "sum": "{0}之和", "share": "{0}÷{1}×100%", "completion": "{0}÷{1}×100%", "pct_change": "（{0}－{1}）÷{1}×100%",
    "change": "{0}－{1}", "abs": "{0}的绝对值", "children": "所属下级科目", "present": "有{0}",
    "blank": "没有{0}", "lookup": "{0}中同一科目", "zero": "{0}为零",
    "same_name": "{0}与{1}名称相同",
    "own_code": "{0}是{1}应有的编码",
    "name_of": "当年科目中{0}的名称", "listed": "当年科目中有{0}", "count": "{0}的个数", "is_true": "{0}为是",
    "is_false": "{0}为否", "least": "{0}中最小的", "greatest": "{0}中最大的", "contains_all": "{0}包含{1}",
    "nonzero_items": "{0}有金额的科目", "nonzero_rows": "{0}不为零的行",
}  # fmt: skip
_PLAIN = {
    "total": "合计", "actual": "决算数", "amount": "金额", "share": "占比", "budget": "预算数", "completion": "完成率",
    "value": "数", "first": "前一处的数", "count": "数量", "name": "名称", "code": "编码", "executed": "执行数",
    "rate": "比率", "stated": "所写的数", "now": "本年数", "before": "上年数", "group_name": "款名",
    "class_name": "类名", "class_code": "类编码", "group_code": "款编码", "item_name": "项名",
    "table": "表名", "role": "所指年度", "year": "年份", "unit": "单位",
    "fund": "资金性质", "personnel": "人员经费", "public": "公用经费", "slot": "事项", "kind": "种类",
    "direction": "方向", "word": "用词",
}  # fmt: skip
_WORDS = {
    "r": "该行", "required_sections": "规定的各部分", "profile": "所用的表样", "prev": "上年", "flow": "收支流量表",
    "matrix": "按经济分类的明细表", "plain": "普通表", "budget9": "部门预算", "sichuan13": "四川省部门决算",
    "current": "本年", "previous": "上年",
}  # fmt: skip
_SAMPLE = {
    "table": "某表", "other": "另一张表", "row": "“某科目”", "col": "“某栏”", "a": "（甲数）", "b": "（乙数）",
    "diff": "（差额）", "unit": "", "name": "某事项", "text": "……", "year": "某", "should": "某",
}  # fmt: skip
_FIELDS = {"subject_code": "科目编码", "subject_name": "科目名称", "key": "行", "empty_note": "表下“无数据”的说明"}
_EXAMPLES = {
    "copy": "例：一处印100.00，另一处印100.10，不符；一处印100，另一处印100.00，相符。",
    "row_copy": "例：一张表印33.87，另一张表同一科目印33.78，不符；末位相差0.01的，按分别取整处理，只作提示。",
    "sum": "例：12.34＋7.66＝20.00，合计印20.00，相符；合计印20.10，相差0.10，超出三个数末位所能解释的0.015，不符。",
    "percent": "例：45.00÷120.00＝37.5%，印37.50%，相符；印37.05%，不符。",
    "bound": "例：部分45.00，整体40.00，部分大于整体，不符；部分40.00，整体40.00，相符。",
    "exact": "例：所说的条件成立，就不提示；不成立，就列出所在的表、行或句子。",
}


def in_words(identity: Identity) -> str:
    """The formula as a clerk reads it: 《支出决算表》合计行“本栏”＝各“类”行“本栏”之和."""
    told = _said(ast.parse(identity.formula, mode="eval").body, identity)
    where = _said(ast.parse(identity.for_each, mode="eval").body, identity) if identity.for_each else ""
    each = f"对{where}逐一核对：" if where else ""
    return f"{each}{told}。"


def example(kind: str) -> str:
    """What fits and what does not, by the kind of comparison."""
    return _EXAMPLES.get(kind, "")


def condition(identity: Identity) -> str:
    """When the rule is asked at all."""
    return f"只在{_said(ast.parse(identity.when, mode='eval').body, identity)}时核对。" if identity.when else ""


def _said(node: ast.AST, rule: Identity) -> str:
    if isinstance(node, ast.BoolOp):
        return _SIGNS[type(node.op)].join(_said(part, rule) for part in node.values)
    if isinstance(node, ast.UnaryOp):
        return ("并非" if isinstance(node.op, ast.Not) else "－") + _said(node.operand, rule)
    if isinstance(node, ast.BinOp):
        return f"{_said(node.left, rule)}{_SIGNS[type(node.op)]}{_said(node.right, rule)}"
    if isinstance(node, ast.Compare):
        rest = [f"{_SIGNS[type(op)]}{_said(right, rule)}" for op, right in zip(node.ops, node.comparators, strict=True)]
        return _said(node.left, rule) + "".join(rest)
    if isinstance(node, ast.Tuple | ast.List):
        return "、".join(_said(part, rule) for part in node.elts)
    if isinstance(node, ast.Constant):
        return f"“{_WORDS.get(node.value, node.value)}”" if isinstance(node.value, str) else str(node.value)
    if isinstance(node, ast.Call):
        return _call(node, rule)
    return _named(node, rule)


def _call(node: ast.Call, rule: Identity) -> str:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name == "prints":
        return f"{_said(node.args[0], rule)}印有{_printed(ast.unparse(node.args[1]))}"
    parts = [_said(part, rule) for part in node.args]
    template = _CALLS.get(name, "{0}")
    if "{1}" not in template:
        parts = parts[:1] if name == "lookup" else ["、".join(parts)]
    return template.format(*parts, *[""] * 2)


def _printed(name: str) -> str:
    """A row or column that a table may print."""
    row = _row(name)
    return row if name not in row else f"“{_column(name)}”栏"


def _named(node: ast.AST, rule: Identity) -> str:
    """A table, its rows and columns, or what the narrative states."""
    if isinstance(node, ast.Attribute):
        return _attribute(node, rule)
    if isinstance(node, ast.Subscript):
        base = _said(node.value, rule)
        inside = ast.unparse(node.slice)
        if inside == "c":
            return f"{base}同一栏"
        if _is_table(node.value):
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            return base + "、".join(_row(ast.unparse(part)) for part in parts)
        return base
    return _word(node.id, rule) if isinstance(node, ast.Name) else ast.unparse(node)


def _attribute(node: ast.Attribute, rule: Identity) -> str:
    base, name = node.value, node.attr
    if isinstance(base, ast.Name) and base.id == "stmt":
        return f"说明中的{slot_words(name) or name}"
    if ast.unparse(base) in ("prev.stmt", "prev"):
        return (
            f"上年说明中的{slot_words(name) or name}"
            if ast.unparse(base) == "prev.stmt"
            else f"上年{_word(name, rule)}"
        )
    if name in _FIELDS:
        return f"{_said(base, rule)}的{_FIELDS[name]}"
    return f"{_said(base, rule)}“{_column(name)}”"


def _word(name: str, rule: Identity) -> str:
    if name == "T":
        titles = [catalogue()[key].title for key in rule.tables if key in catalogue().entries]
        return f"《{titles[0]}》" if len(titles) == 1 else "该表"
    if name in catalogue().entries:
        return f"《{catalogue()[name].title}》"
    return _WORDS.get(name) or _PLAIN.get(name, name)


def _is_table(node: ast.AST) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name == "T" or name in catalogue().entries


def _row(name: str) -> str:
    if name in _ROWS:
        return _ROWS[name]
    labels: dict[str, str] = {
        row.key: row.labels[0] for entry in catalogue().entries.values() for row in entry.rows if row.labels
    }
    labels |= {row.key: row.labels[0] for rows in catalogue().row_sets.values() for row in rows if row.labels}
    return f"“{labels.get(name, name)}”行"


def _column(name: str) -> str:
    heads = (c for entry in catalogue().entries.values() for c in entry.columns if c.key == name and c.headers)
    return _PLAIN.get(name) or next((column.headers[0] for column in heads), name)


def sample(message: str, tables: tuple[str, ...]) -> str:
    """How a finding of the rule reads; without figures, which a page of results would show like its own."""
    title = catalogue()[tables[0]].title if tables and tables[0] in catalogue().entries else _SAMPLE["table"]
    return message.format_map(_Sample(_SAMPLE | {"table": title}))


def advised(suggestion: str) -> str:
    """What a rule over words advises; what stands in the document or the dictionary is left open."""
    return suggestion.format_map(_Sample(year="某"))


class _Sample(dict):
    def __missing__(self, key: str) -> str:
        return "……"
