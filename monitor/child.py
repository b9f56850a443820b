"""A function that runs in a child process, one call at a time, and is killed when it is late.

Parsing and sending run code that a stranger's bytes can hold up; here they can be stopped for sure. Children come from
a fork server, so that a library is loaded once however many children use it.
"""

import asyncio
import contextlib
import math
import multiprocessing
import multiprocessing.forkserver
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from threading import Lock
from typing import Generic, TypeVar

from monitor.errors import ChildFailed

Job = TypeVar("Job")
Answer = TypeVar("Answer")

#: Seconds by which a child outlives its time if its parent is not there to end it.
_MARGIN = 1

_context = multiprocessing.get_context("forkserver")


class ChildDied(ChildFailed):
    """The child process died before it answered."""


class ChildMissing(ChildFailed):
    """There is no child process that takes the job: it was not begun."""


class ChildLate(ChildFailed):
    """The child process took too long and was killed."""


def warm(modules: Sequence[str]) -> None:
    """Start the fork server with these modules loaded; does not wait for it. Only the first call counts."""
    _context.set_forkserver_preload(["__main__", *modules])  # without it, every child imports the program again
    multiprocessing.forkserver.ensure_running()


class Child(Generic[Job, Answer]):
    """One child process, started at its first call and again after it was killed.

    `work` answers a job; it and `prepare`, which runs once in every new child, are functions of a module: the child
    finds them by name. Jobs and answers are pickled. Calls wait for one another. A child without a call for `idle`
    seconds is ended; the next call starts another.
    """

    def __init__(
        self,
        work: Callable[[Job], Answer],
        *,
        prepare: Callable[[], None] | None = None,
        idle: float | None = None,
    ) -> None:
        self._work = work
        self._prepare = prepare
        self._idle = idle
        self._timer: asyncio.TimerHandle | None = None
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="child")
        self._process: multiprocessing.process.BaseProcess | None = None
        #: For whoever looks at the process: it is ended in the thread, and killed from outside.
        self._hold = Lock()
        self._pipe: Connection | None = None
        self._killed = False
        self._closed = False

    async def call(self, job: Job, *, seconds: float) -> Answer:
        """Return the child's answer to `job`.

        Raises ChildLate when there is none within `seconds` of its taking the job, ChildDied when the child ended
        without one, ChildMissing when none took the job, and whatever the work itself raised.
        """
        loop = asyncio.get_running_loop()
        async with self._turn:
            self._stay()
            try:
                answer = await loop.run_in_executor(self._thread, self._ask, job, seconds)
            except asyncio.CancelledError:
                self.kill()
                raise
            if self._idle is not None and not self._closed:
                self._timer = loop.call_later(self._idle, self._thread.submit, self._forget)
            if isinstance(answer, BaseException):
                raise answer
            return answer

    def kill(self) -> None:
        """End the child now, and the call it is at; the next call starts another."""
        self._killed = True
        with self._hold:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the child for good."""
        self._closed = True
        self._stay()
        self.kill()
        self._thread.shutdown(wait=True)
        self._forget()

    def _stay(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ask(self, job: Job, seconds: float) -> Answer | BaseException:
        if self._killed:  # between two calls: it may be dying still, and take the job with it
            self._forget()
        self._killed = False
        try:
            pipe = self._handed(job, seconds)
            if pipe is None or self._killed or not pipe.poll(seconds):
                self._forget()
                return ChildLate(f"no answer within {seconds:g} s")
            answer: Answer | BaseException = pipe.recv()
        except (EOFError, OSError) as fault:
            self._forget()
            return ChildDied(f"child process died ({type(fault).__name__})")
        except ChildMissing as fault:
            self._forget()
            return fault
        return answer

    def _handed(self, job: Job, seconds: float) -> Connection | None:
        """Hand the job over, and again if the child died before it took it; None if it takes too long to take it.

        Raises ChildMissing; EOFError if it was killed by us.
        """
        fault: Exception | None = None
        for _ in range(2):
            try:
                pipe = self._connect()
                pipe.send((job, seconds))
                if not pipe.poll(seconds):
                    return None
                pipe.recv()
            except (EOFError, OSError) as died:
                if self._killed:
                    raise EOFError from died
                self._forget()
                fault = died
            else:
                return pipe
        raise ChildMissing(f"no child process could be started ({type(fault).__name__})")

    def _connect(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._forget()
        ours, theirs = _context.Pipe()
        process = _context.Process(target=_serve, args=(theirs, self._work, self._prepare), daemon=True)
        process.start()
        with self._hold:  # only now: `kill` may come meanwhile, and could not end one that was not started
            self._process = process
        theirs.close()
        self._pipe = ours
        return ours

    def _forget(self) -> None:
        with self._hold:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join()
            process.close()
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


class Children(Generic[Job, Answer]):
    """Several children for the same work; a call takes whichever is free."""

    def __init__(self, size: int, work: Callable[[Job], Answer], *, prepare: Callable[[], None] | None = None) -> None:
        self._all = [Child(work, prepare=prepare) for _ in range(size)]
        self._free = list(reversed(self._all))
        self._slots = asyncio.Semaphore(size)

    async def call(self, job: Job, *, seconds: float) -> Answer:
        """As Child.call; `seconds` count from when a child is free."""
        async with self._slots:
            child = self._free.pop()
            try:
                return await child.call(job, seconds=seconds)
            finally:
                self._free.append(child)

    def close(self) -> None:
        """End all children for good."""
        for child in self._all:
            child.close()


def _serve(pipe: Connection, work: Callable[[Job], Answer], prepare: Callable[[], None] | None) -> None:
    """Answer jobs until the parent closes its end, or dies; then the job at hand ends in its time, or the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if prepare is not None:
        prepare()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            job, seconds = pipe.recv()
            signal.alarm(math.ceil(seconds) + _MARGIN)  # no parent may be left to kill us
            pipe.send(None)  # taken: from here on, nobody else may be given it
            try:
                answer: Answer | Exception = work(job)
            except Exception as fault:  # the edge of one job: the parent raises it again
                answer = fault
            signal.alarm(0)
            pipe.send(answer)
