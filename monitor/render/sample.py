"""Alerts that never were, to try templates and receivers on: one with all that an alert can have, one with little."""

from datetime import UTC, datetime, timedelta

from monitor.model.alert import Alert
from monitor.model.entry import Entry, Field, StoredEntry
from monitor.model.match import Match, Reason

_SEEN = datetime(2024, 6, 3, 14, 12, tzinfo=UTC)
_FULL = Entry(
    id="sample",
    link="https://news.example/2024/06/03/relatives-protest",
    title="Relatives of Mobilized Russian Soldiers Protest Outside Defense Ministry",
    summary="Жёны мобилизованных вышли к зданию Минобороны. The “foreign agent” law was named, too.",
    author="A. Reporter",
    category="News, Russia",
    published=_SEEN - timedelta(minutes=7),
)


def _alert(entry: Entry, *terms: tuple[str, Field, str]) -> Alert:
    matches = []
    for term, field, form in terms:
        start = entry.field(field).index(form)
        end = start + len(form)
        matches.append(Match(watchlist="sample", term=term, field=field, start=start, end=end, form=form))
    stored = StoredEntry(number=1, feed="The Example", seen=_SEEN, entry=entry)
    return Alert(
        number=1, created=_SEEN, watchlist="sample", reason=Reason.MATCHED, entry=stored, matches=tuple(matches)
    )


FULL = _alert(
    _FULL,
    ("мобилизованный", Field.SUMMARY, "мобилизованных"),
    ("foreign agent", Field.SUMMARY, "foreign agent"),
)
#: A match in an address: no title, no time of publication, no excerpt but that.
BARE = _alert(Entry(link="https://news.example/protest"), ("protest", Field.LINK, "protest"))
