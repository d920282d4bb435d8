"""The address guard: which addresses a request may go to.

In: an address, or an IP that a name turned out to have. Out: nothing, or a FetchError in words. Everything that is not
plainly on the public internet is refused, so that no page can make Overt ask a router, a cloud's metadata service or
the machine itself; a case can permit a host by name.
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass

import httpx

from overt.model import FetchError

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# What `is_global` of some Python versions lets through, and what carries another address inside.
# Source: IANA special-purpose address registries; RFC 6052, 8215 (NAT64), 3056 (6to4), 4380 (Teredo), 6598 (CGNAT).
REFUSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
# All of IPv6 that IANA gives out to hosts: what lies outside is this machine, a neighbour, a group or a translation.
UNICAST = ipaddress.ip_network("2000::/3")
# Metadata services that cloud providers put on addresses which look public.
REFUSED_HOSTS = frozenset(
    ipaddress.ip_address(text) for text in ("168.63.129.16", "100.100.100.200", "fd00:ec2::254", "169.254.169.254")
)
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: where to connect and what the request names. `permitted` hosts may be private."""

    url: httpx.URL
    host: str
    port: int
    permitted: bool


def is_public(ip: IP) -> bool:
    """True where an IP address lies on the public internet."""
    if isinstance(ip, ipaddress.IPv6Address) and ip.scope_id:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        return is_public(ip.ipv4_mapped)
    if ip in REFUSED_HOSTS or any(ip in network for network in REFUSED if network.version == ip.version):
        return False
    if ip.version == 6 and ip not in UNICAST:
        return False
    return ip.is_global and not ip.is_multicast


def check_ip(text: str, host: str, permitted: bool) -> str:
    """Return the IP that a host has.

    Raises:
        FetchError: where it is not public and the host is not permitted.
    """
    try:
        ip = ipaddress.ip_address(text)
    except ValueError as error:
        raise FetchError(f"{host}: {text} is not an IP address") from error
    if not permitted and not is_public(ip):
        raise FetchError(
            f"{host} has the address {text}, which is not on the public internet: refused "
            f'(a case can permit it: permit = ["{host}"] under [net] in overt.toml)'
        )
    return text


def check_url(address: str, permit: Collection[str]) -> Target:
    """Return what an address asks for, as far as can be told without resolving its name.

    Args:
        address: an http or https address as a person, a sheet or a redirect gives it.
        permit: hosts, or host:port, that may be private or loopback.

    Raises:
        FetchError: for other schemes, user names and passwords, control characters, and hosts that are numbers in
            disguise or IP addresses that are not public.
    """
    if _CONTROL.search(address):
        raise FetchError(f"{address!r} holds a space, a backslash or a control character: not a web address")
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError(f"{address!r} is not a web address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise FetchError(f"{address!r}: only http and https addresses can be fetched")
    if url.userinfo:
        raise FetchError(f"{url.copy_with(userinfo=b'')}: an address with a user name or password is not fetched")
    host = url.raw_host.decode("ascii", "replace").lower()
    if not host or host.startswith(".") or ".." in host:
        raise FetchError(f"{address!r} names no host")
    port = url.port or (443 if url.scheme == "https" else 80)
    if port > 65535:
        raise FetchError(f"{address!r}: there is no port {port}")
    permitted = host in permit or f"{host}:{port}" in permit
    _check_host(host, permitted)
    return Target(url=url, host=host, port=port, permitted=permitted)


def _check_host(host: str, permitted: bool) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        check_ip(host, host, permitted)
        return
    if ":" in host or "%" in host:
        raise FetchError(f"{host} is not a host name")
    # Whatever ends in a number is an IPv4 address to some part of the system (127.1, 0x7f.1, 2130706433).
    if _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        raise FetchError(f"{host} is an IP address in an unusual spelling: refused")
    if not permitted and (host.rstrip(".") == "localhost" or host.rstrip(".").endswith((".localhost", ".local"))):
        raise FetchError(
            f"{host} is this machine or its neighbour: refused "
            f'(a case can permit it: permit = ["{host}"] under [net] in overt.toml)'
        )
