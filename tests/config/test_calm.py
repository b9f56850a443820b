"""Priorities, quiet hours, digests and bursts in the file, and the mistakes that people make there."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from monitor.model.calm import EVERY_DAY, Burst, Priority, Quiet, Slot
from monitor.model.configuration import Configuration, Problem

Good = Callable[..., Configuration]
Bad = Callable[..., tuple[Problem, ...]]

START = "feeds: [https://a.example/rss]\nwatchlists: {army: {any: army, priority: high}, sport: [goal]}\n"


def keys(text: str, url: str = "tgram://1:a/2") -> str:
    return f"{START}receivers: {{desk: {{url: '{url}', {text}}}}}\n"


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("quiet: 23:00-07:00", [Quiet(start=time(23), end=time(7))]),
        ('quiet: "23:30 – 7:00"', [Quiet(start=time(23, 30), end=time(7))]),
        ("quiet: [12:00-13:00, Sat 00:00-24:00]",
         [Quiet(start=time(12), end=time(13)), Quiet(start=time(0), end=time(0), days=frozenset({5}))]),
        ("quiet: Fri-Mon 18:00-24:00", [Quiet(start=time(18), end=time(0), days=frozenset({4, 5, 6, 0}))]),
    ],
)  # fmt: skip
def test_quiet_hours(good: Good, text: str, quiet: list[Quiet]) -> None:
    """Hours in which a receiver gets nothing, every day or on some."""
    (desk,) = good(keys(text)).receivers
    assert list(desk.quiet) == quiet


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ("digest: 08:00", [Slot(at=time(8))]),
        ('digest: ["08:00", "18:00"]', [Slot(at=time(8)), Slot(at=time(18))]),
        ("digest: Mon 08:00", [Slot(at=time(8), days=frozenset({0}))]),
        ("digest: monday-friday 9:15", [Slot(at=time(9, 15), days=EVERY_DAY - {5, 6})]),
    ],
)
def test_digests(good: Good, text: str, digest: list[Slot]) -> None:
    """Times at which a receiver gets what has come since, in one message."""
    (desk,) = good(keys(text)).receivers
    assert list(desk.digest) == digest


@pytest.mark.parametrize(
    ("text", "url", "burst"),
    [
        ("min_priority: low", "tgram://1:a/2", Burst(messages=5, within=timedelta(minutes=5))),
        ("min_priority: low", "jsons://hook.example", None),
        ("burst: on", "jsons://hook.example", Burst()),
        ("burst: off", "tgram://1:a/2", None),
        ("burst: {messages: 2}", "tgram://1:a/2", Burst(messages=2)),
        ("burst: {messages: 3, within: 1h}", "tgram://1:a/2", Burst(messages=3, within=timedelta(hours=1))),
    ],
)
def test_bursts(good: Good, text: str, url: str, burst: Burst | None) -> None:
    """People get bursts bundled unless they say otherwise; programs get each alert by itself unless they do."""
    (desk,) = good(keys(text, url)).receivers
    assert desk.burst == burst


def test_who_takes_what(good: Good) -> None:
    """A receiver gets the alerts of the watchlists that are urgent enough for it."""
    receivers = "receivers: {desk: 'a://b', phone: {url: 'a://c', min_priority: high}}\n"
    found = good(START + receivers + "settings: {health: [phone]}\n")
    army, sport = found.watchlists
    assert (army.priority, sport.priority) == (Priority.HIGH, Priority.NORMAL)
    assert found.receivers_of(army) == ("desk", "phone")
    assert found.receivers_of(sport) == ("desk",)
    assert found.health_receivers == ("phone",)  # as it is named there


def test_the_service_speaks_with_normal_priority(good: Good) -> None:
    """What the service says of itself is not for receivers that take only what is more urgent, unless they are all."""
    desk, phone = "desk: {url: 'a://b', min_priority: normal}", "phone: {url: 'a://c', min_priority: high}"
    assert good(f"{START}receivers: {{{desk}, {phone}}}").health_receivers == ("desk",)
    assert good(f"{START}receivers: {{{phone}}}").health_receivers == ("phone",)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("min_priority: hihg", '"hihg" is no priority', 'did you mean "high"? known here: low, normal, high, critical'),
        ("min_priority: 1", '"1" is no priority', "known here"),
        ("quiet: 23-7", '"23-7" is no span of hours', '"23:00-07:00"'),
        ("quiet: 11pm-7am", '"11pm-7am" is no span of hours', '"23:00-07:00"'),
        ("quiet: 23:00", '"23:00" is no span of hours', '"23:00-07:00"'),
        ("quiet: 25:00-07:00", '"25:00-07:00" is no span of hours', '"01:00-07:00"'),
        ("quiet: 23:60-07:00", '"23:60-07:00" is no span of hours', '"23:59-07:00"'),
        ("quiet: Sat 8-9", '"Sat 8-9" is no span of hours', '"Sat 08:00-09:00"'),
        ("quiet: 07:00-07:00", "begins when it ends", '"00:00-24:00"'),
        ("quiet: night", '"night" is no time of day', "Mon-Fri 08:00"),
        ("quiet: Sam 00:00-24:00", '"Sam" is no day of the week', 'did you mean "Sat"?'),
        ("quiet: Mon-Firday 00:00-24:00", '"Firday" is no day of the week', 'did you mean "Fri"?'),
        ("quiet: 00:00-24:00", "this leaves no time at all", "leave some hours free"),
        ("quiet: [23:00-08:00, 07:00-23:30]", "this leaves no time at all", "leave some hours free"),
        ("digest: 8am", '"8am" is no time of day', '"08:00"'),
        ("digest: 6 pm", '"6 pm" is no time of day', '"18:00"'),
        ("digest: 24:00", '"24:00" is no time of day', '"00:00"'),
        ("digest: 8", '"8" is no time of day', '"08:00"'),
        ("digest: weekly", '"weekly" is no time of day', "Mon-Fri 08:00"),
        ("digest: Mon", '"Mon" is no time of day', "Mon-Fri 08:00"),
        ("digest: Mo 08:00", '"Mo" is no day of the week', 'did you mean "Mon"?'),
        ("digest: []", "this list is empty", "remove the key"),
        ("burst: 5", 'burst can not be "5"', "{messages: 5, within: 5m}"),
        ("burst: {messages: 0}", '"0" is no number', "write 1, 5"),
        ("burst: {within: 5}", '"5" is no duration', "5m"),
        ("burst: {mesages: 5}", 'burst has no key "mesages"', "messages"),
    ],
)
def test_mistakes(bad: Bad, text: str, message: str, hint: str) -> None:
    """Each mistake has its place, what was understood, and what to write instead."""
    (problem,) = bad(keys(text))
    assert problem.line == 3
    assert message in problem.message
    assert hint in problem.hint


def test_the_place_of_a_mistake(bad: Bad) -> None:
    """It is that of the very text in a list."""
    text = keys("digest: [08:00, 18h]")
    (problem,) = bad(text)
    assert (problem.line, problem.column) == (3, text.splitlines()[2].index("18h") + 1)
    assert '"18:00"' in problem.hint
