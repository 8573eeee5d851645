"""The tables of a database, brought up to date by the migrations that travel with the package."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Engine, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from bot.errors import BotError
from bot.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0002"  # a test holds it to the migrations; asking Alembic would cost each start a third of a second


def config(db: Connection | None = None) -> "Config":
    """Alembic's settings, without an ini file."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = db
    return settings


def current(db: Connection) -> str | None:
    """The version of the tables in a database; None when it is empty."""
    if not db.dialect.has_table(db, "alembic_version"):
        return None
    return db.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that a database has not had; two processes that start at once do not do it twice.

    An empty database gets the newest tables at once. A test holds both ways to the same result.
    """
    with engine.connect() as db:
        if to == "head" and current(db) == NEWEST:
            return
    with engine.begin() as db:
        bring(db, to)


def bring(db: Connection, to: str = "head") -> None:
    """Run the migrations in the open transaction of `db`."""
    if db.dialect.name == "postgresql":
        db.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('overstap.schema'))")
    if to == "head" and not inspect(db).get_table_names():
        _create(db)
    elif (version := current(db)) != NEWEST or to != "head":
        from alembic import command  # 9 MB, and a tenth of a second

        if version:
            check_known(version)
        command.upgrade(config(db), to)


def check_known(version: str) -> None:
    """Raise BotError for tables of a version that this release does not have: those of a later one."""
    from alembic.script import ScriptDirectory

    if version not in {each.revision for each in ScriptDirectory.from_config(config()).walk_revisions()}:
        raise BotError(
            f"The tables are of version {version}, and this release knows them up to {NEWEST}. "
            "Install the release that made them, or a later one."
        )


def _create(db: Connection) -> None:
    metadata.create_all(db)
    key = PrimaryKeyConstraint("version_num", name="alembic_version_pkc")
    version = Table("alembic_version", MetaData(), Column("version_num", String(32)), key)
    version.create(db)
    db.execute(version.insert().values(version_num=NEWEST))
