"""What goes wrong with which feed, and when: every kind of the replay server, and two that no server can play."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Shape(StrEnum):
    """When a fault is there."""

    WHOLE = "from the first request on"
    PART = "from a twelfth of the day to seven twelfths"
    NOW_AND_THEN = "three requests of ten"


#: As in replay.py, with the options of the kind; `refused` and `noname` are addresses that lead nowhere.
SPECS = (
    *("html", "410", "redirect301", "reset", "403", "latin1", "429:retry=604800", "404", "empty", "500", "never304"),
    *("503", "503:retry=1200", "503:retry=3600:date=1", "429:retry=1800", "429:retry=900:date=1", "502", "loop"),
    *("slow:wait=30", "drip:rate=50", "truncate", "badgzip", "bomb:mb=20", "always304", "refused", "noname"),
    *("redirect302", "redirect307", "redirect308", "wrongtype", "stale", "etagchurn"),
)
#: What a reader is to get along with: the feed is there.
HARMLESS = frozenset(
    {
        "redirect301",
        "redirect302",
        "redirect307",
        "redirect308",
        "wrongtype",
        "latin1",
        "stale",
        "etagchurn",
        "never304",
    }
)
#: A 200 or 304 of these brought what the publisher published.
INTACT = HARMLESS | {None}
#: Answers that take longer than a poll may: time must pass for them.
ENDLESS = frozenset({"slow", "drip"})
#: Not of the replay server: the address that is asked instead.
NOWHERE = {"refused": "http://{host}:1/feed/{feed}", "noname": "http://{feed}.invalid/"}


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a feed."""

    feed: str
    spec: str
    shape: Shape

    @property
    def kind(self) -> str:
        return self.spec.partition(":")[0]

    @property
    def is_dead(self) -> bool:
        """Whether the feed can not be read at all, from the first request on."""
        return self.kind not in HARMLESS and self.shape is Shape.WHOLE

    def lasts(self, past: timedelta, day: timedelta) -> bool:
        """Whether it is there so long after the start."""
        return self.shape is not Shape.PART or day / 12 <= past < day * 7 / 12

    def told(self) -> str:
        """Return it as replay.py is told of it."""
        kind, _, options = self.spec.partition(":")
        words = [kind, self.feed, *filter(None, [options])]
        return ":".join([*words, "p=0.3"] if self.shape is Shape.NOW_AND_THEN else words)


def faults(feeds: Sequence[str], *, percent: float) -> dict[str, Fault]:
    """Return the faults of so many of the feeds: each kind on some, in each shape on some."""
    chosen = random.Random(4).sample(list(feeds), round(len(feeds) * percent / 100))
    shapes = tuple(Shape)
    found = {}
    for place, feed in enumerate(chosen):
        spec, shape = SPECS[place % len(SPECS)], shapes[place // len(SPECS) % len(shapes)]
        found[feed] = Fault(feed, spec, Shape.WHOLE if spec in NOWHERE else shape)
    return found
