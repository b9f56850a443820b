"""What is to be said of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bench.day.faults import Fault
from bench.day.found import Findings
from bench.day.life import Figures
from bench.day.manners import Manners
from bench.day.tidings import Tidings
from monitor.model.feed import FeedHealth

_MOST_SHOWN = 30
#: A feed is late that was due so long before the end: its host may want to be left alone for an hour, and then another.
_LATE = timedelta(hours=2)
#: By how much chance makes a wait longer, at most.
_JITTER = 1.11


@dataclass(frozen=True)
class Verdict:
    """All figures of a day."""

    day: timedelta
    broken: Mapping[str, Fault]
    figures: Figures
    manners: Manners
    found: Findings
    tidings: Tidings

    @property
    def forgotten(self) -> list[str]:
        """Feeds that were not asked at their time, or are not to be asked within a day; a gone one, within a week."""
        end, names = self.figures.end, []
        for name, state in self.figures.states.items():
            most = timedelta(days=7 if state.health is FeedHealth.GONE else 1) * _JITTER
            if end is None or state.next_poll is None or not end - _LATE < state.next_poll < end + most:
                names.append(name)
        return names

    @property
    def unnamed(self) -> list[str]:
        """Feeds that were broken from the first request on, and of which nothing was said."""
        return [each.feed for each in self.broken.values() if each.is_dead and each.feed not in self.tidings.told]

    @property
    def is_good(self) -> bool:
        found = self.found
        return not (
            self.forgotten or self.unnamed or found.lost or found.doubled or found.told or self.manners.objections
        )

    def __str__(self) -> str:
        figures, found, tidings = self.figures, self.found, self.tidings
        late = max(figures.late, key=lambda feed: figures.late[feed], default="")
        dead = sum(each.is_dead for each in self.broken.values())
        strange = sorted(feed for feed in tidings.told if feed not in self.broken)
        parts: tuple[tuple[str, list[str]], ...] = (
            (f"feeds {len(figures.states)}, with faults {len(self.broken)}", []),
            (
                f"hours {self.day / timedelta(hours=1):g}, polls {figures.polls:,}, real seconds {figures.seconds:.0f}",
                [],
            ),
            (f"latest poll {figures.late.get(late)} late ({late})", []),
            (f"forgotten {len(self.forgotten)}", self.forgotten),
            (f"entries {found.entries:,}, expected {found.expected:,}, of them known by title {found.merged}", []),
            (f"lost {len(found.lost)}", [" ".join(each) for each in found.lost]),
            (f"doubled {len(found.doubled)}", [" ".join(each) for each in found.doubled]),
            (f"came and went between two polls {found.between.total()}", []),
            (f"alerts {found.alerts:,}, not told exactly once {len(found.told)}", []),
            (f"/score: {', '.join(f'{rule} {count}' for rule, count in self.manners.score.items())}", []),
            (f"objections {len(self.manners.objections)}", [str(each) for each in self.manners.objections]),
            (f"messages about feeds {tidings.messages}", []),
            (f"broken from the first request on {dead}, of them not named {len(self.unnamed)}", self.unnamed),
            (f"named with nothing done to them {len(strange)}", [f"{each}: {figures.story(each)}" for each in strange]),
        )
        lines = [line for head, rest in parts for line in (head, *(f"  {each}" for each in rest[:_MOST_SHOWN]))]
        kinds = sorted(self.broken.values(), key=lambda each: (each.spec, each.shape))
        return "\n".join([*lines, *map(self._of, kinds)])

    def _of(self, fault: Fault) -> str:
        """Say what became of a feed with a fault."""
        state = self.figures.states[fault.feed]
        why = f": {state.reason}" if state.reason else ""
        told = len(self.tidings.told.get(fault.feed, ()))
        story = self.figures.story(fault.feed) or "no trouble"
        return f"{fault.spec}, {fault.shape}: {fault.feed}: {story}; {told} messages; at the end {state.health}{why}"
