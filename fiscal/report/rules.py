"""The rule reference, generated from the dictionary: id, severity, what is checked, why it matters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from fiscal.dictionary.identities import Identity
from fiscal.dictionary.identities import catalogue as identities
from fiscal.dictionary.laws import Law, laws
from fiscal.dictionary.tables import catalogue
from fiscal.dictionary.word_rules import TextRule, text_rules
from fiscal.model.finding import SEVERITY_WORDS
from fiscal.paths import write_text
from fiscal.report.kit.markup import Raw, tag
from fiscal.report.rule_words import advised, condition, example, in_words, sample


@dataclass(frozen=True)
class Entry:
    """One rule as the reference prints it."""

    id: str
    severity: str
    title: str
    why: str
    detail: str = ""


def entries() -> list[Entry]:
    """All rules: identities first, then the laws over what is said, then rules over words."""
    known = [_identity(item) for item in identities().identities]
    made = {law.id.replace("{m}", "…"): law for law in reversed(laws().laws.values())}
    known += [_law(law, rule) for rule, law in reversed(made.items())]
    return known + [_text_rule(rule) for rule in text_rules().values()]


@cache
def _titles() -> dict[str, str]:
    return {entry.id: entry.title for entry in entries()}


def title(rule: str) -> str:
    """What a rule is about, in a few words; its id where nothing is known of it."""
    law = laws().of(rule)
    return _titles().get(rule) or (law.says if law else rule)


def _identity(item: Identity) -> Entry:
    """Its formula in words, when it applies, how a finding reads, a worked example."""
    told = (in_words(item), condition(item), f"提示的样子：{sample(item.message, item.tables)}", example(item.kind))
    tables = "、".join(f"《{catalogue()[name].title}》" for name in item.tables if name in catalogue().entries)
    detail = "\n".join(part for part in (f"涉及的表：{tables}" if tables else "", *told[1:]) if part)
    words = identities().explanations[item.family].partition("（")[0].removesuffix("。")
    return Entry(item.id, item.severity, words, told[0], detail)


def _law(law: Law, rule: str) -> Entry:
    """A rule that follows from a law, or the law itself."""
    told = (
        f"提示的样子：{sample(law.message.replace('{should}', '增加'), ())}",
        f"建议：{law.suggestion}" if law.suggestion else "",
    )
    return Entry(rule, law.severity, law.says, law.example, "\n".join(part for part in told if part))


def _text_rule(rule: TextRule) -> Entry:
    worked = f"例：写作“{rule.wrong}”，会提示；写作“{rule.right}”，不提示。"
    told = f"{worked}\n建议：{advised(rule.suggestion)}"
    return Entry(rule.id, rule.severity, rule.title, rule.why, told)


def reference(ids: Iterable[str] | None = None) -> Raw:
    """The rules named (all of them for None) as a definition list that findings link to."""
    wanted = None if ids is None else set(ids)
    chosen = [entry for entry in entries() if wanted is None or entry.id in wanted]
    left = sorted((wanted or set()) - {entry.id for entry in chosen})
    chosen += [_law(law, rule) for rule in left if (law := laws().of(rule)) is not None]
    return tag("dl", *(part for entry in chosen for part in _entry(entry)), class_="reference")


def _entry(entry: Entry) -> Sequence[Raw]:
    chip = tag("span", SEVERITY_WORDS[entry.severity], class_="chip")
    head = tag("dt", tag("code", entry.id), " ", chip, " ", entry.title, id=f"rule-{entry.id}", class_=entry.severity)
    lines = [part for line in entry.detail.split("\n") if line for part in (tag("br"), tag("small", line))]
    return head, tag("dd", entry.why, *lines)


def as_text(rule: str) -> str | None:
    """One rule for a terminal; None where there is none of this id."""
    entry = next((entry for entry in entries() if entry.id == rule), None)
    law = laws().of(rule) if entry is None else None
    if law is not None:
        entry = _law(law, rule)
    if entry is None:
        return None
    lines = [f"{entry.id}  [{SEVERITY_WORDS[entry.severity]}]  {entry.title}", f"  {entry.why}"]
    return "\n".join([*lines, *(f"  {line}" for line in entry.detail.split("\n") if line)]) + "\n"


def near(rule: str) -> list[str]:
    """Ids that look like this one."""
    return get_close_matches(rule, [entry.id for entry in entries()], n=3)


def rules_page(out: Path) -> None:
    """Write the whole reference as one offline page."""
    from fiscal.report.kit.page import plain_page

    write_text(out, plain_page("规则说明", reference()))
