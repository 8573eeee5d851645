"""What was worked out a moment ago. It is found by a digest: no text that somebody wrote is kept."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, TypeVar

T = TypeVar("T")


class Recent:
    """Gives what `make` makes of a key, made now or a moment ago.

    It holds at most `most` things, and begins anew when it is full: people come back to what they just said, and a
    list of who came last would cost as much as most of what is found. On disk it is empty.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: dict[bytes, Any] = {}

    def of(self, key: str, make: Callable[[], T]) -> T:
        """`key` tells all that the result hangs on; two callers of one `Recent` begin their keys differently."""
        digest = blake2b(key.encode(errors="surrogatepass"), digest_size=16).digest()
        if digest not in (found := self._found):
            if len(found) >= self._most:
                self._found = found = {}  # another thread goes on with the old one
            found[digest] = make()
        made: T = found[digest]
        return made

    def __reduce__(self) -> tuple[type["Recent"], tuple[int]]:
        return Recent, (self._most,)
