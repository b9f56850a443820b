"""The only place that leaves something to chance."""

from random import SystemRandom

_source = SystemRandom()


def draw() -> float:
    """Return a number in [0, 1), which spreads work over time."""
    return _source.random()
