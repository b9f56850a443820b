"""What waits for the store's thread is written in one transaction."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from monitor.errors import StoreUnavailable
from monitor.pipeline.records import Records, Together


@dataclass
class Ledger:
    """Writes numbers, all or none; a negative one is a mistake of ours, and `full` is a disk without space."""

    written: list[list[int]] = field(default_factory=list)
    full: bool = False
    tries: int = 0

    def write(self, numbers: Sequence[int]) -> list[str]:
        self.tries += 1
        if self.full:
            raise StoreUnavailable("no space left")
        if min(numbers) < 0:
            raise ValueError(min(numbers))
        self.written.append([*numbers])
        return [f"row {number}" for number in numbers]


async def outcomes(ledger: Ledger, *numbers: int) -> list[object]:
    """Return what each gets who comes while the store's thread is busy."""
    async with busy() as records:
        together = Together(records, ledger.write)
        waiting = [asyncio.ensure_future(together.run(number)) for number in numbers]
        await asyncio.sleep(0)  # they queue up
    return await asyncio.gather(*waiting, return_exceptions=True)


@asynccontextmanager
async def busy() -> AsyncIterator[Records]:
    records, free = Records(), threading.Event()
    working = asyncio.ensure_future(records.run(free.wait))
    try:
        yield records
    finally:
        free.set()
        await working
        await asyncio.to_thread(records.close)


async def test_those_who_wait_are_written_in_one_go() -> None:
    """A transaction costs the same for one as for many; each gets its own answer."""
    ledger = Ledger()
    assert await outcomes(ledger, 1, 2, 3) == ["row 1", "row 2", "row 3"]
    assert ledger.written == [[1, 2, 3]]


async def test_a_mistake_in_one_harms_no_other() -> None:
    """What can not be written alone fails alone."""
    ledger = Ledger()
    first, wrong, last = await outcomes(ledger, 1, -2, 3)
    assert (first, last) == ("row 1", "row 3")
    assert isinstance(wrong, ValueError)
    assert ledger.written == [[1], [3]]


async def test_a_full_disk_is_told_to_all() -> None:
    """It is not tried for each of them again."""
    ledger = Ledger(full=True)
    told = await outcomes(ledger, 1, 2, 3)
    assert [type(each) for each in told] == [StoreUnavailable] * 3
    assert ledger.tries == 1


async def test_who_gives_up_waiting_is_left_out() -> None:
    """Work that nobody wants any more is not begun."""
    ledger = Ledger()
    async with busy() as records:
        together = Together(records, ledger.write)
        kept, dropped = (asyncio.ensure_future(together.run(number)) for number in (1, 2))
        await asyncio.sleep(0)
        dropped.cancel()
        await asyncio.wait([dropped])
    assert await kept == "row 1"
    assert ledger.written == [[1]]
