"""Formulas that are no sums: conditions of kind exact, the field `when`, and rates. Three-valued: a part that cannot
be evaluated leaves the whole open unless the other parts decide it."""

import ast
import re

from fiscal.checks.identities import functions as f
from fiscal.checks.identities.context import Env
from fiscal.checks.identities.exact import Skip
from fiscal.checks.identities.formula import Linear, NotLinear
from fiscal.checks.identities.functions import Value
from fiscal.checks.identities.lookups import Sheet
from fiscal.checks.identities.predicates import (
    BUILDERS,
    amount_of,
    children_of,
    entry_value,
    flag_is,
    joined,
    kleene,
    list_words,
    ordered,
    prints,
    row_words,
    slot_present,
    stated_word,
    there,
    truth,
    word_of,
)
from fiscal.checks.identities.references import OF_WHICH, References, selectors
from fiscal.dictionary.sentence_grammar import slot_ref, table_ref

WORD_FIELDS = frozenset({"subject_code", "subject_name", "key"})

# The foot note of every form (本表反映…情况) says nothing about empty; a note for others (如没有…) neither.
_SAYS_EMPTY = re.compile(r"(?<![如若])没有|(?<!有)无(?![法偿形论关障线人])|空表|为空|未(?:发生|安排|产生|使用)|不涉及")


def _says_empty(note: str) -> str:
    """The note under a table where it says that the table holds no data, else ""."""
    return note if _SAYS_EMPTY.search(note) else ""


class Conditions:
    """Compiles any expression to a closure that gives a value."""

    def __init__(self, references: References) -> None:
        self.references, self.linear = references, Linear(references)

    def compile(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return lambda env: node.value
        if isinstance(node, ast.List):
            parts = [self.compile(part) for part in node.elts]
            return lambda env: [part(env) for part in parts]
        if isinstance(node, ast.BoolOp):
            return kleene([self.compile(part) for part in node.values], isinstance(node.op, ast.Or))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.compile(node.operand)
            return lambda env: not truth(inner(env))
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.Attribute) and slot_ref(node.value):
            return self._attribute(node)
        try:
            return amount_of(self.linear.compile(node))
        except NotLinear:
            return self._other(node)

    def _compare(self, node: ast.Compare) -> Value:
        parts = [self.compile_any(part) for part in (node.left, *node.comparators)]

        def test(env: Env) -> bool:
            values = [part(env) for part in parts]
            env.sides = values[:2]  # of several comparisons the last one decided
            pairs = zip(node.ops, values, values[1:])
            return all(ordered(op, left, right) for op, left, right in pairs)

        return test

    def _other(self, node: ast.expr) -> Value:
        slot = slot_ref(node)
        if slot:
            return stated_word(*slot)
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id)
        if isinstance(node, ast.BinOp):
            return joined(node.op, self.compile(node.left), self.compile(node.right))
        raise NotLinear(ast.unparse(node))

    def _name(self, name: str) -> Value:
        if name == "required_sections":
            return f.required_sections
        if name == "profile":
            return lambda env: env.facts.profile
        table = self.references.table if name == "T" else name
        return lambda env: env.facts.sheet(table or "")

    def _attribute(self, node: ast.Attribute) -> Value:
        base, name = node.value, node.attr
        slot = slot_ref(base)
        if slot:
            return list_words(*slot, name)
        if name == "empty_note":
            table = self._name(base.id) if isinstance(base, ast.Name) else None
            if table:
                return lambda env: _says_empty(table(env).table.note)
        if isinstance(base, ast.Subscript):
            found = table_ref(base.value, self.references.table)
            if found:
                return row_words(*found, selectors(base.slice), name)
        if isinstance(base, ast.Name) and base.id == "r":
            return lambda env: word_of(env.r, name)
        found = table_ref(node, self.references.table)
        if found:
            return lambda env: env.side(found[0]).sheet(found[1])
        raise NotLinear(ast.unparse(node))

    def compile_any(self, node: ast.expr) -> Value:
        """Like compile, but r.word of a list entry may be a word or an amount."""
        of_r = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "r"
        if of_r and (self.references.source == "list" or node.attr in WORD_FIELDS):  # type: ignore[attr-defined]
            return entry_value(node.attr)  # type: ignore[attr-defined]
        return self.compile(node)

    def _call(self, node: ast.Call, name: str) -> Value:
        if name in ("prints", "of_which", "nonzero_items", "nonzero_rows", "form", "any_table", "any_text"):
            return self._about_tables(node, name)
        if name in ("present", "blank"):
            return self._presence(node.args[0], name == "blank")
        if name == "children":
            return children_of
        if name in ("is_true", "is_false"):
            return flag_is(slot_ref(node.args[0]), name == "is_true")
        values = [self.compile_any(part) for part in node.args]
        builder = BUILDERS.get(name)
        if builder is None:
            raise NotLinear(f"{name}() cannot be used here")
        return lambda env: builder(env, values)

    def _about_tables(self, node: ast.Call, name: str) -> Value:
        if name == "any_table":
            return lambda env: bool(env.facts.sheets)
        if name == "any_text":
            return lambda env: bool(env.facts.narrative.paragraphs or env.facts.narrative.claims)
        if name == "nonzero_rows":
            return self._nonzero_rows(node.args[0])
        found = table_ref(node.args[0], self.references.table)
        previous, table = found or (False, "")
        if name == "form":
            return lambda env: env.side(previous).sheet(table).form
        word = node.args[1].id  # type: ignore[attr-defined]
        if name == "of_which":
            return lambda env: any(r.label.startswith(OF_WHICH) for r in env.side(previous).sheet(table).select(word))
        if name == "nonzero_items":
            return lambda env: f.nonzero_items(env.side(previous).sheet(table), word)
        return lambda env: prints(env.side(previous).sheet(table), word)

    def _nonzero_rows(self, node: ast.expr) -> Value:
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript)):
            raise NotLinear(ast.unparse(node))
        found = table_ref(node.value.value, self.references.table)
        previous, table = found or (False, "")
        selector, column = selectors(node.value.slice)[0], node.attr
        return lambda env: f.nonzero_rows(env.side(previous).sheet(table), selector, column)

    def _presence(self, node: ast.expr, blank: bool) -> Value:
        slot = slot_ref(node)
        if slot:
            return lambda env: slot_present(env, *slot) is not blank
        inner = self.compile_any(node)
        table = table_ref(node, self.references.table)

        def present(env: Env) -> bool:
            try:
                value = inner(env)
            except Skip as skip:
                if skip.reason != "missing" or (blank and table):
                    raise
                return blank
            if isinstance(value, Sheet):
                return value.empty if blank else True
            return there(value) is not blank

        return present
