"""Which addresses may be connected to: those of the public internet, also after a redirect and behind any name."""

import ipaddress
import socket
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver


class PrivateAddress(OSError):
    """A page wants to be fetched from a machine that is not on the public internet."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and (inside := ip.ipv4_mapped or ip.sixtofour):
        ip = inside
    return ip.is_global and not ip.is_multicast


class PublicResolver(AbstractResolver):
    """Resolves names, and gives the public addresses alone: what was checked is what is connected to."""

    def __init__(self) -> None:
        self._names = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise PrivateAddress(f"{host} is on a private address")
        return public

    async def close(self) -> None:
        await self._names.close()


def refuse_private(url: str) -> None:
    """Raise PrivateAddress for an address that is written in figures: those are asked of no resolver."""
    host = urlsplit(url).hostname or ""
    try:
        public = is_public(host)
    except ValueError:
        return  # a name: the resolver looks at what it stands for
    if not public:
        raise PrivateAddress(f"{host} is a private address")
