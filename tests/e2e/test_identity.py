"""What a site does to its feed, from the command line: edits, retractions, floods."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.e2e.conftest import PAPER, Home
from tests.servers import Page

NOW = datetime.now(UTC)
WORDS = "Relatives stood before the ministry for hours, and nobody came out to speak with them about those who were"


def item(name: str, title: str, text: str = "", *, days: float = 0, host: str = "paper.example") -> str:
    return (
        f"<item><guid>https://{host}/{name}</guid><link>https://{host}/news/{name}</link><title>{title}</title>"
        f"<description>{text}</description><pubDate>{format_datetime(NOW - timedelta(days=days))}</pubDate></item>"
    )


def publish(home: Home, *items: str) -> None:
    body = f"<rss version='2.0'><channel><title>Paper</title>{''.join(items)}</channel></rss>"
    home.site.pages[PAPER] = Page(body.encode(), headers={"Content-Type": "application/rss+xml"})


def test_edits_moves_and_retractions(home: Home) -> None:
    """A report that moves alerts once, an edit that newly matches says so, and one that takes it back is told."""
    home.configure(watchlists={"draft": {"any": ["mobilized"], "follow": "yes"}})
    publish(home, item("0", "Quiet day"))
    home.run("poll")
    for host in ("paper.example", "www.paper.example", "new.example"):
        publish(home, item("1", "A report", f"{WORDS} mobilized.", host=host), item("0", "Quiet day", host=host))
        home.run("poll")
    assert len(home.json("entries")) == 2
    edited = item("1", "A report", f"{WORDS} called up.", host=host), item("0", "Quiet day", "mobilized", host=host)
    publish(home, *edited)
    home.run("poll")
    first, second = home.json("alerts")
    assert (first["updated"], first["vanished"]["what"]) == (False, "passage removed")
    assert (second["updated"], second["vanished"]) == (True, None)
    assert sorted(home.hook.titles()) == [
        "[draft] A report",
        "[draft] Updated: Quiet day",
        "[rss-monitor] Passage removed: A report",
    ]
    assert "passage removed" in home.run("explain", str(first["entry"]["number"])).stdout


def test_a_flood_waits_for_a_word(home: Home) -> None:
    """An archive that is listed anew makes one message; what was held goes together once it is released."""
    publish(home, *(item(f"a{n}", f"Report {n}") for n in range(10)))
    home.run("poll")
    towns = ("Tula", "Omsk", "Perm", "Ufa", "Kazan", "Pskov", "Tver", "Orel", "Kursk", "Sochi")
    publish(home, *(item(f"b{n}", f"Many were mobilized in {town}", days=40 + n) for n, town in enumerate(towns)))
    home.run("poll")
    assert home.hook.titles() == ["[rss-monitor] Paper: 10 entries at once, most are old"]
    [feed] = home.json("feeds")
    assert feed["held"]["matches"] == 10
    assert home.json("feeds", "release", "Paper") == [{"feed": "Paper", "alerts": 10}]
    home.run("poll")
    assert home.hook.titles()[1:] == ["[rss-monitor] 10 alerts: draft 10"]
    assert home.run("feeds", "accept", "Paper").returncode == 1
