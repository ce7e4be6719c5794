"""From an identity to what the runner executes: its parts with compiled sides, compiled once per identity and table."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fiscal.checks.identities.conditions import Conditions
from fiscal.checks.identities.formula import Adder, Linear, NotLinear
from fiscal.checks.identities.functions import Value
from fiscal.checks.identities.references import References, selectors
from fiscal.dictionary.identities import Identity, catalogue
from fiscal.dictionary.sentence_grammar import parse, slot_ref, table_ref, uses_t
from fiscal.errors import DeclarationError

_OPS: dict[type, str] = {ast.Eq: "==", ast.LtE: "<=", ast.Lt: "<", ast.GtE: ">=", ast.Gt: ">"}
_SPLIT = frozenset({"copy", "row_copy", "sum", "bound"})
_MAY_BE_NEGATIVE = re.compile("opening|closing|surplus|distribution")


@dataclass(frozen=True)
class Part:
    """One comparison: `left` and `right` are weighted sums, `value` is the rate or condition of the other kinds.

    needs         (is last year's, table) without which it cannot be evaluated
    only_columns  every cell stands in column c of one table
    bounded       unknown parts cannot be negative, so known parts <= whole can be tested
    constants     it holds a number other than 0, which is meant in the unit beside it
    direct        one comparison of two sides, which a message can quote
    vacuous       holds where nothing speaks against it: passing verifies none of the figures it looked at
    """

    kind: str
    op: str = "=="
    left: Adder | None = None
    right: Adder | None = None
    value: Value | None = None
    needs: tuple[tuple[bool, str], ...] = ()
    sides: tuple[str, str] = ("", "")
    slots: tuple[str, ...] = ()
    only_columns: bool = False
    bounded: bool = False
    constants: bool = False
    direct: bool = True
    vacuous: bool = False


@dataclass(frozen=True)
class Plan:
    """An identity for one meaning of T. `source` is table, list or ""; `rows` are the selectors of for_each."""

    identity: Identity
    table: str | None
    parts: tuple[Part, ...]
    source: str = ""
    over: str = ""
    rows: tuple[str, ...] = ()
    when: Value | None = None
    when_each: bool = False
    uses_prev: bool = False


@lru_cache(maxsize=4096)
def plans(identity: Identity) -> tuple[Plan, ...]:
    """One plan per table T stands for. Errors: DeclarationError where a formula does not fit its kind."""
    try:
        return tuple(_plan(identity, table) for table in (identity.tables if uses_t(identity) else (None,)))
    except NotLinear as error:
        what = f"formula does not fit kind {identity.kind}: {error}"
        raise DeclarationError(f"entry {identity.id}", what, "correct the entry") from error
    except ZeroDivisionError as error:
        raise DeclarationError(f"entry {identity.id}", "formula divides by zero", "correct the entry") from error


def _plan(identity: Identity, table: str | None) -> Plan:
    over, source, rows = _binding(identity, table)
    references = References(table, source)
    tree = parse(identity.formula)
    when = parse(identity.when) if identity.when else None
    names = {node.id for node in ast.walk(when) if isinstance(node, ast.Name)} if when else set()
    return Plan(
        identity, table, tuple(_parts(tree, identity, references)), source, over, rows,
        Conditions(references).compile(when) if when else None, bool(names & {"r", "c"}),
        "prev" in identity.formula,
    )  # fmt: skip


def _binding(identity: Identity, table: str | None) -> tuple[str, str, tuple[str, ...]]:
    if not identity.for_each:
        return table or (identity.tables[0] if identity.tables else ""), "", ()
    node = parse(identity.for_each)
    slot = slot_ref(node)
    if slot:
        return slot[1], "list", ()
    assert isinstance(node, ast.Subscript)  # the grammar has refused everything else
    found = table_ref(node.value, table)
    return (found[1] if found else ""), "table", selectors(node.slice)


def _parts(tree: ast.expr, identity: Identity, references: References) -> Iterator[Part]:
    if identity.kind not in _SPLIT:
        yield _whole(tree, identity, references)
        return
    for node in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if not isinstance(node, ast.Compare):
            raise NotLinear(ast.unparse(node))
        ends = [node.left, *node.comparators]
        for op, left, right in zip(node.ops, ends, ends[1:]):
            yield _comparison(identity, references, _OPS.get(type(op), ""), (left, right))


def _comparison(identity: Identity, references: References, op: str, ends: tuple[ast.expr, ast.expr]) -> Part:
    if not op:
        raise NotLinear(" and ".join(ast.unparse(end) for end in ends))
    linear = Linear(references)
    whole = ast.Tuple(elts=list(ends), ctx=ast.Load())
    kind = "bound" if op != "==" else "copy" if identity.kind == "bound" else identity.kind
    return Part(
        kind, op, linear.compile(ends[0]), linear.compile(ends[1]),
        needs=_tables(whole, references.table), sides=_sides(ends, references, identity),
        slots=_slots(whole), only_columns=_one_column(whole, identity, references),
        constants=any(isinstance(node, ast.Constant) and node.value for node in ast.walk(whole)),
        bounded=identity.family == "I.SUM" and not _MAY_BE_NEGATIVE.search(ast.unparse(whole)),
    )  # fmt: skip


def _whole(tree: ast.expr, identity: Identity, references: References) -> Part:
    """A rate (kind percent) or a condition (kind exact)."""
    conditions = Conditions(references)
    needs, slots = _tables(tree, references.table), _slots(tree)
    if identity.kind == "exact":
        direct = isinstance(tree, ast.Compare | ast.Call)
        sides = _sides((tree, tree), references, identity)
        value, vacuous = conditions.compile(tree), any(map(_is_not, ast.walk(tree)))
        return Part("exact", "", None, None, value, needs, sides, slots, direct=direct, vacuous=vacuous)
    if not (isinstance(tree, ast.Compare) and len(tree.ops) == 1 and isinstance(tree.ops[0], ast.Eq)):
        raise NotLinear("kind percent wants percent == rate")
    ends = (tree.left, tree.comparators[0])
    left = Linear(references).compile(ends[0])
    value = conditions.compile(ends[1])
    return Part("percent", left=left, value=value, needs=needs, slots=slots, sides=_sides(ends, references, identity))


def _tables(tree: ast.AST, table: str | None) -> tuple[tuple[bool, str], ...]:
    """Tables without which the part cannot be evaluated: all but those it only asks the presence of."""
    found: dict[tuple[bool, str], None] = {}
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        if tree.func.id == "present" and table_ref(tree.args[0], table) and not isinstance(tree.args[0], ast.Attribute):
            return ()
        children: list[ast.AST] = list(tree.args)
    elif isinstance(tree, ast.Subscript):
        children = [tree.value]  # rows between the brackets may be called like a table
    else:
        children = list(ast.iter_child_nodes(tree))
    reference = table_ref(tree, table)
    if reference and reference[1] in catalogue().names.columns:
        return (reference,)
    for child in children:
        found.update(dict.fromkeys(_tables(child, table)))
    return tuple(found)


def _slots(tree: ast.AST) -> tuple[str, ...]:
    found = [slot_ref(node) for node in ast.walk(tree)]
    return tuple(dict.fromkeys(slot[1] for slot in found if slot and not slot[0]))


def _sides(ends: tuple[ast.expr, ast.expr], references: References, identity: Identity) -> tuple[str, str]:
    """The table of the left and of the right side, for messages."""
    over = _binding(identity, references.table)[0] if references.source == "table" else ""
    tables = [[key for _, key in _tables(end, references.table)] for end in ends]
    left = over if _uses_r(ends[0]) and over else (tables[0] or [""])[0]
    others = [key for key in (*tables[1], *tables[0], *identity.tables) if key != left]
    return left or (identity.tables[0] if identity.tables else ""), (others or [left])[0]


def _uses_r(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "r" for node in ast.walk(tree))


def _one_column(tree: ast.AST, identity: Identity, references: References) -> bool:
    """Every cell stands in column c of one table: a column of which nothing is printed needs no look."""
    if not identity.columns:
        return False
    over = _binding(identity, references.table)[0]
    tables = {key for _, key in _tables(tree, references.table)} | ({over} if references.source == "table" else set())
    return len(tables) == 1 and not any(isinstance(n, ast.Attribute) or _is_lookup(n) for n in ast.walk(tree))


def _is_not(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def _is_lookup(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lookup"
