"""An alert of a feed, to be shown."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.model.alert import Alert
from monitor.model.entry import Entry, Field, StoredEntry
from monitor.model.match import Match, Reason

KYIV = ZoneInfo("Europe/Kyiv")
SEEN = datetime(2024, 6, 3, 14, 12, tzinfo=UTC)
LINK = "https://www.themoscowtimes.com/2024/06/03/relatives-a85300"
SUMMARY = "Relatives of mobilized soldiers, branded a foreign agent by no one, gathered on Monday."
ENTRY = Entry(
    title="Relatives of Mobilized Russian Soldiers Protest",
    link=LINK,
    summary=SUMMARY,
    published=SEEN - timedelta(minutes=7),
)


def match(term: str, form: str, field: Field = Field.SUMMARY, entry: Entry = ENTRY) -> Match:
    start = entry.field(field).index(form)
    return Match(watchlist="war", term=term, field=field, start=start, end=start + len(form), form=form)


def alert(entry: Entry = ENTRY, *matches: Match, watchlist: str = "war", feed: str = "The Moscow Times") -> Alert:
    return Alert(
        number=1234,
        created=SEEN,
        watchlist=watchlist,
        reason=Reason.MATCHED,
        entry=StoredEntry(number=1, feed=feed, seen=SEEN, entry=entry),
        matches=matches,
    )
