"""The one thread in which the store is used: a slow disk holds up records, not the network."""

import asyncio
from asyncio import Future
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
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
        #: Whether the store's thread is yet to take those who wait.
        self._begun = False

    async def run(self, item: Item) -> Value:
        """Return what the work made of this item, or raise what it raised; cancelled as `Records.run` is."""
        done: Future[Value] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if not self._begun:
            self._begun = True
            self._records.begin(self._take)
        return await done

    def _take(self) -> None:
        """Do the work for all who wait by now."""
        self._begun = False  # first: who comes while we look is taken now, or calls for another turn
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        wanted = [(item, done) for item, done in waiting if not done.cancelled()]
        if wanted:
            outcomes = self._outcomes([item for item, _ in wanted])
            asked = [done for _, done in wanted]
            asked[0].get_loop().call_soon_threadsafe(_tell, asked, outcomes)

    def _outcomes(self, items: Sequence[Item]) -> Sequence[Value | Exception]:
        """Do the work; where it is not known whose fault it is that nothing was done, for each alone."""
        try:
            return self._work(items)
        except Exception as fault:  # the edge of several jobs: each is told, and records it
            if len(items) == 1 or isinstance(fault, StoreUnavailable | StoreDamaged):
                return [fault] * len(items)
            return [outcome for item in items for outcome in self._outcomes([item])]


def _tell(asked: Sequence[Future[Value]], outcomes: Sequence[Value | Exception]) -> None:
    for done, outcome in zip(asked, outcomes, strict=True):
        if done.cancelled():
            continue
        if isinstance(outcome, Exception):
            done.set_exception(outcome)
        else:
            done.set_result(outcome)
