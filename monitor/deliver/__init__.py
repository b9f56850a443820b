"""Sending: each receiver has its own child process, so that one that hangs delays no other and can be killed."""

import asyncio
from collections.abc import Collection, Sequence

from monitor.child import Child, ChildMissing
from monitor.deliver import terminal, work
from monitor.errors import ChildFailed
from monitor.model.alert import Notification, Outcome, Receiver, Result

#: Seconds after which the child process of a receiver that gets nothing is ended.
IDLE = 300.0


class Sender:
    """Checks receivers and sends to them, through Apprise or to the terminal.

    Keeps one child process a receiver, started at its first message and ended when there was none for a while; messages
    to one receiver wait for one another. Apprise itself is never loaded in this process.
    """

    def __init__(self, *, seconds: float = 60.0, idle: float = IDLE, terminal_aside: bool = False) -> None:
        """Take how long one message may last before its sender is killed, and how long a sender without one is kept.

        Both are in seconds; `terminal_aside`: see `terminal.show`.
        """
        self._seconds = seconds
        self._idle = idle
        self._aside = terminal_aside
        self._children: dict[Receiver, Child[work.Job, Outcome]] = {}

    async def check(self, receivers: Sequence[Receiver]) -> dict[str, str]:
        """Return, by name, what is wrong with each receiver that can not be used, and the remedy; nothing is sent."""
        asked = [receiver for receiver in receivers if not _is_terminal(receiver)]
        if not asked:
            return {}
        child = Child(work.check)
        try:
            faults = await child.call([receiver.url for receiver in asked], seconds=self._seconds)
        except ChildFailed as failed:
            faults = [str(failed)] * len(asked)
        finally:
            child.close()
        return {receiver.name: fault for receiver, fault in zip(asked, faults, strict=True) if fault}

    async def notify(self, receiver: Receiver, notification: Notification) -> Outcome:
        """Send one message and return what became of it; whatever the receiver does, nothing is raised."""
        if _is_terminal(receiver):
            return await terminal.show(notification, seconds=self._seconds, aside=self._aside)
        if receiver not in self._children:
            self._children[receiver] = Child(work.send, idle=self._idle)
        child = self._children[receiver]
        job = work.Job(url=receiver.url, notification=notification, seconds=self._seconds)
        try:
            outcome = await child.call(job, seconds=self._seconds)
        except ChildMissing as missing:
            return Outcome(result=Result.FAILED, reason=str(missing))
        except ChildFailed as failed:
            return Outcome(result=Result.UNKNOWN, reason=str(failed))
        if outcome.result is not Result.SENT:
            child.kill()  # a login gone stale, or a connection half dead, goes with it
        return outcome

    def forget(self, names: Collection[str]) -> None:
        """End the child processes of receivers that are gone or changed."""
        for receiver in [receiver for receiver in self._children if receiver.name in names]:
            self._children.pop(receiver).close()

    async def close(self) -> None:
        """End all child processes now; a message still on its way becomes UNKNOWN."""
        children = list(self._children.values())
        self._children.clear()
        for child in children:
            child.kill()
        await asyncio.gather(*(asyncio.to_thread(child.close) for child in children))


def _is_terminal(receiver: Receiver) -> bool:
    return receiver.url.reveal().startswith(terminal.SCHEME)
