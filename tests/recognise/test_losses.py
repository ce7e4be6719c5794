"""A table that lost its title, head, a column, its right half or its text accuses nobody and invents nothing.

All losses of all samples are tried by `python -m tests.recognise.losses`; here some of each, always the same.
"""

import random

import pytest

from tests.recognise.losses import NAMES, SAMPLES, Whole, losses

SOME = 5


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real documents of ../shared/samples are not here")
@pytest.mark.parametrize("name", NAMES)
def test_what_is_lost_is_unread(name):
    whole = Whole(name)
    made = ((loss, make()) for loss, make in losses(whole.raw))
    chosen = random.Random(name).sample([(loss, lost) for loss, lost in made if lost is not None], SOME)
    assert {loss: whole.new(lost) for loss, lost in chosen} == {loss: [] for loss, _ in chosen}
