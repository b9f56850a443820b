"""A follow-up comes under the first alert of its thread that the receiver was sent."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from monitor.model.alert import Outcome, Result
from monitor.model.calm import Quiet
from monitor.model.entry import Field
from monitor.model.match import Decision, Match, Reason
from monitor.model.record import Revision
from monitor.model.watchlist import Watchlist
from tests.pipeline.conftest import Newsroom

HOUR = timedelta(hours=1)
LISTS = ("draft", "war", "army")


@pytest.fixture(autouse=True)
async def first_alert(newsroom: Newsroom) -> None:
    """An alert of the watchlist "draft", not delivered yet."""
    newsroom.watchlists = tuple(
        Watchlist(name=name, any=("mobilized",) if name == "draft" else ("x",)) for name in LISTS
    )
    await newsroom.poll("0 | Quiet")
    await newsroom.poll("1 | The mobilized", "0 | Quiet")


def edit(newsroom: Newsroom, title: str, watchlist: str = "war") -> None:
    """Have the entry's publisher change its title, so that another watchlist matches."""
    newsroom.clock.advance(HOUR)
    *_, record = newsroom.store.entries()
    found = Match(watchlist=watchlist, term="x", field=Field.TITLE, start=0, end=1, form=title[0])
    made = Decision(watchlist=watchlist, reason=Reason.EDITED, matches=(found,))
    entry = replace(record.entry.entry, title=title)
    revision = Revision(number=record.entry.number, entry=entry, decisions=(made,))
    assert newsroom.store.revise([revision], at=newsroom.clock(), routes=newsroom.desk.routes)


def say(newsroom: Newsroom, receipt: str) -> None:
    newsroom.notifier.answers["desk"] = Outcome(result=Result.SENT, receipt=receipt)


async def test_under_the_first(newsroom: Newsroom) -> None:
    """It refers to the message, has its subject, and says in a line what it follows."""
    say(newsroom, "<1@mail>")
    await newsroom.deliver()
    edit(newsroom, "War: the mobilized")
    say(newsroom, "<2@mail>")
    await newsroom.deliver()
    edit(newsroom, "Army and war", "army")
    newsroom.restart()
    await newsroom.deliver()
    first, *later = [note for _, note in newsroom.notifier.sent]
    assert (first.follows, first.subject) == ((), "")
    for note, title in zip(later, ["[war] Updated: War: the mobilized", "[army] Updated: Army and war"], strict=True):
        assert (note.title, note.follows, note.subject) == (title, ("<1@mail>",), "Re: [draft] The mobilized")
        assert note.body.startswith("Follow-up to alert 1: The mobilized\nUpdated · paper · seen")


@pytest.mark.parametrize("result", [Result.REJECTED, Result.FAILED, Result.UNKNOWN])
async def test_never_under_nothing(newsroom: Newsroom, result: Result) -> None:
    """Where the first was not sent, the follow-up stands by itself; the next one comes under that."""
    newsroom.notifier.poison["[draft] The mobilized"] = Outcome(result=result, reason="HTTP 400", receipt="<1@mail>")
    await newsroom.deliver()
    edit(newsroom, "War: the mobilized")
    say(newsroom, "<2@mail>")
    await newsroom.deliver()
    newsroom.clock.advance(HOUR)
    await newsroom.deliver()
    edit(newsroom, "Army and war", "army")
    await newsroom.deliver()
    second, third = [note for _, note in newsroom.notifier.sent]
    assert (second.follows, second.subject) == ((), "")
    assert "Follow-up" not in second.body
    assert third.follows == ("<2@mail>",)
    assert "Follow-up to alert 2: War: the mobilized" in third.body


async def test_each_receiver_has_its_own_thread(newsroom: Newsroom) -> None:
    """What one receiver was sent is nothing that another's message could come under."""
    newsroom.receivers = ("desk", "phone")
    say(newsroom, "<1@mail>")
    await newsroom.deliver()
    edit(newsroom, "War: the mobilized")
    await newsroom.deliver()
    follows = {name: note.follows for name, note in newsroom.notifier.sent if note.title.startswith("[war]")}
    assert follows == {"desk": ("<1@mail>",), "phone": ()}


async def test_in_a_digest(newsroom: Newsroom) -> None:
    """Several in one message: it refers to all that they follow, and says so of each; its subject is its own."""
    say(newsroom, "<1@mail>")
    await newsroom.deliver()
    night = Quiet(start=time(0), end=time(23, 59))
    newsroom.kind = replace(newsroom.kind, quiet=(night,))
    edit(newsroom, "War: the mobilized")
    edit(newsroom, "Army and war", "army")
    say(newsroom, "<2@mail>")
    await newsroom.deliver()
    newsroom.clock.time = newsroom.clock().replace(hour=23, minute=59)
    await newsroom.deliver()
    bundle = newsroom.notifier.sent[-1][1]
    assert (bundle.title, bundle.follows, bundle.subject) == (
        "[rss-monitor] 2 alerts: war 1, army 1",
        ("<1@mail>",),
        "",
    )
    assert bundle.body.count("\nFollow-up to alert 1: The mobilized\n") == 2


async def test_under_a_digest(newsroom: Newsroom) -> None:
    """What was told among others is referred to as well; but its subject says little, and is not repeated."""
    night = Quiet(start=time(11), end=time(12, 30))
    newsroom.kind = replace(newsroom.kind, quiet=(night,))
    await newsroom.poll("2 | More mobilized", "1 | The mobilized", "0 | Quiet")
    await newsroom.deliver()
    say(newsroom, "<1-2@mail>")
    newsroom.clock.advance(HOUR)
    await newsroom.deliver()
    edit(newsroom, "War: more")
    await newsroom.deliver()
    digest, note = [note for _, note in newsroom.notifier.sent]
    assert digest.several
    assert (note.follows, note.subject) == (("<1-2@mail>",), "")
    assert "Follow-up to alert 2: More mobilized" in note.body
