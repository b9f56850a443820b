"""`stories`: which entries carry one report."""

import typer

from monitor.cli.context import Json, stored
from monitor.cli.lists import Since, member_record, story_record
from monitor.cli.show import json_line, moment, table


def stories(context: typer.Context, since: Since = None, as_json: Json = False) -> None:
    """List the stories that several entries carry, with where they stand; by their first entries."""
    store = stored(context)
    records = store.stories(since=since) if store else iter(())
    if as_json:
        for each in records:
            first, *_ = each.story.members
            json_line({**story_record(each.story), "first": member_record(first), "alerts": list(each.alerts)})
        return
    table(
        ("story", "seen", "feed", "title", "also in", "alerts"),
        (
            (
                str(each.story.number),
                moment(first.seen),
                first.feed,
                first.title or first.link,
                ", ".join(dict.fromkeys(other.feed for other in others)),
                ", ".join(map(str, each.alerts)),
            )
            for each in records
            for first, *others in [each.story.members]
        ),
        empty="No two entries carried one report yet.",
    )
