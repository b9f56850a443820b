"""Turns at a host: one request at a time, and a pause between the starts of two."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(slots=True)
class _Slot:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: Those who hold it or wait for it.
    users: int = 0
    #: Whether one of them holds it.
    held: bool = False
    #: Loop time of the last start.
    started: float = float("-inf")


class HostSlots:
    """Hands out turns, first come, first served; a host that is idle for `interval` is forgotten."""

    def __init__(self, interval: timedelta) -> None:
        self.interval = interval
        #: In the order of the last start, so that the idle ones stand first.
        self._slots: OrderedDict[str, _Slot] = OrderedDict()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host` and hold it. Whoever holds one must not ask for another."""
        slot = self._slots.setdefault(host, _Slot())
        slot.users += 1
        try:
            async with slot.lock:
                wait = slot.started + self.interval.total_seconds() - _time()
                if wait > 0:
                    await asyncio.sleep(wait)
                slot.started = _time()
                self._slots.move_to_end(host)
                slot.held = True
                try:
                    yield
                finally:
                    slot.held = False
        finally:
            slot.users -= 1
            self._forget()

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def waiting(self) -> int:
        """How many wait for a turn, at all hosts."""
        return sum(slot.users - slot.held for slot in self._slots.values())

    def _forget(self) -> None:
        idle_since = _time() - self.interval.total_seconds()
        while self._slots:
            slot = next(iter(self._slots.values()))
            if slot.users or slot.started > idle_since:
                break
            self._slots.popitem(last=False)


def _time() -> float:
    return asyncio.get_running_loop().time()
