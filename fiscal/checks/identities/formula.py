"""The language of identities: formulas become closures once, and are then only called.

Linear formulas give weighted cells; everything else (shares, rates, words, conditions) goes through functions.py.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from fiscal.checks.identities.context import Env
from fiscal.checks.identities.exact import Skip, Terms, Weight, constant, unknown
from fiscal.checks.identities.references import References
from fiscal.dictionary.sentence_grammar import slot_ref
from fiscal.model.cells import Cell

Adder = Callable[[Env, Weight, Terms], None]


class NotLinear(Exception):
    """A formula that is no weighted sum of cells."""


@dataclass(frozen=True)
class Linear:
    """Compiles weighted sums of cells."""

    references: References

    def compile(self, node: ast.expr) -> Adder:
        """Errors: NotLinear."""
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return _constant(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return _scaled(self.compile(node.operand), -1)
        if isinstance(node, ast.BinOp):
            return self._operation(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id)
        fetch = self.references.fetch(node)
        if fetch is None:
            raise NotLinear(ast.unparse(node))
        return _cells(fetch)

    def _operation(self, node: ast.BinOp) -> Adder:
        if isinstance(node.op, ast.Add | ast.Sub):
            sign = 1 if isinstance(node.op, ast.Add) else -1
            return _both(self.compile(node.left), _scaled(self.compile(node.right), sign))
        factor = _number(node.right)
        if factor is not None:
            return _scaled(self.compile(node.left), factor if isinstance(node.op, ast.Mult) else 1 / factor)
        factor = _number(node.left)
        if factor is not None and isinstance(node.op, ast.Mult):
            return _scaled(self.compile(node.right), factor)
        raise NotLinear(ast.unparse(node))

    def _call(self, node: ast.Call, name: str) -> Adder:
        if name == "sum":
            return self._sum(node)
        if name == "change":
            return _both(self.compile(node.args[0]), _scaled(self.compile(node.args[1]), -1))
        if name in ("least", "greatest"):
            return _extreme(self.compile(node.args[0]), min if name == "least" else max)
        raise NotLinear(ast.unparse(node))

    def _sum(self, node: ast.Call) -> Adder:
        parts = [(self.compile(part), bool(slot_ref(part))) for part in node.args]
        columns = self._column_set(node)
        if columns:
            return _column_sum([adder for adder, _ in parts], columns)
        if len(parts) == 1 and not parts[0][1]:
            return parts[0][0]
        return _sum_of(parts)

    def _column_set(self, node: ast.Call) -> tuple[str, ...]:
        """Columns of sum(r.a, r.b, …) over a table row."""
        if self.references.source != "table" or len(node.args) < 2:
            return ()
        names = [part.attr for part in node.args if isinstance(part, ast.Attribute) and _is_r(part.value)]
        return tuple(names) if len(names) == len(node.args) else ()


def _is_r(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "r"


def _number(node: ast.AST) -> Fraction | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Fraction(str(node.value))
    return None


def _constant(node: ast.Constant) -> Adder:
    cell = constant(str(node.value))

    def add(env: Env, weight: Weight, out: Terms) -> None:
        out.append((weight, cell))

    return add


def _cells(fetch: Callable[[Env], list[Cell]]) -> Adder:
    def add(env: Env, weight: Weight, out: Terms) -> None:
        for cell in fetch(env):
            out.append((weight, cell))

    return add


def _scaled(adder: Adder, factor: Weight) -> Adder:
    if factor == 1:
        return adder

    def add(env: Env, weight: Weight, out: Terms) -> None:
        adder(env, weight * factor, out)

    return add


def _both(left: Adder, right: Adder) -> Adder:
    def add(env: Env, weight: Weight, out: Terms) -> None:
        left(env, weight, out)
        right(env, weight, out)

    return add


def _extreme(adder: Adder, choose: Callable) -> Adder:
    """The smallest or largest stated value of a list."""

    def add(env: Env, weight: Weight, out: Terms) -> None:
        terms: Terms = []
        adder(env, 1, terms)
        if any(cell.value is None for _, cell in terms):
            cells = [cell for _, cell in terms]
            raise unknown(cells) if any(cell.is_unknown for cell in cells) else Skip("blank")
        out.append((weight, choose((cell for _, cell in terms), key=lambda cell: cell.value)))

    return add


def _sum_of(parts: list[tuple[Adder, bool]]) -> Adder:
    """A slot that is not stated counts as 0 as long as another term of the list is stated."""

    def add(env: Env, weight: Weight, out: Terms) -> None:
        found, first = False, None
        for adder, optional in parts:
            try:
                adder(env, weight, out)
                found = True
            except Skip as skip:
                if not optional or skip.reason != "missing":
                    raise
                first = first or skip
        if not found and first:
            raise first

    return add


def _column_sum(parts: list[Adder], columns: tuple[str, ...]) -> Adder:
    """A set of columns of which nothing is printed is missing, not blank; one that the form leaves out is blank."""

    def add(env: Env, weight: Weight, out: Terms) -> None:
        if not env.sheet.any_printed(columns):  # type: ignore[union-attr]
            raise Skip("missing", ", ".join(columns[:2]))
        for adder, column in zip(parts, columns):
            if not env.sheet.leaves_out(column):  # type: ignore[union-attr]
                adder(env, weight, out)

    return add
