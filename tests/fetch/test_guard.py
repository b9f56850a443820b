from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Address, ip_address

import pytest

from monitor.fetch import Fetcher
from monitor.fetch.guard import Allowed, IPAddress, is_public
from monitor.model.poll import Failure, Fetched, FetchFailed, Request
from tests.fetch.loopback import reply, site

Make = Callable[..., Fetcher]

INNER_V4 = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.1.2.3",
    "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
]  # fmt: skip
INNER_V6 = [
    "::", "::1", "::7f00:1", "::a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1",
    "ff02::1", "ff0e::1",
]  # fmt: skip
OUTER = ["1.1.1.1", "9.255.255.255", "93.184.216.34", "100.63.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::8a"]


def spellings(address: str) -> list[str]:
    """The ways to write an IPv4 address in a URL."""
    number = int(IPv4Address(address))
    first, *rest = [int(part) for part in address.split(".")]
    return [
        address,
        str(number),
        hex(number),
        f"0{number:o}",
        f"0x{first:x}." + ".".join(map(str, rest)),
        f"0{first:o}." + ".".join(f"0{part:o}" for part in rest),
        f"{first}.{number & 0xFFFFFF}",
        address + ".",
        address.translate({ord("0") + digit: ord("０") + digit for digit in range(10)}),
        f"[::ffff:{address}]",
        f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]",
        f"[64:ff9b::{address}]",
        f"[::{address}]",
        f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::]",
    ]


@pytest.mark.parametrize("address", INNER_V4 + INNER_V6)
def test_inner_addresses(address: str) -> None:
    """Addresses that not everyone on the Internet reaches are not public."""
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", OUTER)
def test_outer_addresses(address: str) -> None:
    """Addresses of real servers are public, IPv4-mapped too."""
    assert is_public(ip_address(address))
    assert ":" in address or is_public(ip_address(f"::ffff:{address}"))


@pytest.mark.parametrize("address", INNER_V4)
async def test_no_spelling_passes(fetcher: Make, address: str) -> None:
    """An inner address is not asked, in whatever spelling it comes."""
    async with fetcher(allow_private=[]) as it:
        for spelling in spellings(address):
            came = await it.fetch(Request(url=f"http://{spelling}:9/"))
            assert isinstance(came, FetchFailed), spelling
            assert came.failure is Failure.FORBIDDEN_ADDRESS, spelling


@pytest.mark.parametrize("address", [*INNER_V6, "fe80::1%25lo"])
async def test_no_ipv6_address_passes(fetcher: Make, address: str) -> None:
    """The same for IPv6."""
    async with fetcher(allow_private=[]) as it:
        came = await it.fetch(Request(url=f"http://[{address}]:9/"))
    assert isinstance(came, FetchFailed)
    assert came.failure is Failure.FORBIDDEN_ADDRESS


@pytest.mark.parametrize("address", INNER_V4 + INNER_V6)
async def test_no_name_leads_inside(fetcher: Make, address: str) -> None:
    """A name that stands for an inner address is not asked."""

    async def lookup(host: str) -> list[IPAddress]:
        return [ip_address(address)]

    async with fetcher(allow_private=[], lookup=lookup) as it:
        came = await it.fetch(Request(url="http://rebind.example:9/"))
    assert (
        FetchFailed(
            failure=Failure.FORBIDDEN_ADDRESS, detail=f"private: {ip_address(address)} (see settings.allow_private)"
        )
        == came
    )


async def test_names_that_change_their_address(fetcher: Make) -> None:
    """Every connection goes to the address that was checked for it, however often the name changes its mind."""
    answers = ["127.0.0.1", "169.254.169.254"] * 5
    pending = iter(answers)

    async def lookup(host: str) -> list[IPAddress]:
        return [ip_address(next(pending))]

    async with site(lambda _: reply(body=b"feed")) as server:
        allowed = [f"127.0.0.1:{server.port}"]
        async with fetcher(allow_private=allowed, lookup=lookup) as it:
            came = [await it.fetch(Request(url=server.url(host="rebind.example"))) for _ in answers]
    assert [isinstance(one, Fetched) for one in came] == [True, False] * 5
    assert len(server.asked) == 5


async def test_only_the_permitted_addresses_of_a_name_are_used(fetcher: Make) -> None:
    """Of a name with inner and permitted addresses only the permitted ones are asked."""

    async def lookup(host: str) -> list[IPAddress]:
        return [ip_address("10.0.0.1"), ip_address("::1"), ip_address("127.0.0.1")]

    async with site(lambda _: reply(body=b"feed")) as server, fetcher(lookup=lookup) as it:
        assert isinstance(await it.fetch(Request(url=server.url(host="both.example"))), Fetched)


@pytest.mark.parametrize(
    ("place", "permitted", "refused"),
    [
        ("nas.example", [("nas.example", 80, "10.0.0.9"), ("NAS.example.", 99, "::1")], [("x.nas.example", 80, "::1")]),
        ("nas.example:99", [("nas.example", 99, "10.0.0.9")], [("nas.example", 80, "10.0.0.9")]),
        ("приклад.укр", [("xn--80aikifvh.xn--j1amh", 80, "10.0.0.9")], [("xn--j1amh", 80, "10.0.0.9")]),
        ("10.0.0.0/8", [("a", 80, "10.1.2.3"), ("a", 80, "::ffff:10.1.2.3")], [("a", 80, "127.0.0.1")]),
        ("127.0.0.1", [("localhost", 80, "127.0.0.1")], [("localhost", 80, "127.0.0.2")]),
        ("127.0.0.1:99", [("a", 99, "127.0.0.1")], [("a", 80, "127.0.0.1")]),
        ("::1", [("a", 80, "::1")], [("a", 80, "127.0.0.1")]),
        ("[::1]:99", [("a", 99, "::1")], [("a", 80, "::1")]),
        ("fd00::/8", [("a", 80, "fd12::1")], [("a", 80, "fe80::1")]),
    ],
)
def test_private_places_by_consent(
    place: str, permitted: list[tuple[str, int, str]], refused: list[tuple[str, int, str]]
) -> None:
    """A host, a host with its port, an address or a network that the user names may be asked, and no other."""
    allowed = Allowed.parse([place])
    assert all(allowed.permits(host, port, ip_address(address)) for host, port, address in permitted)
    assert not any(allowed.permits(host, port, ip_address(address)) for host, port, address in refused)


@pytest.mark.parametrize("place", ["10.0.0.0/99", "http://nas.example/", "nas.example:", "a b/c", ""])
def test_places_that_are_none(place: str) -> None:
    """What is no host, port or network is refused, not ignored."""
    with pytest.raises(ValueError, match=r"[Hh]ost"):
        Allowed.parse([place])


async def test_a_reload_changes_what_is_allowed(fetcher: Make) -> None:
    """A private place is asked as long as the configuration allows it, and no longer."""
    async with site(lambda _: reply(body=b"feed")) as server, fetcher() as it:
        before = await it.fetch(Request(url=server.url()))
        it.configure(host_interval=timedelta(0), allow_private=[])
        after = await it.fetch(Request(url=server.url()))
    assert isinstance(before, Fetched)
    assert isinstance(after, FetchFailed)
