"""The programs of PostgreSQL: how they reach our database, and what a dump says. They hear no secret of the bot."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import make_url

from bot.errors import BotError
from bot.settings import Settings


def dump(settings: Settings, file: Path, without: tuple[str, ...]) -> None:
    """Write a dump of our database to `file`, without the rows of some tables; nothing is left of one that fails."""
    kept_out = [f"--exclude-table-data={name}" for name in without]
    try:
        _run(settings, "pg_dump", "--format=custom", f"--file={file}", *kept_out)
    except BotError:
        file.unlink(missing_ok=True)  # pg_dump makes it before it knows whether it can connect
        raise


@contextmanager
def rows_of(file: Path, table: str) -> Iterator[Iterator[bytes]]:
    """What `pg_restore` says of the rows of one table, line by line: a table may not fit in the memory."""
    command = ["pg_restore", "--data-only", f"--table={table}", f"--table={table}_id_seq", "--file=-", str(file)]
    with TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, env=_environment())
        except FileNotFoundError:
            raise _missing("pg_restore") from None
        assert process.stdout
        with process, process.stdout:
            try:
                yield iter(process.stdout)
            except BaseException:
                process.kill()
                raise
            for _ in process.stdout:  # to its end, so that it can say that it got there
                pass
        if process.returncode:
            complaints.seek(0)
            raise _failed("pg_restore", complaints.read().decode("utf-8", "replace"))


def _run(settings: Settings, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database, reached as the bot reaches it: by every option of DATABASE_URL, so
    that `sslmode=verify-full` holds for it too. The password goes by the environment: `ps` shows arguments."""
    from psycopg.conninfo import make_conninfo

    url = make_url(settings.database_url)
    _, how = url.get_dialect()().create_connect_args(url)
    if "sslpassword" in how:
        raise BotError(f"{program} cannot be given sslpassword in secret. Use a key file without one, of mode 0600.")
    env = _environment()
    if password := how.pop("password", None):
        env["PGPASSWORD"] = password
    try:
        command = [program, f"--dbname={make_conninfo('', **how)}", *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise _missing(program) from None
    if done.returncode:
        raise _failed(program, done.stderr)


# What programs of PostgreSQL are told of ours: where to find things, what language to speak, and its own settings.
# Never the token of the bot, the secret of its webhook or DATABASE_URL with a password in it.
_TOLD = frozenset("PATH HOME LANG LANGUAGE TZ TMPDIR LD_LIBRARY_PATH SYSTEMROOT APPDATA KRB5CCNAME KRB5_CONFIG".split())


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in _TOLD or name.startswith(("PG", "LC_"))}


def _missing(program: str) -> BotError:
    return BotError(f"{program} is not installed. It comes with the client programs of PostgreSQL.")


def _failed(program: str, complaints: str) -> BotError:
    return BotError(f"{program} failed: {(complaints.strip().splitlines() or ['no reason given'])[-1]}")
