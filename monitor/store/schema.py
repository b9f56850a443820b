"""Which version the database is of, and bringing it up to ours."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from monitor.errors import SchemaTooNew, StoreUnavailable
from monitor.store.database import Database, damaged

#: Number of the last step in `migrations`; Alembic, slow to load, is needed for any other.
HEAD = "0017"


def upgrade(database: Database, path: Path, *, now: datetime) -> None:
    """Bring the database to our version in one transaction; one that holds anything is copied beside itself before.

    Raises SchemaTooNew and StoreDamaged.
    """
    with database.reading() as db:
        version = _version(db, path)
    if version == HEAD:
        return
    if version is not None:
        database.backup(path.with_name(f"{path.stem}-{version or 'empty'}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"))
    with database.writing() as db:
        _migrate(db)


def require(database: Database, path: Path) -> None:
    """Raise unless the database is of our version: SchemaTooNew, StoreDamaged, or StoreUnavailable if it is older."""
    with database.reading() as db:
        version = _version(db, path)
    if version != HEAD:
        raise StoreUnavailable(f"the database {path} is of an older version: `rss-monitor poll` brings it up to date")


def _version(db: Connection, path: Path) -> str | None:
    """Return the number of the last step taken: "" before the first, None if the database is new."""
    tables = inspect(db).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise damaged(path, "it holds other tables")
    version = str(db.scalar(text("SELECT version_num FROM alembic_version")) or "")
    if version > HEAD:
        raise SchemaTooNew(
            f"the database {path} was written by a newer rss-monitor (version {version}; this one knows {HEAD}): "
            "use that one, or restore a backup from before"
        )
    return version


def _migrate(db: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - slow to load, and rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", "monitor.store:migrations")
    command.upgrade(config, "head")
