"""Our own receiver, `terminal://`: shows alerts on standard output."""

import asyncio
import re
import sys
from concurrent.futures import Future
from threading import Thread

from rich.console import Console
from rich.text import Text

from monitor.model.alert import Notification, Outcome, Result

SCHEME = "terminal://"

_MARK = re.compile(r"\*([^*\n]+)\*")


async def show(notification: Notification, *, seconds: float) -> Outcome:
    """Print a message, in colour on a terminal; UNKNOWN if whoever reads our output has stopped reading."""
    done: Future[Outcome] = Future()
    done.set_running_or_notify_cancel()  # from now on we may stop waiting, but it can not be called off
    Thread(target=lambda: done.set_result(_print(notification)), daemon=True).start()
    try:
        return await asyncio.wait_for(asyncio.wrap_future(done), seconds)
    except TimeoutError:
        return Outcome(result=Result.UNKNOWN, reason=f"standard output took nothing within {seconds:g} s")


def _print(notification: Notification) -> Outcome:
    try:
        if sys.stdout.isatty():
            Console(file=sys.stdout, highlight=False).print(_coloured(notification), soft_wrap=True)
        else:
            sys.stdout.write(f"{notification.title}\n{notification.body}\n\n")
        sys.stdout.flush()
    except BrokenPipeError:
        return Outcome(result=Result.FAILED, reason="standard output is closed")
    except (OSError, ValueError):  # ValueError: closed by us, or letters that its encoding lacks
        return Outcome(result=Result.FAILED, reason="can not write to standard output")
    return Outcome(result=Result.SENT)


def _coloured(notification: Notification) -> Text:
    """Return the message with its title bold and its matched words standing out."""
    text = Text(f"{notification.title}\n", style="bold")
    for number, piece in enumerate(_MARK.split(notification.body)):
        text.append(piece, style="not bold black on yellow" if number % 2 else "not bold")
    return text.append("\n")
