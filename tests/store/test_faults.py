"""SQLite: what goes wrong with disks and files, and what the user is told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import StoreDamaged, StoreUnavailable
from monitor.model.alert import DeliveryState, Notice
from monitor.store import Store
from tests.store.builders import NOW, feed, matched, new, poll
from tests.store.conftest import writes_fail

DATABASE = "rss-monitor.db"
LARGE = "x" * 300_000


def written(store: Store) -> list[str]:
    return [kept.entry.entry.title[:9] for kept in store.entries()]


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """The database may not grow, as on a disk that is full."""
    with store.reading() as db:
        most = db.exec_driver_sql("PRAGMA max_page_count").scalar_one()
        db.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes this as: no more than there are
    yield
    with store.reading() as db:
        db.exec_driver_sql(f"PRAGMA max_page_count = {most}")


def test_full_disk(store: Store) -> None:
    """On a full disk a poll is not kept at all, the user is told, and once there is space all goes on."""
    store.record(poll(new("a", matched())))
    with full_disk(store), pytest.raises(StoreUnavailable, match="the disk is full: free some space"):
        store.record(poll(new(LARGE, matched(), aliases=[b"b"])))
    assert (written(store), store.owed(), store.known("times", [b"b"])) == (["a"], {"desk": 1, "phone": 1}, set())
    store.record(poll(new("b", matched())))
    assert (written(store), store.owed()) == (["a", "b"], {"desk": 2, "phone": 2})


def test_full_disk_and_a_dead_letter(store: Store) -> None:
    """A delivery is not given up when there is no space for the notice of it."""
    store.record(poll(new("a", matched()), receivers=("desk",)))
    (delivery,) = store.deliveries()
    dead = replace(delivery, state=DeliveryState.DEAD, attempts=1, next_attempt=None)
    with full_disk(store), pytest.raises(StoreUnavailable, match="free some space"):
        store.give_up(dead, Notice(title="", body=LARGE), ["phone"], now=NOW)
    assert list(store.deliveries()) == [delivery]


def test_failing_disk(store: Store, data: Path) -> None:
    """When the disk fails in the middle of writing, nothing of the poll is kept, also for whoever opens it next."""
    store.record(poll(new("a", matched())))
    with writes_fail(after=200_000), pytest.raises(StoreUnavailable, match="check the disk"):
        store.record(poll(new(LARGE, matched(), aliases=[b"b"])))
    with closing(Store.open(data, now=NOW)) as other:
        assert (written(other), other.owed()) == (["a"], {"desk": 1, "phone": 1})
    store.record(poll(new("b", matched())))
    assert (written(store), store.owed()) == (["a", "b"], {"desk": 2, "phone": 2})


def test_locked_database(store: Store, data: Path) -> None:
    """While another program holds the database nothing can be written, which is said; after that all goes on."""
    with store.reading() as db:
        db.exec_driver_sql("PRAGMA busy_timeout = 0")  # it would be waited for
    with closing(sqlite3.connect(data / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="another program holds it"):
            store.record(poll(new("a")))
        assert store.due(now=NOW, limit=9) == ("times",)
    store.record(poll(new("a")))
    assert written(store) == ["a"]


def test_two_at_once(store: Store, data: Path) -> None:
    """A list can be read while the service runs, and sees what is written meanwhile; it can not write itself."""
    reader = Store.read(data)
    assert reader is not None
    with closing(reader):
        store.record(poll(new("a")))
        assert written(reader) == ["a"]
        with pytest.raises(StoreUnavailable, match="permissions"):
            reader.sync([feed("b")], now=NOW)


def test_no_store_yet(data: Path) -> None:
    """Before the first run there is nothing to list, and listing makes nothing."""
    assert Store.read(data) is None
    assert not data.exists()


def test_data_directory_is_private(store: Store, data: Path) -> None:
    """Nobody but its owner sees what is kept."""
    assert data.stat().st_mode & 0o777 == 0o700


def test_no_data_directory(data: Path) -> None:
    """A data directory that can not be made is named, with why."""
    data.write_text("a file")
    with pytest.raises(StoreUnavailable, match=r"can not make the data directory .*data: File exists"):
        Store.open(data, now=NOW)


def test_database_that_can_not_be_opened(data: Path) -> None:
    """A database that can not be opened is named, with what to check."""
    (data / DATABASE).mkdir(parents=True)
    with pytest.raises(StoreUnavailable, match=r"rss-monitor\.db .*check who owns it"):
        Store.open(data, now=NOW)


@pytest.mark.parametrize("open_it", [lambda data: Store.open(data, now=NOW), Store.read])
def test_no_database(data: Path, open_it: object) -> None:
    """A file that is no database is left as it is, and the user is told what to do."""
    data.mkdir()
    (data / DATABASE).write_bytes(b"not a database" * 999)
    assert callable(open_it)
    with pytest.raises(StoreDamaged, match=r"is damaged, or not ours .*put a backup in its place"):
        open_it(data)
    assert (data / DATABASE).read_bytes() == b"not a database" * 999


def test_database_of_another_program(data: Path) -> None:
    """A database that is not ours is left alone."""
    data.mkdir()
    with closing(sqlite3.connect(data / DATABASE)) as other:
        other.execute("CREATE TABLE feeds (id)")
    with pytest.raises(StoreDamaged, match="it holds other tables"):
        Store.open(data, now=NOW)


def test_damage_is_found(store: Store, data: Path) -> None:
    """Damage somewhere in the file is found by the check at the start."""
    store.record(poll(*(new(f"{number} " + "x" * 900) for number in range(1000))))
    store.check()
    store.close()
    with (data / DATABASE).open("r+b") as file:
        file.seek((data / DATABASE).stat().st_size // 2)
        file.write(b"\xff" * 200_000)
    with closing(Store.open(data, now=NOW)) as damaged:
        with pytest.raises(StoreDamaged, match="put a backup in its place"):
            damaged.check()
        with pytest.raises(StoreDamaged):
            list(damaged.entries())


def test_odd_damage_is_found(store: Store, data: Path) -> None:
    """Also damage that does not show yet is found by the check."""
    store.close()
    with (data / DATABASE).open("r+b") as file:
        file.seek(36)  # how many pages are free
        file.write(b"\0\0\0\7")
    with closing(Store.open(data, now=NOW)) as damaged, pytest.raises(StoreDamaged, match="freelist"):
        damaged.check()


def test_what_is_kept_is_on_the_disk(store: Store) -> None:
    """What was kept survives a power cut: SQLite is told to flush each transaction, and to hold references true."""
    with store.reading() as db:
        told = [
            db.exec_driver_sql(f"PRAGMA {pragma}").scalar_one()
            for pragma in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert told == ["wal", 2, 1]  # 2 is FULL
