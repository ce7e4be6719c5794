"""The noted annexes: workload, self-evaluations and what contradicts itself, as sentences and small tables."""

from collections.abc import Callable
from typing import Any

from fiscal.narrative.noted import quantity, words
from fiscal.narrative.pieces import Figure, Grid, Piece, Sentence
from fiscal.narrative.source import Source

Annex = tuple[list[str | Sentence], list[Grid]]
UNKNOWN = "未公开"


def workload(source: Source) -> Annex:
    """How much was done in the year, as counted in the document."""
    lines: list[tuple[Piece, ...]] = []
    for item in source.account.notes.get("workload") or []:
        parts = words(item.get("parts"))
        name = f"{item.get('name', '')}（{parts}）" if parts else str(item.get("name", ""))
        lines.append((name, quantity(item), str(item.get("where", ""))))
    return [], [Grid("重点工作数量", ("工作", "数量", "出处"), tuple(lines), amounts=(1,))] if lines else []


def overall_performance(source: Source) -> Annex:
    """The overall self-evaluation: execution, targets and results, conclusion."""
    noted = _performance(source).get("overall") or {}
    texts = _labelled(noted, {"goal": "年度总体目标", "goal_result": "完成情况", "conclusion": "评价结论"})
    texts += _labelled(noted, {"problems": "存在问题", "suggestions": "改进建议"})
    execution = _lines(noted.get("execution"), ("name", "budget", "executed"))
    levels = ("level1", "level2", "level3", "target", "actual")
    indicators = _lines(noted.get("indicators"), levels)
    grids = [
        Grid("部门整体支出预算执行情况（万元）", ("来源", "预算数", "执行数"), execution, amounts=(1, 2)),
        Grid("部门整体支出绩效自评表", ("一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值"), indicators,
             "空白处为自评表没有填写。"),
    ]  # fmt: skip
    return texts, [grid for grid in grids if grid.lines]


def project_performance(source: Source) -> Annex:
    """Every self-evaluated project: aim, uses of money, grade, problems."""
    texts: list[str | Sentence] = []
    grids = []
    for project in _performance(source).get("projects") or []:
        facts = {"goal": "绩效目标", "grade": "自评等级", "problems": "存在问题", "suggestions": "改进建议"}
        texts += _labelled(project, facts)
        lines = tuple(
            (str(use.get("name", "")), quantity(use), str(use.get("note") or use.get("where") or ""))
            for use in project.get("uses") or []
        )
        title = f"{project.get('name', '项目')}：自评报告所列用途"
        grids += [Grid(title, ("用途", "金额", "说明"), lines, amounts=(1,))] if lines else []
    return texts, grids


def remarks(source: Source) -> Annex:
    """Facts of the document that contradict each other, every number tied to where it is stated."""
    texts: list[str | Sentence] = []
    for conflict in _performance(source).get("conflicts") or []:
        texts.append(_tied(str(conflict.get("what", "")), conflict.get("slots") or [], source))
    texts += [f"{text}。" for item in source.account.notes.get("remarks") or [] if (text := words(item))]
    grids = []
    for conflict in source.account.notes.get("count_conflicts") or []:
        lines = tuple(
            (str(item.get("what", "")), quantity(item), str(item.get("where", "")))
            for item in conflict.get("stated") or []
        )
        title = f"{conflict.get('name', '')}：各处说法"
        grids.append(Grid(title, ("内容", "数量", "出处"), lines, str(conflict.get("note", "")), amounts=(1,)))
    return texts, grids


ANNEXES: dict[str, Callable[[Source], Annex]] = {
    "workload": workload,
    "overall_performance": overall_performance,
    "project_performance": project_performance,
    "remarks": remarks,
}


def _performance(source: Source) -> dict:
    return source.account.notes.get("performance") or {}


def _labelled(noted: dict, labels: dict[str, str]) -> list[str | Sentence]:
    return [f"{label}：{text}。" for key, label in labels.items() if (text := words(noted.get(key), "；"))]


def _lines(items: list[dict] | None, keys: tuple[str, ...]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(tuple(str(item.get(key, "")) for key in keys) for item in items or [])


def _tied(text: str, slots: list[str], source: Source) -> Sentence:
    """The text with the figures of `slots` that it quotes as Figures."""
    pieces: list[Piece] = [f"{text.rstrip('。')}。"]
    for figure in filter(None, map(source.figure, slots)):
        pieces = [part for piece in pieces for part in _split(piece, figure)]
    return Sentence(tuple(pieces))


def _split(piece: Any, figure: Figure) -> list[Piece]:
    if not isinstance(piece, str) or not figure.text or figure.text not in piece:
        return [piece]
    before, after = piece.split(figure.text, 1)
    return [before, figure, after]
