"""A process of one's own that dies in the middle of its work, as by `kill -9`."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event


def survives(step: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process that dies, as by `kill -9`, at its nth touch of a file, a program or the database."""
    child = os.fork()
    if child == 0:
        left = iter(range(step, -1, -1))

        def count(*_: object) -> None:
            if next(left, 1) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def hook(name: str, arguments: tuple[Any, ...]) -> None:
            writes = name == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
            if writes or name in ("os.remove", "os.rename", "sqlite3.connect", "subprocess.Popen"):
                count()

        sys.addaudithook(hook)
        for moment in ("before_cursor_execute", "commit"):
            event.listen(Engine, moment, count)
        try:
            work()
        except BaseException:  # noqa: BLE001  # the child may not run on as a second pytest
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFEXITED(status)
