"""Which entries alert: once each, whatever a site does to its feed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model.alert import Gone
from monitor.model.match import Reason
from monitor.model.watchlist import Watchlist
from monitor.store import Store
from tests.pipeline.conftest import Newsroom

DAY = "2024-06-03T10:00:00Z"
LONG = "Relatives of those called up stood before the ministry for hours, and nobody came out to speak with them."


def line(name: str, title: str, summary: str = "", day: str = DAY, link: str = "") -> str:
    return f"{name} | {title} | {summary} | {day} | {link}"


def alerted(room: Newsroom) -> list[str]:
    return [record.alert.entry.entry.title for record in room.store.alerts()]


async def test_r22_known_by_any_strong_alias(newsroom: Newsroom) -> None:
    """An entry whose id or link took another scheme, tracking parameters or a new body is the one that we know."""
    await newsroom.poll(line("0", "first"))
    await newsroom.poll(line("http://a.example/1", "mobilized", link="http://a.example/1"))
    for again in (
        line("https://a.example/1", "mobilized", link="https://www.a.example/1?utm_source=rss"),
        line("https://a.example/1", "mobilized", "another body", link="https://a.example/1"),
        line("urn:new", "mobilized", link="https://a.example/1#xtor=RSS"),
        line("urn:new", "another headline of the mobilized", link="https://a.example/other"),
    ):
        await newsroom.poll(again)
    assert alerted(newsroom) == ["mobilized"]


async def test_r22_a_report_that_moves_within_its_site(newsroom: Newsroom) -> None:
    """The same title, day and text under another id and link is the same report, and known by these from then on."""
    await newsroom.poll(line("0", "first"))
    await newsroom.poll(line("1", "mobilized", LONG, link="https://a.example/old"))
    await newsroom.poll(line("2", "mobilized", LONG, link="https://a.example/new"))
    await newsroom.poll(line("2", "the mobilized, again", "edited", link="https://a.example/new"))
    assert alerted(newsroom) == ["mobilized"]


async def test_r22_two_reports_with_one_title(newsroom: Newsroom) -> None:
    """Reports of one title that stand beside each other, or say different things, are two."""
    await newsroom.poll(line("0", "first"))
    await newsroom.poll(line("1", "mobilized", LONG), line("2", "mobilized", LONG))
    await newsroom.poll(line("3", "mobilized", f"Quite another report. {LONG}"))
    assert sum(kept.entry.entry.title == "mobilized" for kept in newsroom.store.entries()) == 3


async def test_a_site_on_a_new_host(newsroom: Newsroom) -> None:
    """A site that moves to another domain with its paths and titles alerts for none of them, but for what is new."""
    old = [line(f"https://old.example/{n}", f"mobilized {n}", link=f"https://old.example/news/{n}") for n in range(48)]
    new = [line(f"https://new.example/{n}", f"mobilized {n}", link=f"https://new.example/news/{n}") for n in range(48)]
    await newsroom.poll(*old)
    await newsroom.poll(line("https://new.example/n", "mobilized, new", link="https://new.example/news/99"), *new)
    assert alerted(newsroom) == ["mobilized, new"]


async def test_a_new_content_system(newsroom: Newsroom) -> None:
    """New ids and links for all that a site has, its titles and days as they were, alert for none of it."""
    await newsroom.poll(*(line(f"a{n}", f"mobilized {n}", link=f"https://a.example/?p={n}") for n in range(20)))
    moved = [line(f"b{n}", f"mobilized {n}", link=f"https://a.example/2024/story-{n}") for n in range(20)]
    await newsroom.poll(line("b99", "mobilized, new"), *moved)
    await newsroom.poll(line("b99", "mobilized, new"), *moved)
    assert alerted(newsroom) == ["mobilized, new"]


async def test_r23_an_id_given_twice(newsroom: Newsroom) -> None:
    """Of two entries with one id each alerts once, together, alone, and in any order."""
    others = [line(f"o{n}", f"other {n}") for n in range(40)]
    one, two = (line("1", f"mobilized {n}", link=f"https://a.example/{n}") for n in "ab")
    await newsroom.poll(*others)
    for entries in ([one, two], [two, one], [two], [one], [one, two]):
        await newsroom.poll(*entries, *others)
    assert sorted(alerted(newsroom)) == ["mobilized a", "mobilized b"]
    assert not newsroom.store.states()["paper"].by_link


async def test_r23_ids_that_tell_nothing(newsroom: Newsroom) -> None:
    """A feed that gives more than 5 % of its ids twice is known by its links for good, also after a restart."""
    await newsroom.poll(line("0", "first", link="https://a.example/first"))
    await newsroom.poll(*(line("1", f"mobilized {n}", link=f"https://a.example/{n}") for n in "ab"))
    newsroom.restart()
    await newsroom.poll(line("1", "mobilized c", link="https://a.example/c"))
    assert alerted(newsroom) == ["mobilized b", "mobilized a", "mobilized c"]
    assert newsroom.store.states()["paper"].by_link


async def test_r24_an_id_given_to_another_entry(newsroom: Newsroom) -> None:
    """A known id with another link and an unlike title is a new entry; with a like one, or its number, it is not."""
    await newsroom.poll(line("0", "first"))
    await newsroom.poll(line("1", "mobilized men of Tula write home", link="https://a.example/tula"))
    await newsroom.poll(line("1", "mobilized men of Tula write again", link="https://a.example/tula-again"))
    await newsroom.poll(line("1", "Harvest begins where soldiers were mobilized", link="https://a.example/harvest"))
    await newsroom.poll(line("2", "mobilized in 123456", link="https://a.example/123456/one"))
    await newsroom.poll(line("2", "Quite other words", link="https://a.example/123456/two"))
    assert alerted(newsroom) == [
        "mobilized men of Tula write home",
        "Harvest begins where soldiers were mobilized",
        "mobilized in 123456",
    ]


async def test_r25_an_edit_that_newly_matches(newsroom: Newsroom) -> None:
    """A watchlist that matches since an edit alerts, marked as updated; one that matched before does not again."""
    newsroom.watchlists = (Watchlist(name="draft", any=("mobilized",)), Watchlist(name="army", any=("soldier",)))
    await newsroom.poll(line("0", "first"))
    await newsroom.poll(line("1", "mobilized"))
    await newsroom.poll(line("1", "mobilized", "says a soldier"))
    await newsroom.poll(line("1", "mobilized", "says a soldier, and another"))
    await newsroom.deliver()
    first, second = (record.alert for record in newsroom.store.alerts())
    assert (first.watchlist, first.reason, first.follows) == ("draft", Reason.MATCHED, None)
    assert (second.watchlist, second.reason, second.follows) == ("army", Reason.EDITED, first.number)
    assert newsroom.titles() == ["[draft] mobilized", "[army] Updated: mobilized"]


@pytest.mark.parametrize("after", [line("1", "report", day="2024-06-03T11:00:00Z"), line("1", "  report ", " ")])
async def test_r25_no_edit(newsroom: Newsroom, after: str) -> None:
    """Another date or other spaces are no edit: what was added to a watchlist since does not alert."""
    await newsroom.poll(line("1", "report"))
    newsroom.watchlists = (Watchlist(name="new", any=("report",)),)
    await newsroom.poll(after)
    [record] = newsroom.store.entries()
    assert (alerted(newsroom), record.changes) == ([], 0)


async def test_r25_what_was_no_news_stays_none(newsroom: Newsroom) -> None:
    """An edit of an entry that stood in the first document, and matched there, does not alert; nor does a new term."""
    await newsroom.poll(line("1", "mobilized"), line("2", "report"))
    newsroom.watchlists = (Watchlist(name="draft", any=("mobilized", "report")),)
    await newsroom.poll(line("1", "mobilized", "edited"), line("2", "report", "edited"))
    assert alerted(newsroom) == []
    assert [made.reason for record in newsroom.store.entries() for made in record.decisions][:1] == [Reason.BASELINE]


async def test_r25_at_most_24_edits(newsroom: Newsroom) -> None:
    """After 24 changes of an entry no more are looked at: what counts visitors costs nothing for ever."""
    await newsroom.poll(line("1", "report"))
    for number in range(24):
        await newsroom.poll(line("1", "report", f"read {number} times"))
    await newsroom.poll(line("1", "report", "mobilized"))
    [record] = newsroom.store.entries()
    assert (alerted(newsroom), record.changes, record.entry.entry.summary) == ([], 24, "read 23 times")


async def test_r25_a_passage_is_taken_out(newsroom: Newsroom) -> None:
    """An alert whose passage an edit took away says so, until it is there again; a shorter text takes away nothing."""
    await newsroom.poll(line("0", "first"))
    await newsroom.poll(line("1", "report", f"{LONG} They were mobilized."), line("2", "other", f"{LONG} mobilized"))
    await newsroom.poll(line("1", "report", f"{LONG} They were called up."), line("2", "other", LONG[:40]))
    gone, kept = (record.alert for record in newsroom.store.alerts())
    if gone.entry.entry.title == "other":
        gone, kept = kept, gone
    assert gone.vanished is not None
    assert (gone.vanished.what, gone.vanished.at) == (Gone.PASSAGE, newsroom.clock())
    assert kept.vanished is None
    await newsroom.poll(line("1", "report", f"{LONG} They were mobilized by force."))
    assert all(record.alert.vanished is None for record in newsroom.store.alerts())


async def test_a_retraction_is_told_to_who_follows(newsroom: Newsroom) -> None:
    """A watchlist with `follow` has its receivers told, once, that a passage was taken out, with what it said."""
    newsroom.watchlists = (replace(newsroom.watchlists[0], follow=True),)
    await newsroom.poll(line("0", "first"))
    await newsroom.poll(line("1", "report", f"{LONG} They were mobilized."))
    for edited in ("called up", "called"):
        await newsroom.poll(line("1", "report", f"{LONG} They were {edited}."))
    await newsroom.deliver()
    [_, (_, told)] = newsroom.notifier.sent
    assert (told.title, told.alert) == ("[rss-monitor] Passage removed: report", 1)
    assert "Alert 1 of 3 Jun 2024 12:00 (UTC), paper, watchlist draft." in told.body
    assert "They were mobilized." in told.body


async def test_r25_survives_a_restart_and_an_older_database(newsroom: Newsroom) -> None:
    """An edit made while we were away is found; of entries that an older version kept, only later ones are."""
    await newsroom.poll(line("1", "report"), line("2", "other"))
    newsroom.restart()
    await newsroom.poll(line("1", "report", "mobilized"), line("2", "other"))
    assert alerted(newsroom) == ["report"]
    forget_entries(newsroom.store)
    newsroom.restart()
    await newsroom.poll(line("1", "report", "mobilized"), line("2", "other", "mobilized"))
    assert alerted(newsroom) == ["report"]


def forget_entries(store: Store) -> None:
    """Leave aliases as versions wrote them that did not know of which entries they are."""
    with store.writing() as db:
        db.exec_driver_sql("UPDATE alias SET entry = NULL")


async def test_r27_the_first_document_is_the_baseline(newsroom: Newsroom) -> None:
    """What a feed held when it was first read is no news."""
    await newsroom.poll(line("1", "mobilized"))
    assert alerted(newsroom) == []
    [record] = newsroom.store.entries()
    assert [made.reason for made in record.decisions] == [Reason.BASELINE]


async def test_r28_remembered_for_90_days(newsroom: Newsroom) -> None:
    """What left a feed is known for 90 days in which it could be read; what is older than that is news again."""
    for day in range(100):
        await newsroom.poll(*(line(f"{n}", f"mobilized {n}", day="") for n in (day, day + 1)))
        newsroom.clock.advance(timedelta(days=1))
    before = len(alerted(newsroom))
    assert newsroom.store.forget("paper") > 0
    assert newsroom.store.forget("paper") == 0
    await newsroom.poll(*(line(f"{n}", f"mobilized {n}", day="") for n in (2, 30, 100)))
    assert alerted(newsroom)[before:] == ["mobilized 2"]


async def test_r28_nothing_is_forgotten_while_a_feed_is_away(newsroom: Newsroom) -> None:
    """A feed that was dead for a year comes back with what it had, and nothing of it alerts."""
    await newsroom.poll(*(line(f"m{n}", f"mobilized {n}") for n in range(30)))
    newsroom.fetcher.pages.clear()
    newsroom.clock.advance(timedelta(days=365))
    await newsroom.poll_as_is()
    assert newsroom.store.forget("paper") == 0
    await newsroom.poll(*(line(f"m{n}", f"mobilized {n}") for n in range(30)))
    assert alerted(newsroom) == []


async def test_r29_an_old_entry_comes_late(newsroom: Newsroom) -> None:
    """An entry dated long before the last poll is told with the digest of the next morning, as late."""
    newsroom.kind = replace(newsroom.kind, burst=None)
    await newsroom.poll(line("0", "first"))
    newsroom.clock.advance(timedelta(hours=1))
    await newsroom.poll(line("1", "mobilized, old", day="2024-05-20T10:00:00Z"), line("2", "mobilized, new"))
    await newsroom.deliver()
    assert newsroom.titles() == ["[draft] mobilized, new"]
    newsroom.clock.advance(timedelta(hours=21))
    await newsroom.deliver()
    assert newsroom.titles()[1:] == ["[draft] mobilized, old"]
    assert "Late · " in newsroom.notifier.sent[1][1].body
    old, new = (record.alert for record in newsroom.store.alerts())
    assert (old.reason, new.reason) == (Reason.LATE, Reason.MATCHED)


async def test_r29_what_was_published_while_we_were_away_is_not_late(newsroom: Newsroom) -> None:
    """After five days in which nobody asked, entries of those days are news."""
    await newsroom.poll(line("0", "first"))
    newsroom.clock.advance(timedelta(days=5))
    await newsroom.poll(line("1", "mobilized", day="2024-06-05T10:00:00Z"))
    assert [record.alert.reason for record in newsroom.store.alerts()] == [Reason.MATCHED]


async def test_r29_a_feed_that_lives_in_the_past(newsroom: Newsroom) -> None:
    """What is newer than all that a feed has shown is not late, whatever its year."""
    await newsroom.poll(line("0", "first", day="2023-10-18T00:00:00Z"))
    newsroom.clock.advance(timedelta(hours=1))
    await newsroom.poll(line("1", "mobilized", day="2023-10-19T00:00:00Z"))
    assert [record.alert.reason for record in newsroom.store.alerts()] == [Reason.MATCHED]


async def test_r29_a_feed_that_dates_all_entries_long_ago(newsroom: Newsroom) -> None:
    """Where most entries come with old dates these say nothing, and what is new is told at once."""
    await newsroom.poll(line("0", "first"))
    for number in range(12):
        newsroom.clock.advance(timedelta(hours=1))
        await newsroom.poll(line(f"{number}x", f"mobilized {number}", day="2024-05-01T00:00:00Z"))
    reasons = [record.alert.reason for record in newsroom.store.alerts()]
    assert reasons == [Reason.LATE] * 3 + [Reason.MATCHED] * 9


@pytest.mark.parametrize("day", ["1970-01-01T00:00:00Z", "2031-01-01T00:00:00Z", ""])
async def test_r30_dates_do_not_decide(newsroom: Newsroom, day: str) -> None:
    """An entry whose date can not be true, or that has none, is news as any other."""
    await newsroom.poll(line("0", "first"))
    newsroom.clock.advance(timedelta(hours=1))
    await newsroom.poll(line("1", "mobilized", day=day))
    assert [record.alert.reason for record in newsroom.store.alerts()] == [Reason.MATCHED]


async def test_r31_oldest_first(newsroom: Newsroom) -> None:
    """Alerts of one document go out in the order of their dates."""
    await newsroom.poll(line("0", "first"))
    days = {n: f"2024-06-03T0{n}:00:00Z" for n in (3, 1, 2)}
    await newsroom.poll(*(line(str(n), f"mobilized {n}", day=day) for n, day in days.items()))
    await newsroom.deliver()
    assert newsroom.titles() == ["[draft] mobilized 1", "[draft] mobilized 2", "[draft] mobilized 3"]
