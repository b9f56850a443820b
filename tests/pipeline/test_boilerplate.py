"""What a site repeats on many pages makes no alert."""

from dataclasses import replace
from datetime import timedelta

from monitor.model.configuration import FirstRun
from monitor.model.entry import Entry
from monitor.model.match import Reason
from monitor.model.record import PollRecord, Revision
from monitor.model.watchlist import Watchlist
from monitor.pipeline.boilerplate import Boilerplate, Reading
from monitor.store.ledgers import MOST
from monitor.text.boilerplate import PROVEN
from monitor.text.boilerplate.ledger import WINDOW
from monitor.text.boilerplate.packed import unpack
from monitor.text.boilerplate.passages import digest
from tests.pipeline.conftest import Newsroom
from tests.text.boilerplates import BANNER, NOW, entry

AGENTS = Watchlist(name="agents", any=("foreign agent",))
LAW = "Parliament widened the law on every foreign agent in the country."


def line(number: int, *more: str) -> str:
    """A report as the parser of these tests reads it."""
    report = entry(number)
    return f"{number} | {report.title} | {' '.join((report.summary + '.', *more)).replace(' .', '.')}"


def backlog(*more: str, count: int = 12) -> list[str]:
    """Reports of before, newest first."""
    return [line(number, *more) for number in reversed(range(count))]


def reasons(newsroom: Newsroom) -> list[Reason]:
    """What was decided of each entry."""
    return [decision.reason for record in newsroom.store.entries() for decision in record.decisions]


async def test_only_the_report_alerts(newsroom: Newsroom) -> None:
    """A report on the law alerts; those that only carry the site's banner do not, and say why."""
    newsroom.watchlists = (AGENTS,)
    await newsroom.poll(*backlog(BANNER))
    await newsroom.poll(line(13, BANNER), line(12, LAW, BANNER), *backlog(BANNER))
    assert reasons(newsroom)[-2:] == [Reason.MATCHED, Reason.BOILERPLATE]
    [alert] = [record.alert for record in newsroom.store.alerts()]
    assert LAW in " ".join(alert.entry.entry.summary[match.start - 40 : match.end + 40] for match in alert.matches)
    assert len(alert.matches) == 1


async def test_the_first_document_is_learnt_from_before_it_is_decided(newsroom: Newsroom) -> None:
    """With `first_run: all` no entry alerts for the banner, the first of them neither."""
    newsroom.watchlists, newsroom.first_run = (AGENTS,), FirstRun(last=None)
    await newsroom.poll(line(12, LAW, BANNER), *backlog(BANNER))
    assert reasons(newsroom) == [Reason.BOILERPLATE] * 12 + [Reason.MATCHED]


async def test_what_was_learnt_survives_a_restart(newsroom: Newsroom) -> None:
    """After a restart the banner is known as before."""
    newsroom.watchlists = (AGENTS,)
    await newsroom.poll(*backlog(BANNER))
    newsroom.restart()
    await newsroom.poll(line(13, BANNER), *backlog(BANNER))
    assert reasons(newsroom)[-1] is Reason.BOILERPLATE


async def test_a_new_banner_costs_a_few_alerts(newsroom: Newsroom) -> None:
    """A site that puts up a banner alerts for the first three pages that carry it."""
    newsroom.watchlists = (AGENTS,)
    lines = backlog(count=10)
    await newsroom.poll(*lines)
    for number in range(10, 16):
        newsroom.clock.advance(timedelta(hours=1))
        lines.insert(0, line(number, BANNER))
        await newsroom.poll(*lines)
    assert reasons(newsroom)[-6:] == [Reason.MATCHED] * 3 + [Reason.BOILERPLATE] * 3


async def test_little_known_sites_are_unproven(newsroom: Newsroom) -> None:
    """Where few entries were seen, a match in the text is alerted and says so; one in a title has nothing to prove."""
    newsroom.watchlists = (AGENTS,)
    await newsroom.poll(line(0))
    await newsroom.poll("8 | A foreign agent speaks", line(7, LAW), line(0))
    assert reasons(newsroom)[-2:] == [Reason.UNPROVEN, Reason.MATCHED]
    await newsroom.deliver()
    said = [notification.body for _, notification in newsroom.notifier.sent]
    assert ["Unproven: too few pages of this site were seen" in body for body in said] == [True, False]


async def test_what_the_banner_rules_out_is_not_ruled_out(newsroom: Newsroom) -> None:
    """A word of `none`, or after NOT, that only the banner says hides no report."""
    newsroom.watchlists = (
        Watchlist(name="none", any=("parliament",), none=("euros",)),
        Watchlist(name="not", any=("parliament NOT euros",)),
        Watchlist(name="own", any=("parliament",), none=("widened",)),
    )
    await newsroom.poll(*backlog(BANNER))
    await newsroom.poll(line(12, LAW, BANNER), *backlog(BANNER))
    assert reasons(newsroom)[-3:] == [Reason.MATCHED, Reason.MATCHED, Reason.EXCLUDED]


async def test_terms_that_the_banner_completes_are_boilerplate(newsroom: Newsroom) -> None:
    """Half of a term in the report and half in the banner is not what was asked for."""
    newsroom.watchlists = (Watchlist(name="both", any=("parliament AND euros",)),)
    await newsroom.poll(*backlog(BANNER))
    await newsroom.poll(line(12, LAW, BANNER), *backlog(BANNER))
    assert reasons(newsroom)[-1] is Reason.BOILERPLATE


async def judged(newsroom: Newsroom, *entries: Entry) -> list[Reason]:
    """What is made of entries of the feed, which are kept."""
    desk, store, now = newsroom.desk, newsroom.store, newsroom.clock()
    readings = [
        Reading(feed="paper", entry=each, decisions=desk.matcher.decide(each, feed="paper")) for each in entries
    ]
    made = await Boilerplate(store=store, records=newsroom.records).judge(readings, desk, at=now)
    store.revise((), at=now, routes={}, ledgers=made.ledgers)
    return [decision.reason for decisions in made.decisions for decision in decisions]


async def test_two_who_learn_of_a_site_at_once_both_do(newsroom: Newsroom) -> None:
    """What a poll learns while a page of the same site is being judged is kept, and so is what the page taught."""
    door = Boilerplate(store=newsroom.store, records=newsroom.records)
    first, second, both = (
        [replace(entry(number), article=entry(number).summary) for number in numbers]
        for numbers in (range(3), range(3, 7), range(7))
    )
    slow = await door.judge([Reading(feed="paper", entry=each, decisions=()) for each in first], newsroom.desk, at=NOW)
    await judged(newsroom, *second)
    newsroom.store.revise((), at=NOW, routes={}, ledgers=slow.ledgers)
    for packed in dict(newsroom.store.all_ledgers()).values():
        kept = unpack(packed)
        assert {digest(each.link) for each in both} == {each.link for each in kept.seen}
        assert len(both) == len(kept.known)


async def test_sites_in_one_feed_are_told_apart(newsroom: Newsroom) -> None:
    """In a feed of many papers, one paper's banner is learnt, however few of all entries are that paper's."""
    newsroom.watchlists = (AGENTS,)
    made = []
    for number in range(3 * WINDOW):
        news = entry(number)
        if number % 8 == 0:
            news = replace(entry(number, BANNER), link=f"https://rare.example/{number}")
        made += await judged(newsroom, news)
    assert made[::8][-5:] == [Reason.BOILERPLATE] * 5


async def test_articles_are_learnt_by_their_host(newsroom: Newsroom) -> None:
    """What the pages of a host repeat is boilerplate for every feed that leads there; its feed's own text is not."""
    newsroom.watchlists = (AGENTS,)
    pages = [replace(entry(number), article=f"{entry(number).summary}\n{BANNER}") for number in range(PROVEN)]
    assert await judged(newsroom, *pages[:4]) == [Reason.UNPROVEN] * 4
    assert await judged(newsroom, *pages[4:]) == [Reason.BOILERPLATE] * 6
    law = replace(entry(20), article=f"{LAW}\n{BANNER}")
    assert await judged(newsroom, law, entry(21, LAW)) == [Reason.MATCHED] * 2


async def test_a_feed_that_leads_everywhere_is_bounded(newsroom: Newsroom) -> None:
    """A feed whose every entry leads to another host leaves no more than so many ledgers."""
    for start in range(0, MOST + 200, 100):
        news = (replace(entry(0, BANNER), link=f"https://h{number}.example/") for number in range(start, start + 100))
        await judged(newsroom, *(replace(each, title=each.link) for each in news))
    assert len(list(newsroom.store.all_ledgers())) <= MOST + 1


async def test_an_edit_is_judged(newsroom: Newsroom) -> None:
    """What an edit makes of an entry is judged as a new entry is, and counts as the same entry."""
    newsroom.watchlists = (AGENTS,)
    await newsroom.poll(*backlog(BANNER))
    now, feed = newsroom.clock(), newsroom.store.states()["paper"]
    edited = replace(entry(3), summary=f"{entry(3).summary} {BANNER}")
    revision = Revision(number=1, entry=edited, decisions=newsroom.desk.matcher.decide(edited))
    door = Boilerplate(store=newsroom.store, records=newsroom.records)
    record = await door.judged(PollRecord(at=now, state=feed, revised=(revision,), routes={}), newsroom.desk)
    [made] = record.revised[0].decisions
    assert made.reason is Reason.BOILERPLATE
