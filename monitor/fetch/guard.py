"""Which addresses may be connected to: public ones, and private ones that the user named. Asks nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

from monitor.fetch.fault import Unusable
from monitor.model.poll import Failure

IPAddress = IPv4Address | IPv6Address
LOOPBACK = IPv4Address("127.0.0.1")
IPNetwork = IPv4Network | IPv6Network

#: Not public, whatever `is_global` says; it says different things in different versions of Python.
_BLOCKED = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carriers' inner networks; metadata of one cloud at 100.100.100.200
        "168.63.129.16/32",  # metadata of another cloud
        "192.0.0.0/24",  # IETF protocol assignments; metadata of a third at 192.0.0.192
        "192.88.99.0/24",  # 6to4 relays
        "198.18.0.0/15",  # benchmarks
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible: an IPv4 address in disguise
        "64:ff9b::/96",  # NAT64: likewise (RFC 6052)
        "64:ff9b:1::/48",
        "100::/48",
        "2001::/23",  # Teredo, ORCHID and other protocol assignments
        "2002::/16",  # 6to4: likewise (RFC 3056)
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",  # site-local
    )
)
_HOST_AND_PORT = re.compile(r"\[?(?P<host>[^\[\]/]+?)\]?(?::(?P<port>\d{1,5}))?")
#: A last label that WHATWG's URL standard, and getaddrinfo, take for a number: the host is an address, not a name.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)


def is_public(address: IPAddress) -> bool:
    """Whether anyone on the Internet could reach this address; an IPv4-mapped one is judged by its IPv4 address."""
    address = _unmapped(address)
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return not any(address in network for network in _BLOCKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The private places that feeds may use: `settings.allow_private`."""

    #: Host names, with a port or None for all.
    names: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[tuple[IPNetwork, int | None], ...] = ()

    @classmethod
    def parse(cls, places: Sequence[str]) -> "Allowed":
        """Read hosts, `host:port`s and networks; an address is a network of one. Raises ValueError for others."""
        names, networks = set(), []
        for place in places:
            text, port = _split(place)
            try:
                networks.append((ip_network(text, strict=False), port))
            except ValueError:
                names.add((_host(text), port))
        return cls(names=frozenset(names), networks=tuple(networks))

    def permits(self, host: str, port: int, address: IPAddress) -> bool:
        """Whether a request for `host` may be sent to this port of this address."""
        name = host.lower().removesuffix(".")
        if is_public(address) or (name, None) in self.names or (name, port) in self.names:
            return True
        address = _unmapped(address)
        return any(address in network and only in {None, port} for network, only in self.networks)


def literal(host: str) -> IPAddress | None:
    """Return the address that a URL's host is, None for a name.

    Raises Unusable for a number in another spelling (`2130706433`, `0x7f.1`, `0177.0.0.1`), which a resolver would
    turn into an address without asking anyone.
    """
    try:
        return ip_address(host)
    except ValueError:
        last = host.removesuffix(".").rpartition(".")[2]
        if ":" in host or _NUMBER.fullmatch(last):
            raise Unusable(Failure.FORBIDDEN_ADDRESS, "not a plain IP address") from None
        return None


def is_loopback_name(host: str) -> bool:
    """Whether a name stands for the machine that looks it up, be it ours or a proxy's (RFC 6761 §6.3)."""
    return host == "localhost" or host.endswith(".localhost")


def _unmapped(address: IPAddress) -> IPAddress:
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _split(place: str) -> tuple[str, int | None]:
    """Return what stands before the port, and the port."""
    try:
        ip_network(place, strict=False)
    except ValueError:
        parts = _HOST_AND_PORT.fullmatch(place.strip())
        if parts is None:
            raise ValueError(f"not a host, host:port or network: {place!r}") from None
        return parts["host"], int(parts["port"]) if parts["port"] else None
    return place, None


def _host(name: str) -> str:
    return URL.build(scheme="http", host=name.removesuffix(".")).raw_host or ""
