import contextlib
import io
import os
import sys

import pytest

from monitor.deliver import Sender
from monitor.model.alert import Outcome, Result
from monitor.render.forms import plain
from tests.deliver.conftest import NOTE, receiver

TERMINAL = receiver("terminal://")


async def test_plain_text(sender: Sender, capsys: pytest.CaptureFixture[str]) -> None:
    """Where output is not a terminal, an alert is its plain text."""
    assert Outcome(result=Result.SENT) == await sender.notify(TERMINAL, NOTE)
    assert f"{NOTE.title}\n{plain(NOTE.body)}\n\n" == capsys.readouterr().out


async def test_aside(capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard output belongs to a program, alerts are shown on standard error."""
    assert Outcome(result=Result.SENT) == await Sender(terminal_aside=True).notify(TERMINAL, NOTE)
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", f"{NOTE.title}\n{plain(NOTE.body)}\n\n")


async def test_colour(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the matched words stand out by colour instead of asterisks, and `[..]` stays as it is."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        await sender.notify(TERMINAL, NOTE)
        shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "\x1b[30;43mиностранных агентов\x1b[0m" in shown
    assert "\x1b[1m[агенты] Минюст" in shown


def _pipe() -> tuple[int, io.TextIOWrapper]:
    """A pipe: the end to read from, and a stream to write to that keeps nothing back."""
    reading, writing = os.pipe()
    return reading, io.TextIOWrapper(os.fdopen(writing, "wb", buffering=0), encoding="utf-8", write_through=True)


async def test_reader_gone(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    """When whoever read our output has gone, the alert is not taken for sent, and nothing breaks."""
    reading, output = _pipe()
    os.close(reading)
    monkeypatch.setattr(sys, "stdout", output)
    answer = await sender.notify(TERMINAL, NOTE)
    monkeypatch.undo()
    output.close()
    assert Outcome(result=Result.FAILED, reason="standard output is closed") == answer


async def test_reader_asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """When whoever reads our output has stopped reading, as a pager does, we do not wait for ever."""
    reading, output = _pipe()
    os.set_blocking(output.fileno(), False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(output.fileno(), b"x" * 512)
    os.set_blocking(output.fileno(), True)
    monkeypatch.setattr(sys, "stdout", output)
    answer = await Sender(seconds=0.2).notify(TERMINAL, NOTE)
    monkeypatch.undo()
    while not os.read(reading, 1 << 20).endswith(b"\n\n"):
        pass  # what was held up is written now
    os.close(reading)
    output.close()
    assert Outcome(result=Result.UNKNOWN, reason="standard output took nothing within 0.2 s") == answer


async def test_letters_it_lacks(sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can not show the letters is a failure, not a crash."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    answer = await sender.notify(TERMINAL, NOTE)
    assert Outcome(result=Result.FAILED, reason="can not write to standard output") == answer
