"""The program that `bench.chaos` kills: rss-monitor as it is, with a name that is found slowly while a file is there.

A fork server imports its program's main module, and so senders look up names as this module says.
"""

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from monitor.cli import main

#: The name that is slow, how slow in seconds, and the environment variable that says in which file's presence.
SLOW, SECONDS, SWITCH = "localhost", 8.0, "RSS_MONITOR_BENCH_SLOW"

_Given = ParamSpec("_Given")
_Found = TypeVar("_Found")


def _slowly(find: Callable[_Given, _Found]) -> Callable[_Given, _Found]:
    def found(*args: _Given.args, **kwargs: _Given.kwargs) -> _Found:
        if args and args[0] == SLOW and Path(os.environ[SWITCH]).exists():
            threading.Event().wait(SECONDS)
        return find(*args, **kwargs)

    return found


socket.getaddrinfo = _slowly(socket.getaddrinfo)

if __name__ == "__main__":
    main()
