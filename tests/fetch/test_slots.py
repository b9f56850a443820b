import asyncio
import itertools
import selectors
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from monitor.fetch import Fetcher, Limits
from monitor.fetch.slots import HostSlots
from monitor.model.poll import Fetched, Request
from tests.fetch.loopback import Asked, moved, reply, site

Make = Callable[..., Fetcher]


class TravellingLoop(asyncio.SelectorEventLoop):
    """An event loop without input and output, on which waiting takes no time: the clock jumps."""

    class Selector(selectors.SelectSelector):
        now = 0.0

        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            self.now += timeout or 0.0
            return super().select(0)

    def __init__(self) -> None:
        self.clock = self.Selector()
        super().__init__(self.clock)

    def time(self) -> float:
        return self.clock.now


def travel(slots: HostSlots, visits: list[tuple[str, float]]) -> list[tuple[str, float, float]]:
    """Have hosts visited for some seconds each, all at once; returns start and end of each visit."""
    log = []

    async def visit(host: str, seconds: float) -> None:
        async with slots.turn(host):
            start = asyncio.get_running_loop().time()
            await asyncio.sleep(seconds)
            log.append((host, start, start + seconds))

    async def main() -> None:
        await asyncio.gather(*(visit(host, seconds) for host, seconds in visits))

    with asyncio.Runner(loop_factory=TravellingLoop) as runner:
        runner.run(main())
    return log


def test_r7_a_hundred_feeds_of_one_host() -> None:
    """A host is asked every five seconds, and slow answers are waited for."""
    seconds = [1.0, 12.0] * 50
    log = travel(HostSlots(timedelta(seconds=5)), [("a.example", each) for each in seconds])
    starts = [start for _, start, _ in log]
    gaps = [after - before for before, after in itertools.pairwise(starts)]
    assert gaps == pytest.approx([5.0, 12.0] * 49 + [5.0])


def test_hosts_do_not_wait_for_one_another() -> None:
    """Each host has its own turns."""
    log = travel(HostSlots(timedelta(seconds=5)), [("a.example", 60.0), ("b.example", 1.0), ("b.example", 1.0)])
    assert sorted(log) == [("a.example", 0.0, 60.0), ("b.example", 0.0, 1.0), ("b.example", 5.0, 6.0)]


def test_idle_hosts_are_forgotten() -> None:
    """Thousands of hosts asked once are not remembered for ever."""
    slots = HostSlots(timedelta(seconds=5))
    travel(slots, [(f"{number}.example", number / 50) for number in range(1000)])
    assert len(slots) == 0


async def test_a_turn_given_up_while_waiting_is_free_again() -> None:
    """Who stops waiting holds up nobody."""
    slots = HostSlots(timedelta(0))

    async def wait() -> None:
        async with slots.turn("a.example"):
            raise AssertionError

    async with slots.turn("a.example"):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        assert slots.waiting == 1
        waiting.cancel()
        await asyncio.wait([waiting])
    assert (waiting.cancelled(), slots.waiting) == (True, 0)
    async with slots.turn("a.example"):
        assert len(slots) == 1


async def test_r7_one_request_at_a_time(fetcher: Make) -> None:
    """A host never has two requests of ours under way, redirects to another host and back included."""
    hosts = ["127.0.0.1", "localhost"]
    under_way: Counter[str] = Counter()
    most: Counter[str] = Counter()

    async def answer(asked: Asked) -> AsyncIterator[bytes]:
        host = asked.headers["host"]
        under_way[host] += 1
        most[host] = max(most[host], under_way[host])
        for _ in range(20):
            await asyncio.sleep(0)
        under_way[host] -= 1
        number = int(asked.path.strip("/"))
        onward = server.url(f"/{number + 100}", host=hosts[number // 100 % 2])
        yield moved(302, onward) if number < 300 else reply(body=b"feed")

    async with site(answer) as server, fetcher(allow_private=hosts) as it:
        came = await asyncio.gather(*(it.fetch(Request(url=server.url(f"/{number}"))) for number in range(20)))
    assert all(isinstance(one, Fetched) for one in came)
    assert {f"{host}:{server.port}": 1 for host in hosts} == most
    assert len(server.asked) == 80


async def test_waiting_for_a_turn_takes_nothing_from_the_time_for_the_answer(fetcher: Make) -> None:
    """The limit counts from when a request starts."""
    limits = Limits(time=timedelta(seconds=0.5))
    pause = timedelta(seconds=0.6)
    async with site(lambda _: reply(body=b"feed")) as server, fetcher(limits=limits, host_interval=pause) as it:
        came = await asyncio.gather(*(it.fetch(Request(url=server.url())) for _ in range(2)))
    assert all(isinstance(one, Fetched) for one in came)
