"""What holds for every test."""

import pytest


@pytest.fixture(autouse=True)
def fresh_children():
    """Children that a command keeps for the next one must not carry what a test has patched into another."""
    yield
    from fiscal.commands.accounts import WORKERS

    WORKERS.end()
