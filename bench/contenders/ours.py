"""The service as `rss-monitor run` runs it, its clock and its ticks included.

A feed is due each second, which is more than can be done; what is late comes first, so that all come in turn.
"""

import asyncio
import json
import time
from contextlib import closing
from pathlib import Path

from bench.contenders import LOOPBACK, READY, Task, all_hosts_here
from bench.paper import TERM
from monitor import clock
from monitor.assembly import Works, works
from monitor.cli.logs import LogFormat, configure
from monitor.deliver import Sender
from monitor.model.configuration import Configuration
from monitor.pipeline import Desk
from monitor.reload import Watch, checked
from monitor.service import Service
from monitor.store import Store
from monitor.warm import warm

TERMS = 1000


def run(task: Task) -> None:
    warm()
    all_hosts_here()
    configure(LogFormat.TEXT, verbose=False, quiet=True)
    asyncio.run(_run(task))


async def _run(task: Task) -> None:
    path = configured(task)
    sender = Sender()
    found = await checked(path, {}, sender)
    assert isinstance(found, Configuration), found
    desk = await asyncio.to_thread(Desk.of, found)
    async with works(found, sender=sender, clock=clock.now) as parts:
        asyncio.get_running_loop().add_reader(task.pipe.fileno(), _asked, task, parts)
        telling = asyncio.create_task(_tell(task, parts))
        await Service(parts, desk, Watch(path, {}, sender), clock=clock.now).run()
        telling.cancel()
    await sender.close()


async def _tell(task: Task, parts: Works) -> None:
    """Say when every feed was polled once."""
    while True:
        await asyncio.sleep(1)
        states = await parts.records.run(parts.store.states)
        if all(state.baselined for state in states.values()):
            task.pipe.send(READY)
            return


def configured(task: Task) -> Path:
    """Write the configuration; JSON is YAML too."""
    config = {
        "settings": {
            "every": f"{task.every}s",
            "full_text": "no",
            "host_interval": "0s",
            "allow_private": [LOOPBACK],
            "timezone": "UTC",
            "data": "data",
        },
        "receivers": {"desk": task.receiver},
        "feeds": [{"name": f"paper {number}", "url": url} for number, url in enumerate(task.urls)],
        "watchlists": {"draft": [TERM, *(f"word{number} phrase" for number in range(TERMS - 1))]},
    }
    path = task.folder / "config.yaml"
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


def _asked(task: Task, parts: Works) -> None:
    task.pipe.recv()
    asking = asyncio.ensure_future(parts.records.run(time.thread_time))
    asking.add_done_callback(lambda store: task.pipe.send(_spent(store.result())))


def _spent(store: float) -> dict[str, float]:
    loop = time.thread_time()
    rest = time.process_time() - loop - store
    return {"event loop": loop, "store": store, "other threads": rest}


def known(folder: Path) -> int:
    """Return how many entries are in the store."""
    store = Store.read(folder / "data")
    assert store is not None
    with closing(store):
        return sum(feed.entries for feed in store.feeds())
