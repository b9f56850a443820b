"""SQLite: versions of the database."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from monitor.errors import SchemaTooNew, StoreDamaged, StoreUnavailable
from monitor.model.feed import FeedHealth, FeedState, Validators
from monitor.store import Store, schema
from monitor.store.tables import metadata
from tests.store.builders import HOUR, NOW, feed

DATABASE = "rss-monitor.db"


def make_old(data: Path, table: str) -> None:
    """A database from before the first step, with one table."""
    data.mkdir()
    with closing(sqlite3.connect(data / DATABASE)) as old:
        old.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        old.execute(f"CREATE TABLE {table} (word TEXT)")
        old.execute(f"INSERT INTO {table} VALUES ('kept')")
        old.commit()


def tables(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as opened:
        return {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_head_is_the_last_step() -> None:
    """The version that is looked for is the one that the last migration leads to."""
    config = Config()
    config.set_main_option("script_location", "monitor.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_migrations_lead_to_the_tables(store: Store) -> None:
    """A database that went through all migrations has the tables, columns and indexes that the program uses."""
    with store.reading() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_is_quick(store: Store, data: Path) -> None:
    """Opening a database that needs no migration does not load what migrates."""
    program = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path; from monitor.store import Store\n"
        "store = Store.open(Path(sys.argv[1]), now=datetime.now(UTC)); print(sorted(store.states()))\n"
        "store.close(); print('alembic' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(data)], capture_output=True, text=True, check=True)
    assert run.stdout == "['times']\nFalse\n"


def test_newer_database_is_refused(store: Store, data: Path) -> None:
    """A database that a newer version wrote is not touched, and the user learns why."""
    store.close()
    with closing(sqlite3.connect(data / DATABASE)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    before = (data / DATABASE).read_bytes()
    with pytest.raises(SchemaTooNew, match=r"written by a newer rss-monitor \(version 9999"):
        Store.open(data, now=NOW)
    with pytest.raises(SchemaTooNew):
        Store.read(data)
    assert (data / DATABASE).read_bytes() == before


def test_old_database_is_copied_then_migrated(data: Path) -> None:
    """Before a database is brought up to date, a copy of it is put beside it."""
    make_old(data, "note")
    with closing(Store.open(data, now=NOW)) as store:
        store.sync([feed()], now=NOW)
        assert set(store.states()) == {"times"}
    [copy] = [path for path in data.iterdir() if path.suffix == ".db" and path.name != DATABASE]
    assert copy.name == "rss-monitor-empty-20260301T120000Z.db"
    assert tables(copy) == {"alembic_version", "note"}
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT word FROM note").fetchall() == [("kept",)]


def test_database_of_the_first_version(data: Path) -> None:
    """A feed that the first version kept is there after the migration, with all that was known of it."""
    data.mkdir()
    config = Config()
    config.set_main_option("script_location", "monitor.store:migrations")
    engine = create_engine(f"sqlite:///{data / DATABASE}")
    with engine.begin() as first:
        config.attributes["connection"] = first
        command.upgrade(config, "0001")
        first.exec_driver_sql(
            "INSERT INTO feed (name, shown_url, active, health, reason, etag, failures, kills, baselined, next_poll) "
            "VALUES ('times', 'https://times.example/rss', 1, 'well', '', '\"1\"', 0, 0, 1, '2026-03-01 13:00:00')"
        )
    engine.dispose()
    with closing(Store.open(data, now=NOW)) as store:
        store.sync([feed()], now=NOW)
        [kept] = store.states().values()
    expected = FeedState(
        feed="times",
        health=FeedHealth.WELL,
        validators=Validators(etag='"1"'),
        baselined=True,
        next_poll=NOW + HOUR,
    )
    assert expected == kept
    assert (data / "rss-monitor-0001-20260301T120000Z.db").exists()


def test_new_database_is_not_copied(store: Store, data: Path) -> None:
    """Where nothing was, there is nothing to copy."""
    store.close()
    assert [path.name for path in data.iterdir()] == [DATABASE]


def test_no_copy_no_migration(data: Path) -> None:
    """If the copy can not be written, the database stays as it is."""
    make_old(data, "note")
    (data / "rss-monitor-empty-20260301T120000Z.part").mkdir()
    with pytest.raises(StoreUnavailable, match="can not write the backup"):
        Store.open(data, now=NOW)
    assert tables(data / DATABASE) == {"alembic_version", "note"}


def test_failed_migration_changes_nothing(data: Path) -> None:
    """A migration that fails half way leaves the database as it was."""
    make_old(data, "delivery")
    with pytest.raises(StoreDamaged, match="already exists"):
        Store.open(data, now=NOW)
    assert tables(data / DATABASE) == {"alembic_version", "delivery"}


def test_lists_wait_for_the_migration(data: Path) -> None:
    """Listing never migrates: it says what does."""
    make_old(data, "note")
    with pytest.raises(StoreUnavailable, match="rss-monitor poll"):
        Store.read(data)
