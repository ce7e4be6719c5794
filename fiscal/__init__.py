"""Read, reconcile and explain the final accounts (部门决算) of Chinese government departments.

Names load on first use, so that `import fiscal` costs nothing.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Account": "fiscal.account",
    "read": "fiscal.account",
    "read_expected": "fiscal.recognise.expected",
    "read_prices": "fiscal.dictionary.prices",
    "load_rules": "fiscal.dictionary.identities",
    "open_store": "fiscal.store",
    "charts": "",
    "metrics": "",
    "narrative": "",
    "show": "fiscal.report",
    "synthetic": "",
}
__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'fiscal' has no attribute {name!r}")
    home = _PUBLIC[name]
    return getattr(import_module(home), name) if home else import_module(f"fiscal.{name}")


def __dir__() -> list[str]:
    return __all__
