"""An alert of a feed that tries everything, as it goes to a receiver."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor import render
from monitor.model.alert import Alert
from monitor.model.entry import Entry, Field, StoredEntry
from monitor.model.match import Match, Reason

SEEN = datetime(2024, 6, 3, 14, 12, tzinfo=UTC)
LINK = "https://meduza.io/news/1?a=1&b=2_c_d"
ENTRY = Entry(
    id="1",
    title="<script>alert(1)</script> @everyone <!channel> **Минюст** _объявил_ `код` [тут](https://evil.example) # "
    "\u202e\u05e9\u05dc\u05d5\u05dd " + "«иностранные агенты» " * 20,
    link=LINK,
    summary="- Реестр иностранных агентов <b>пополнился</b> & @here *ещё* _раз_ ~вдруг~ ||скрыто|| 3.5 \\ snake_case.",
    text="# Новый\u2066 агент: <img src=https://evil.example/x.png> 1. `код` <@U123> <https://evil.example|тут>.\n"
    "Ещё один агент — מעולם לא היה <t:0:R> @channel\u202e.",
    published=SEEN - timedelta(minutes=7),
)


def _matches() -> tuple[Match, ...]:
    found = []
    for field, form, term in (
        (Field.SUMMARY, "иностранных агентов", "иностранный агент"),
        (Field.TEXT, "агент", "агент*"),
        (Field.TEXT, "היה", "היה"),
    ):
        start = ENTRY.field(field).index(form)
        found.append(Match(watchlist="агенты", term=term, field=field, start=start, end=start + len(form), form=form))
    return tuple(found)


ALERT = Alert(
    number=1234,
    created=SEEN,
    watchlist="агенты",
    reason=Reason.MATCHED,
    entry=StoredEntry(number=1, feed="Медуза <Live>", seen=SEEN, entry=ENTRY),
    matches=_matches(),
)
NASTY = render.alert(ALERT, timezone=ZoneInfo("Europe/Kyiv"))
