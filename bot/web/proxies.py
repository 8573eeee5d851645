"""Where a request came from, when web servers of our own stand in between."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.requests import Request

Network = IPv4Network | IPv6Network


def client_address(request: Request, trusted: Sequence[Network]) -> str:
    """The last address that no proxy of ours has: what stands before it, anybody can have written."""
    address = request.client.host if request.client else ""
    named = [each.strip() for each in request.headers.get("x-forwarded-for", "").split(",") if each.strip()]
    while named and _is_in(address, trusted):
        address = named.pop()
    return address


def _is_in(address: str, networks: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
