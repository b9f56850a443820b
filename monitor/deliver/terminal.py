"""Our own receiver, `terminal://`: shows alerts on standard output, or beside it on standard error."""

import asyncio
import sys
from concurrent.futures import Future
from threading import Thread
from typing import TextIO

from rich.console import Console
from rich.text import Text

from monitor.model.alert import Notification, Outcome, Result
from monitor.render.forms import pieces, plain

SCHEME = "terminal://"


async def show(notification: Notification, *, seconds: float, aside: bool) -> Outcome:
    """Print a message, in colour on a terminal; UNKNOWN if whoever reads our output has stopped reading.

    `aside` is for a command whose standard output belongs to a program: the message goes to standard error.
    """
    done: Future[Outcome] = Future()
    done.set_running_or_notify_cancel()  # from now on we may stop waiting, but it can not be called off
    Thread(
        target=lambda: done.set_result(_print(notification, sys.stderr if aside else sys.stdout)), daemon=True
    ).start()
    try:
        return await asyncio.wait_for(asyncio.wrap_future(done), seconds)
    except TimeoutError:
        return Outcome(result=Result.UNKNOWN, reason=f"standard output took nothing within {seconds:g} s")


def _print(notification: Notification, screen: TextIO) -> Outcome:
    try:
        if screen.isatty():
            Console(file=screen, highlight=False).print(_coloured(notification), soft_wrap=True)
        else:
            screen.write(f"{notification.title}\n{plain(notification.body)}\n\n")
        screen.flush()
    except BrokenPipeError:
        return Outcome(result=Result.FAILED, reason="standard output is closed")
    except (OSError, ValueError):  # ValueError: closed by us, or letters that its encoding lacks
        return Outcome(result=Result.FAILED, reason="can not write to standard output")
    return Outcome(result=Result.SENT)


def _coloured(notification: Notification) -> Text:
    """Return the message with its title bold and its matched words standing out."""
    text = Text(f"{notification.title}\n", style="bold")
    for piece, marked in pieces(notification.body):
        text.append(piece, style="not bold black on yellow" if marked else "not bold")
    return text.append("\n")
