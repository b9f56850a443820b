"""The file is watched from the moment it is read, and no change of it is lost."""

import asyncio
import os
import signal
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.assembly import works
from monitor.config import Loaded, load
from monitor.deliver import Sender
from monitor.errors import StoreUnavailable
from monitor.model.alert import Template
from monitor.model.configuration import Configuration
from monitor.model.feed import Feed
from monitor.pipeline import Desk
from monitor.reload import Broken, Reloaded, Watch
from monitor.service import Service
from monitor.store import Store
from monitor.testing import FakeClock

FILE = "feeds: [http://127.0.0.1/rss]\nwatchlists: [{}]\nnotify: terminal://\nsettings: {{timezone: UTC}}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(FILE.format("mobilized"))
    return path


def read(path: Path) -> Configuration:
    loaded = load(path, environ={})
    assert isinstance(loaded, Loaded)
    return loaded.configuration


def extend(path: Path) -> None:
    path.write_text(FILE.format("mobilized, library"))


def look(path: Path, current: Configuration) -> Reloaded | Broken | None:
    return asyncio.run(Watch(path, {}, Sender()).look(current))


def test_what_is_saved_while_the_service_begins_counts(path: Path) -> None:
    """R82: beginning takes seconds; a change made after the file was read and before it is watched is not lost."""
    current = read(path)
    extend(path)
    new = look(path, current)
    assert isinstance(new, Reloaded)
    assert new.changes == ("+1 term in default",)


def test_a_file_deleted_while_the_service_begins_is_told(path: Path) -> None:
    """R82: what was read stays in force, and the user is told."""
    current = read(path)
    path.unlink()
    assert isinstance(look(path, current), Broken)


def test_a_file_that_is_as_it_was_changes_nothing(path: Path) -> None:
    """The look after the start finds nothing to tell."""
    assert look(path, read(path)) is None


class BusyStore(Store):
    """A store whose database another program holds when a changed configuration first comes."""

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop, self.refused, self.taken = loop, False, asyncio.Event()

    def sync(self, feeds: Sequence[Feed], *, now: datetime) -> None:
        if not self.refused:
            self.refused = True
            raise StoreUnavailable
        super().sync(feeds, now=now)
        self.loop.call_soon_threadsafe(self.taken.set)


async def test_a_change_is_taken_up_when_the_database_is_back(path: Path) -> None:
    """R82: a configuration that is saved while the database can not be used is not forgotten."""
    current = read(path)
    clock = FakeClock()

    def hurried() -> datetime:
        clock.advance(timedelta(minutes=2))  # no rest seems long
        return clock()

    async with works(current, sender=Sender(), clock=hurried) as parts:
        store = BusyStore.open(current.settings.data, now=clock())
        store.begin(asyncio.get_running_loop())
        watch = Watch(path, {}, Sender())
        service = Service(replace(parts, store=store), Desk.of(current), watch, clock=hurried)
        running = asyncio.ensure_future(service.run())
        extend(path)
        async with asyncio.timeout(30):
            await store.taken.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await running
        store.close()
    assert store.refused


OPML = '<opml version="2.0"><head/><body>{}</body></opml>'
OUTLINE = '<outline text="{0}" xmlUrl="http://127.0.0.1/{0}"/>'


@pytest.fixture
def papers(path: Path) -> Path:
    """A list of feeds that the configuration names."""
    papers = path.parent / "papers.opml"
    papers.write_text(OPML.format(OUTLINE.format("one")))
    path.write_text("feeds: [{language: en, opml: papers.opml}]\nwatchlists: [mobilized]\nnotify: terminal://\n")
    return papers


def settled(watch: Watch, current: Configuration) -> list[Reloaded | Broken]:
    """What a few looks bring while nobody writes."""

    async def looks() -> list[Reloaded | Broken | None]:
        return [await watch.look(current) for _ in range(4)]

    return [each for each in asyncio.run(looks()) if each is not None]


def test_a_list_of_feeds_is_read_again_when_it_changes(path: Path, papers: Path) -> None:
    """R82: a feed that is put into a list counts without a touch of the configuration, and what breaks is told once."""
    current = read(path)
    watch = Watch(path, {}, Sender())
    assert settled(watch, current) == []
    papers.write_text(OPML.format(OUTLINE.format("one") + OUTLINE.format("two")))
    (new,) = settled(watch, current)
    assert isinstance(new, Reloaded)
    assert new.changes == ("+1 feed: two",)
    papers.write_text(OPML[:40])
    (broken,) = settled(watch, current)
    assert isinstance(broken, Broken)
    assert [each.file for each in broken.problems] == [str(papers)]
    papers.unlink()
    (gone,) = settled(watch, current)
    assert isinstance(gone, Broken)
    papers.write_text(OPML.format(OUTLINE.format("one")))
    (mended,) = settled(watch, current)
    assert isinstance(mended, Reloaded)
    assert (mended.mended, mended.changes) == (True, ())


def test_a_template_is_read_again_when_it_changes(path: Path) -> None:
    """R82: a template's own file is a part of the configuration: new words are taken, and told when broken."""
    words = path.parent / "words.txt"
    words.write_text("{{ title }}", "utf-8")
    path.write_text(
        "feeds: [https://a.example/rss]\nwatchlists: [mobilized]\n"
        "receivers: {desk: {url: 'terminal://', template: {file: words.txt}}}\n"
    )
    current = read(path)
    watch = Watch(path, {}, Sender())
    assert settled(watch, current) == []
    words.write_text("{{ link }}!", "utf-8")
    (new,) = settled(watch, current)
    assert isinstance(new, Reloaded)
    assert new.desk.configuration.receivers[0].template == Template(body="{{ link }}!")
    words.unlink()
    (broken,) = settled(watch, new.desk.configuration)
    assert isinstance(broken, Broken)
    assert "there is no file" in broken.problems[0].message


def test_a_list_that_comes_after_its_name_is_taken(path: Path, papers: Path) -> None:
    """A configuration that names a list which is not there yet is good as soon as it is, and not before."""
    current = read(path)
    watch = Watch(path, {}, Sender())
    path.write_text(
        "feeds: [{language: en, opml: papers.opml}, {opml: more.opml}]\nwatchlists: [mobilized]\nnotify: terminal://\n"
    )
    (broken,) = settled(watch, current)
    assert isinstance(broken, Broken)
    (path.parent / "more.opml").write_text(OPML.format(OUTLINE.format("more")))
    (new,) = settled(watch, current)
    assert isinstance(new, Reloaded)
    assert new.changes == ("+1 feed: more",)
    path.write_text("feeds: [")
    (worse,) = settled(watch, current)
    assert isinstance(worse, Broken)
