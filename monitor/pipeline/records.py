"""The one thread in which the store is used: a slow disk holds up records, not the network."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

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

    def close(self) -> None:
        """Wait for what has begun, and end."""
        self._thread.shutdown(wait=True)
