"""The one thread in which the store is used: a slow disk holds up records, not the network."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from monitor.errors import StoreDamaged, StoreUnavailable

Item = TypeVar("Item")
Value = TypeVar("Value")


class Records:
    """Runs work on the store, one piece after another."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def run(self, work: Callable[..., Value], *args: object) -> Value:
        """Return what `work` returns, or raise what it raises.

        Work that has begun is finished even when its caller is cancelled: a transaction is whole or was not begun.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)

    def begin(self, work: Callable[[], None]) -> None:
        """Have `work` done in its turn; it tells by itself what came of it."""
        self._thread.submit(work)

    def close(self) -> None:
        """Wait for what has begun, and end."""
        self._thread.shutdown(wait=True)


class Together(Generic[Item, Value]):
    """Work that is done in one go for all who wait for it: a transaction costs the same for one as for many."""

    def __init__(self, records: Records, work: Callable[[Sequence[Item]], Sequence[Value]]) -> None:
        """`work` returns a value for each item, in their order; when it raises, it has done nothing."""
        self._records = records
        self._work = work
        self._waiting: deque[tuple[Item, Future[Value]]] = deque()

    async def run(self, item: Item) -> Value:
        """Return what the work made of this item, or raise what it raised; cancelled as `Records.run` is."""
        done: Future[Value] = Future()
        self._waiting.append((item, done))
        self._records.begin(self._take)
        return await asyncio.wrap_future(done)

    def _take(self) -> None:
        """Do the work for all who wait by now; those whose turn was prepaid find nothing left to do."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        wanted = [(item, done) for item, done in waiting if done.set_running_or_notify_cancel()]
        if wanted and not self._done(wanted):
            for one in wanted:
                self._done([one], alone=True)

    def _done(self, wanted: Sequence[tuple[Item, Future[Value]]], *, alone: bool = False) -> bool:
        """Tell each what came of it; False if it is not known yet whose fault it is that nothing did."""
        try:
            values = self._work([item for item, _ in wanted])
        except Exception as fault:  # the edge of several jobs: each is told, and records it
            if not alone and len(wanted) > 1 and not isinstance(fault, StoreUnavailable | StoreDamaged):
                return False
            for _, done in wanted:
                done.set_exception(fault)
            return True
        for (_, done), value in zip(wanted, values, strict=True):
            done.set_result(value)
        return True
