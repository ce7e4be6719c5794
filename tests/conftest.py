"""What holds for every test."""

import os

import pytest


@pytest.fixture(autouse=True, scope="session")
def own_state(tmp_path_factory):
    """What a user keeps between runs is not touched by tests."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(autouse=True)
def fresh_children():
    """Children that a command keeps for the next one must not carry what a test has patched into another."""
    yield
    from fiscal.commands.accounts import WORKERS

    WORKERS.end()
