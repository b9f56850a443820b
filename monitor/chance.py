"""The only place that leaves something to chance."""

import random


def draw() -> float:
    """Return a number in [0, 1). It spreads work over time: nobody gains by guessing it, so it need be no secret."""
    return random.random()  # noqa: S311 - as the docstring says; secrets are made with `secrets`
