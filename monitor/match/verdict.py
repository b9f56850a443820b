"""What to make of an entry's matches once it is known what of its text its site says on many pages."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from monitor.model.entry import Field
from monitor.model.match import Decision, Reason

#: Reasons that another look at an entry can change.
_OPEN = {Reason.NO_MATCH, Reason.EXCLUDED}
#: Reasons of entries that match, and what they are for then.
_MATCHED = {Reason.MATCHED, Reason.EDITED, Reason.LATE, Reason.FLOOD_HELD}


def weighed(
    whole: Sequence[Decision], own: Sequence[Decision] | None, unproven: Collection[Field]
) -> tuple[Decision, ...]:
    """Return what to make of an entry.

    `whole` is what watchlists make of all its text, `own` of what is left without boilerplate, None if there is none
    in it; in fields of `unproven` boilerplate can not be told yet.
    """
    alone = {each.watchlist: each for each in own or whole}
    return tuple(_weighed(each, alone.get(each.watchlist, each), unproven) for each in whole)


def _weighed(whole: Decision, own: Decision, unproven: Collection[Field]) -> Decision:
    if whole.reason in _OPEN:
        # Only boilerplate ruled it out.
        return _doubted(own, unproven) if own.reason is Reason.MATCHED else whole
    if whole.reason not in _MATCHED or own.reason is Reason.FAILED:
        return whole
    if own.reason is Reason.NO_MATCH:
        return replace(whole, reason=Reason.BOILERPLATE)
    if own.reason is Reason.TOO_SLOW:
        return whole
    return _doubted(replace(whole, matches=own.matches or whole.matches), unproven)


def _doubted(decision: Decision, unproven: Collection[Field]) -> Decision:
    if decision.reason is Reason.MATCHED and all(match.field in unproven for match in decision.matches):
        return replace(decision, reason=Reason.UNPROVEN)
    return decision
