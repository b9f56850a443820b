"""Whether an alert of a story would tell anything new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from monitor.model.calm import Priority
from monitor.model.record import Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert that one watchlist has of a story."""

    priority: Priority
    #: That were found in its entry.
    terms: Collection[str]
    #: Whether its entry carries the very report that is in question.
    same: bool
    #: Whether it reached someone, or still may: one that was silenced, dropped or given up told nobody.
    alive: bool


def retold(terms: Collection[str], told: Sequence[Told]) -> bool:
    """Whether earlier alerts of the watchlist told it all: the same report, and every term that was found."""
    heard = [each for each in told if each.same and each.alive]
    return bool(heard) and {*terms} <= {term for each in heard for term in each.terms}


def risen(route: Route, told: Sequence[Told], *, sources: int) -> Route | None:
    """Return where an alert goes that says how many sources carry the story; None if it is not more urgent so."""
    reached = [raised for least, raised in route.corroborated if least <= sources]
    if not reached or any(each.priority.reaches(reached[-1].priority) for each in told):
        return None
    return reached[-1]
