"""Those that poll the same papers, each in a process of its own, whose module is imported there alone.

Each module has `run(task)`, which polls all feeds again and again until its process is ended, and says READY after the
first round; and `known(folder)`, how many entries it had kept by then.
"""

import socket
from dataclasses import dataclass
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path

LOOPBACK = "127.0.0.1"
READY = "ready"


@dataclass(frozen=True)
class Task:
    """What to poll, and where to keep what comes of it."""

    folder: Path
    urls: tuple[str, ...]
    #: An Apprise URL for who sends alerts.
    receiver: str
    #: How many are asked at once, for who can be told.
    at_once: int
    #: Seconds between two polls of a feed, for who keeps time.
    every: int
    #: READY goes out here; then whatever comes is answered with CPU seconds, by stage, by who can tell.
    pipe: Connection


def all_hosts_here() -> None:
    """Have every name of a paper lead to the one server: the system is asked as always, but about another name."""
    ask = socket.getaddrinfo

    @wraps(ask)
    def here(host: object, *args: object, **options: object) -> object:
        paper = isinstance(host, str) and host.endswith(".example")
        return ask(LOOPBACK if paper else host, *args, **options)  # type: ignore[arg-type]

    socket.getaddrinfo = here  # type: ignore[assignment]
