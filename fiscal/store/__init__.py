"""The store of many accounts."""

from fiscal.store.store import Store, open_store

__all__ = ["Store", "open_store"]
