"""The service: ticks, signals, reload. The only place that knows APScheduler, and it owns the ticks alone.

When a feed is polled next, and when a delivery is tried next, is kept in the store; a tick only asks what is due.
"""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.assembly import Works, works
from monitor.deliver import Sender
from monitor.due import due
from monitor.errors import StoreDamaged, StoreUnavailable
from monitor.model.alert import Notice, Receiver
from monitor.model.article import Wanted
from monitor.model.configuration import Configuration
from monitor.model.feed import Feed, FeedState
from monitor.pipeline import MOST_AT_ONCE, Desk
from monitor.reload import Broken, Reloaded, Watch
from monitor.rounds import HOUR, MINUTE, Round, Rounds
from monitor.websub import CallbackServer

#: How often is asked what is due.
TICK = timedelta(seconds=1)
#: How often the configuration file is looked at; a change counts once it has held still for one more look.
LOOK = timedelta(seconds=0.5)
#: How long running polls and sends may still take after SIGTERM.
GRACE = timedelta(seconds=8)
#: How long everything rests when the database can not be used.
REST = timedelta(minutes=1)

_EVENTS = {EVENT_JOB_MISSED: "tick missed", EVENT_JOB_MAX_INSTANCES: "tick late", EVENT_JOB_ERROR: "tick failed"}

Tick = Callable[[], Awaitable[None]]

log = structlog.get_logger()


class Service:
    """Everything that runs until it is told to stop."""

    def __init__(self, works: Works, desk: Desk, watch: Watch, *, clock: Callable[[], datetime]) -> None:
        self._works = works
        self._desk = desk
        self._watch = watch
        self._clock = clock
        self._polling: dict[str, asyncio.Task[None]] = {}
        self._sending: dict[str, asyncio.Task[None]] = {}
        #: By host.
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._rounds = Rounds(works, clock=clock)
        self._rest_until: datetime | None = None
        #: The desk by which was decided what is held; None where that is not sure.
        self._held_by: Desk | None = None
        self._callback = CallbackServer(works.websub, arrived=self._read_pushed)
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT; then finish what runs within ten seconds, and return."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._watch.force)
        scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        )
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # of late ticks the listener tells
        scheduler.add_listener(_note, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES | EVENT_JOB_ERROR)
        await self._works.websub.configure(self._desk.configuration.settings, self._desk.feeds)
        ticks: tuple[tuple[str, Tick, timedelta], ...] = (
            ("poll", self._poll_due, TICK),
            ("read articles", self._read_articles, TICK),
            ("ask hubs", self._ask_hubs, TICK),
            ("deliver", self._deliver_due, TICK),
            ("look at file", self._look_at_file, LOOK),
            ("tidy", self._tidy, HOUR),
            *((name, partial(self._go, each), MINUTE) for name, each in self._rounds.every_minute().items()),
        )
        for name, tick, every in ticks:
            scheduler.add_job(
                partial(self._resting, tick),
                "interval",
                id=name,
                seconds=every.total_seconds(),
                next_run_time=datetime.now(UTC),
            )
        scheduler.start()
        log.info("started", feeds=len(self._desk.feeds), watchlists=len(self._desk.routes))
        await self._stop.wait()
        log.info("stopping", polls=len(self._polling), sends=len(self._sending))
        scheduler.shutdown(wait=False)
        await self._callback.close()
        await self._works.websub.close()
        await self._finish()
        log.info("stopped")

    async def _poll_due(self) -> None:
        async for feed, state in due(self._works, self._desk, asking=self._polling, now=self._clock(), tick=TICK):
            if self._desk.feeds.get(feed.name) == feed:  # another configuration may have come meanwhile
                self._start(self._polling, feed.name, self._poll(feed, state))

    async def _read_articles(self) -> None:
        while len(self._reading) < MOST_AT_ONCE and (
            wanted := await self._works.articles.next(besides=self._reading.keys())
        ):
            self._start(self._reading, wanted.host, self._read(wanted))

    async def _read(self, wanted: Wanted) -> None:
        report = await self._works.articles.read(wanted, self._desk)
        if report.alerts:
            await self._deliver_due()

    async def _resting(self, tick: Tick) -> None:
        """Run a tick, unless the database could not be used a short while ago."""
        if self._rests:
            return
        try:
            await tick()
        except (StoreUnavailable, StoreDamaged) as fault:
            self._rest(fault)
        except asyncio.CancelledError:
            if not self._stop.is_set():  # the scheduler would log its own end as an error of the tick
                raise

    @property
    def _rests(self) -> bool:
        return self._rest_until is not None and self._clock() < self._rest_until

    def _rest(self, fault: StoreUnavailable | StoreDamaged) -> None:
        self._rest_until = self._clock() + REST
        log.error("database not writable", reason=str(fault), rests_until=self._rest_until.isoformat())

    async def _deliver_due(self) -> None:
        if (desk := self._desk) is not self._held_by:
            await self._works.outbox.reconsider(desk)
            self._held_by = desk
        receivers, now = self._desk.receivers, self._clock()
        gates = self._works.outbox.gates
        idle = [name for name in receivers.keys() - self._sending.keys() if gates.is_open(receivers[name])]
        due = partial(self._works.store.due_deliveries, now=now, receivers=idle, limit=1)
        for delivery in await self._works.records.run(due):
            if delivery.receiver in self._sending:  # another tick was here meanwhile
                continue
            self._start(self._sending, delivery.receiver, self._send(receivers[delivery.receiver]))

    async def _go(self, each: Round) -> None:
        await each(self._desk)

    async def _tidy(self) -> None:
        await self._rounds.tidy(self._desk)
        self._held_by = None  # a send that ran while the configuration changed may have held by the old one

    async def _poll(self, feed: Feed, state: FeedState) -> None:
        report = await self._works.poller.poll(feed, state, self._desk)
        if report.alerts:
            await self._deliver_due()
        await self._works.websub.heard(report)

    async def _ask_hubs(self) -> None:
        if await self._callback.listen(self._desk.configuration.settings):
            await self._works.websub.tick()
        for name in self._works.websub.inbox.feeds():
            self._read_pushed(name)

    def _read_pushed(self, name: str) -> None:
        """Read what a hub sent of a feed, unless that is at work: then afterwards."""
        busy = name in self._polling or self._rests or self._stop.is_set()
        if not busy and name in self._desk.feeds and self._works.websub.inbox.first(name) is not None:
            self._start(self._polling, name, self._push(name))

    async def _push(self, name: str) -> None:
        states = await self._works.records.run(self._works.store.states, [name])
        for state in states.values():
            if await self._works.websub.read(state, self._desk):
                await self._deliver_due()

    async def _send(self, receiver: Receiver) -> None:
        async for _ in self._works.outbox.deliver(receiver, self._desk):
            if self._stop.is_set() or self._desk.receivers.get(receiver.name) != receiver:
                return

    def _start(self, running: dict[str, asyncio.Task[None]], name: str, work: Coroutine[None, None, None]) -> None:
        """Run one job; its failure is recorded here and harms nobody else."""

        async def job() -> None:
            try:
                await work
            except (StoreUnavailable, StoreDamaged) as fault:
                self._rest(fault)
            except Exception:  # the edge of one job: it is recorded, and started anew at its next time
                log.exception("job failed", job=name)
            finally:
                running.pop(name, None)
                self._read_pushed(name)

        running[name] = asyncio.ensure_future(job())

    async def _look_at_file(self) -> None:
        seen = await self._watch.look(self._desk.configuration)
        try:
            await self._take_up(seen)
        except (StoreUnavailable, StoreDamaged):
            self._watch.force()  # it is taken up when the database can be used again
            raise

    async def _take_up(self, seen: Reloaded | Broken | None) -> None:
        match seen:
            case Reloaded() as new:
                await self._swap(new)
            case Broken() as broken:
                for problem in broken.problems:
                    log.error("configuration not accepted", problem=str(problem))
                body = "\n".join(["The last good configuration stays in force.", *map(str, broken.problems)])
                await self._tell(Notice(title="The configuration file has a fault", body=body))
            case None:
                pass

    async def _swap(self, new: Reloaded) -> None:
        old = self._desk.configuration
        await self._works.records.run(lambda: self._works.store.sync(new.desk.configuration.feeds, now=self._clock()))
        settings = new.desk.configuration.settings
        await self._works.websub.configure(settings, new.desk.feeds)
        self._desk = new.desk
        self._works.fetcher.configure(host_interval=settings.host_interval, allow_private=settings.allow_private)
        changed = {each.name for each in old.receivers} - {
            each.name for each in new.desk.configuration.receivers if each in old.receivers
        }
        self._works.sender.forget(changed)
        log.info("configuration reloaded", changes=list(new.changes))
        if new.mended:
            await self._tell(Notice(title="The configuration file is in order again", body="\n".join(new.changes)))

    async def _tell(self, notice: Notice) -> None:
        receivers = self._desk.configuration.health_receivers
        await self._works.records.run(lambda: self._works.store.notify(notice, receivers, now=self._clock()))

    async def _finish(self) -> None:
        for name, task in self._polling.items():
            if self._works.websub.inbox.first(name) is None:  # what a hub was told that we have is read to its end
                task.cancel()
        for task in self._reading.values():
            task.cancel()
        running = [*self._polling.values(), *self._sending.values(), *self._reading.values()]
        if running:
            _, late = await asyncio.wait(running, timeout=GRACE.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


def _note(event: JobEvent) -> None:
    tell = log.debug if event.code == EVENT_JOB_MAX_INSTANCES else log.warning
    tell(_EVENTS[event.code], job=event.job_id, error=repr(getattr(event, "exception", None)))


async def serve(
    path: Path,
    environ: Mapping[str, str],
    configuration: Configuration,
    *,
    sender: Sender,
    clock: Callable[[], datetime],
) -> None:
    """Run the service on a checked configuration, until it is told to stop.

    Raises AlreadyRunning, StoreUnavailable, StoreDamaged or SchemaTooNew when it can not begin.
    """
    desk = await asyncio.to_thread(Desk.of, configuration)
    async with works(configuration, sender=sender, clock=clock) as parts:
        await Service(parts, desk, Watch(path, environ, sender), clock=clock).run()
