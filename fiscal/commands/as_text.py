"""Results of a check as text for a terminal, in Chinese."""

from fiscal.commands.place_words import followed, place, some
from fiscal.model.finding import SEVERITY_WORDS

_FIGURES = {
    "verified": "核对一致",
    "rounding": "取整可解释",
    "conflicting": "不符",
    "unconstrained": "无可比对",
    "unread": "未读懂",
}
_JUDGED = ("verified", "rounding", "conflicting")
_UNCHECKED = "特别注意：文中的数字一个也没有核对到，以下结果不能说明文字部分无误"
_CHECKS = {"passed": "成立", "rounding": "取整范围内成立", "failed": "不成立", "skipped": "空白或缺项而无从核对"}


def as_text(result: dict) -> str:
    """All accounts of a result, one block each."""
    blocks = [_document(entry) for entry in result["documents"]]
    aside = [f"  {file['path']}：{file['reason']}" for file in result.get("ignored", [])]
    if aside:
        blocks.append("\n".join([f"未作为资料读取的文件 {len(aside)} 个：", *aside]))
    return "\n\n".join(blocks) + "\n"


def _document(entry: dict) -> str:
    if entry["error"]:
        return f"{entry['path']}\n  无法读取：{entry['error']}"
    own = "单位" if entry["level"] == "unit" else "部门"
    kind = f" {own}预算" if entry["kind"] == "budget" else ""
    name = f"{entry['entity'] or '单位未能识别'} {entry['year'] or '年度未能识别'}{kind}"
    figures, checks = entry["figures"], entry["checks"]
    lines = [
        f"{name}  （{entry['path']}）",
        f"  {_read(entry)}",
        *[f"  未读出：{_named(part)}{part['place']}：{part['reason']}" for part in entry["unread"]],
        *([f"  {_UNCHECKED}"] if figures["total"] and not any(figures[key] for key in _JUDGED) else []),
        *([f"  缺表：{_titles(entry['missing_tables'])}"] if entry["missing_tables"] else []),
        *([f"  文中数字：{_counts(figures, _FIGURES)}"] if figures["total"] else []),
        f"  勾稽关系：{_counts(checks, _CHECKS)}",
        *[f"  注意：{problem}" for problem in entry["problems"]],
        *[f"  {sentence}" for sentence in entry.get("told", ())],
        *[line for finding in entry["findings"] for line in _finding(finding)],
    ]
    if not entry["findings"] and not entry.get("accepted"):
        lines.append("  读出的部分没有需要处理的问题" if entry["unread"] else "  没有需要处理的问题")
    return "\n".join(lines)


def _read(entry: dict) -> str:
    """How much was read, before anything is said about it."""
    read, figures = len(entry["tables"]), entry["figures"]
    gone = [part for part in entry["unread"] if part["what"] in ("file", "sheet", "table", "page")]
    parts = len(entry["unread"]) - len(gone)
    tables = f"看到表格 {read + len(gone)} 张（处）：读出 {read}，未读出 {len(gone)}" + (
        f"，另有 {parts} 处行、列或格未读出" if parts else ""
    )
    return f"{tables}；文中数字 {figures['total']} 个，未读懂 {figures['unread']} 个"


def _named(part: dict) -> str:
    from fiscal.dictionary.tables import catalogue

    known = catalogue().entries.get(part["table"])
    return f"《{known.title}》" if known else ""


def _titles(tables: list[str]) -> str:
    from fiscal.dictionary.tables import catalogue

    return "、".join(catalogue()[table].title for table in tables)


def _counts(counts: dict, words: dict[str, str]) -> str:
    return "，".join(f"{word} {counts[key]}" for key, word in words.items())


def _finding(finding: dict) -> list[str]:
    lines = [f"  [{SEVERITY_WORDS[finding['severity']]}] {finding['message']}  （{finding['rule']}）"]
    lines += [f"      {words}" for words in some(map(_place, finding["evidence"]))]
    if finding["suggestion"]:
        lines.append(f"      建议：{finding['suggestion']}")
    if followed(finding):
        lines.append(f"      {followed(finding)}")
    return lines


def _place(item: dict) -> str:
    words = f"“{item['text']}”" if item["text"] else ""
    return " · ".join(part for part in (place(item, " · "), words) if part)
