"""`stories`: which entries carry one report."""

import typer

from monitor.cli.context import Json, stored
from monitor.cli.lists import Since, member_record, story_record
from monitor.cli.show import listing, moment
from monitor.model.record import StoryRecord


def stories(context: typer.Context, since: Since = None, as_json: Json = False) -> None:
    """List the stories that several entries carry, with where they stand; by their first entries."""
    store = stored(context)
    records = store.stories(since=since) if store else ()
    columns, empty = "story, seen, feed, title, also in, alerts", "No two entries carried one report yet."
    listing(records, _record, columns, _row, as_json=as_json, empty=empty)


def _record(kept: StoryRecord) -> dict[str, object]:
    first = member_record(kept.story.members[0])
    return {**story_record(kept.story), "first": first, "alerts": list(kept.alerts)}


def _row(kept: StoryRecord) -> tuple[object, ...]:
    first, *others = kept.story.members
    also_in = ", ".join(dict.fromkeys(other.feed for other in others))
    alerts = ", ".join(map(str, kept.alerts))
    return kept.story.number, moment(first.seen), first.feed, first.title or first.link, also_in, alerts
