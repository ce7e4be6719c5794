"""The notation in which sentence patterns are written, and how it becomes a regular expression.

`[x]` optional · `(a/b)` alternatives · `{name}` a lexicon, its first use captured under its name · `~` a short run
without a figure or a full stop · `^` at the beginning: start of the text. Everything else stands for itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

BUILT_IN = {
    "n": r"(?<!\d)\d+(?:\.\d+)?",
    "year": r"(?:19|20)\d\d",
    "whole": r"[^，。；：、\d]{0,30}?",
    "noun": r"[^，。；：、\d]{2,30}?",
}
_RUN = r"[^，。；\d]{0,14}?"
_SPECIAL = re.compile(r"[\[\]()/{}~]|[^\[\]()/{}~]+")
_CLOSING = {"[": "]", "(": ")"}


def compile_pattern(text: str, lexicons: Mapping[str, Sequence[str]], *, end: bool = False) -> re.Pattern[str]:
    """A pattern in our notation as a regular expression; `end` anchors it at the end of the text.

    Errors: ValueError with the reason, for unbalanced brackets and unknown lexicons.
    """
    start, body = ("^", text[1:]) if text.startswith("^") else ("", text)
    return re.compile(f"{start}{_translate(body, lexicons)}{'$' if end else ''}")


def _translate(text: str, lexicons: Mapping[str, Sequence[str]]) -> str:
    out: list[str] = []
    open_brackets: list[str] = []
    inside_name = False
    captured: set[str] = set()
    for piece in _SPECIAL.findall(text):
        if inside_name:
            if piece != "}":
                out.append(_named(piece, lexicons, captured))
            inside_name = piece != "}"
        elif piece == "{":
            inside_name = True
        else:
            out.append(_piece(piece, open_brackets))
    if open_brackets or inside_name:
        raise ValueError(f"a bracket of “{text}” is not closed")
    return "".join(out)


def _piece(piece: str, open_brackets: list[str]) -> str:
    if piece in _CLOSING:
        open_brackets.append(_CLOSING[piece])
        return "(?:"
    if piece in "])":
        if not open_brackets or open_brackets.pop() != piece:
            raise ValueError(f"“{piece}” closes nothing")
        return ")?" if piece == "]" else ")"
    if piece == "/":
        return "|" if open_brackets else "/"
    if piece == "}":
        raise ValueError("“}” closes nothing")
    return _RUN if piece == "~" else re.escape(piece)


def _named(name: str, lexicons: Mapping[str, Sequence[str]], captured: set[str]) -> str:
    if name not in BUILT_IN and name not in lexicons:
        raise ValueError(f"unknown lexicon {{{name}}}")
    inner = BUILT_IN.get(name) or any_of(lexicons[name])
    first = name not in captured
    captured.add(name)
    return f"(?P<{name}>{inner})" if first else f"(?:{inner})"


def any_of(words: Sequence[str]) -> str:
    """A regular expression for one of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def spellings(text: str) -> list[str]:
    """All literal texts a pattern without lexicons and runs stands for: `a[b](c/d)` gives ac, ad, abc, abd."""
    if "{" in text or "~" in text:
        raise ValueError(f"“{text}”: a name may hold [ ] and ( / ) only")
    tree, rest = _sequence(iter(_SPECIAL.findall(text)), "")
    if rest:
        raise ValueError(f"“{text}”: “{rest}” closes nothing")
    return list(dict.fromkeys(tree))


def _sequence(pieces: Iterator[str], closing: str) -> tuple[list[str], str]:
    """The spellings up to the closing bracket; alternatives separated by “/”."""
    branches: list[list[str]] = [[""]]
    for piece in pieces:
        if piece in _CLOSING:
            inner, _ = _sequence(pieces, _CLOSING[piece])
            more = ["", *inner] if piece == "[" else inner
        elif piece == closing:
            return [text for branch in branches for text in branch], ""
        elif piece == "/" and closing:
            branches.append([""])
            continue
        elif piece in "])}":
            return [], piece
        else:
            more = [piece]
        branches[-1] = [left + right for left, right in product(branches[-1], more)]
    if closing:
        raise ValueError("a bracket is not closed")
    return [text for branch in branches for text in branch], ""
