"""Whether a publisher could object to how it was asked: what the replay server counts, and what its log shows.

Its /score knows requests, not what they were for. Where it counts what good manners ask for, the log decides:

- the request that a redirect leads to is no poll of its own (min_gap_virtual_s, inside_max_age);
- the validators of a document that could not be read are not kept (R2), so the next request has none
  (unconditional_after_first), and the same version is sent again (same_version_sent_again); where a server ignores
  validators, or makes new ones for the same bytes, it sends it again by itself;
- an error says nothing of how long the feed stays fresh, and what a page that is no feed says is not believed
  (inside_max_age); once a document could be read, what it says holds for errors, too;
- a permanent redirect is stored once it has proved stable for a day (R12), and not before (old_address_after_301).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from bench.day.faults import INTACT
from bench.day.travel import Request

#: Counters of /score to which there is nothing to say but zero.
PLAIN = (
    *("bogus_if_none_match", "bogus_if_modified_since", "no_user_agent", "no_gzip", "with_cookie", "with_referer"),
    *("with_query", "during_retry_after", "after_410"),
)
#: Those that need the log.
READ = ("unconditional_after_first", "same_version_sent_again", "inside_max_age", "old_address_after_301")
#: A permanent redirect is to be stored after a day, and a poll.
PROVED = timedelta(hours=25)
#: Seconds between the starts of two requests to a host (R7), less what a busy machine may take to note one.
HOST_PAUSE = 4.0
REDIRECTS = frozenset({301, 302, 307, 308})


@dataclass(frozen=True)
class Objection:
    """What a publisher could say."""

    feed: str
    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.feed}: {self.what}"


@dataclass(frozen=True)
class Manners:
    """How feeds were asked."""

    #: What /score counts, over all feeds.
    score: Counter[str]
    objections: list[Objection]


def judge(
    log: Sequence[Request],
    score: Mapping[str, Request],
    *,
    every: Mapping[str, timedelta],
    hosts: Mapping[str, str],
    max_age: timedelta,
) -> Manners:
    """Judge by the server's log and its score; `every` and `hosts` are by feed."""
    counts = Counter({rule: sum(each[rule] for each in score.values()) for rule in (*PLAIN, *READ)})
    found = [Objection(feed, rule, f"{of[rule]} times") for feed, of in score.items() for rule in PLAIN if of[rule]]
    found += [Objection(feed, "no_user_agent", str(agent)) for feed, agent in _agents(log) if not _says_who(agent)]
    by_feed: dict[str, list[Request]] = defaultdict(list)
    for each in sorted(log, key=lambda each: each["request"]):
        by_feed[each["feed"]].append(each)
    for feed, requests in by_feed.items():
        polls = list(_polls(requests))
        for rule, what in (*_gaps(polls, every[feed], max_age), *_unconditional(polls), *_old_address(requests)):
            found.append(Objection(feed, rule, what))
    found += _crowds(log, hosts)
    return Manners(counts, found)


def _agents(log: Sequence[Request]) -> set[tuple[str, str | None]]:
    return {(each["feed"], each["ua"]) for each in log}


def _says_who(agent: str | None) -> bool:
    """Whether a User-Agent names the program, its version, and a page."""
    return agent is not None and agent.startswith("rss-monitor/") and "http" in agent


def _polls(requests: Sequence[Request]) -> Iterator[Request]:
    """Leave out what redirects led to."""
    before = None
    for each in requests:
        if not (each["path"].startswith("/moved/") and before in REDIRECTS):
            yield each
        before = each["status"]


def _gaps(polls: Sequence[Request], every: timedelta, max_age: timedelta) -> Iterator[tuple[str, str]]:
    read = False
    for before, after in pairwise(polls):
        read = read or _was_read(before)
        gap = after["vt"] - before["vt"]
        what = f"{gap:g} s after an answer of {before['status']}, at {after['virtual_time']}"
        if gap < every.total_seconds():
            yield "min_gap_virtual_s", what
        elif read and gap < max_age.total_seconds():
            yield "inside_max_age", what


def _unconditional(polls: Sequence[Request]) -> Iterator[tuple[str, str]]:
    read = False
    for each in polls:
        if read and not (each["inm"] or each["ims"]):
            yield "unconditional_after_first", f"at {each['virtual_time']}"
        read = read or _was_read(each)


def _was_read(request: Request) -> bool:
    return request["status"] == 200 and kind(request) in INTACT


def _old_address(requests: Sequence[Request]) -> Iterator[tuple[str, str]]:
    first = next((each["vt"] for each in requests if each["status"] in {301, 308}), None)
    late = [
        each
        for each in requests
        if first is not None and each["vt"] - first > PROVED.total_seconds() and each["status"] in {301, 308}
    ]
    if late:
        yield "old_address_after_301", f"{len(late)} times, more than a day later"


def _crowds(log: Sequence[Request], hosts: Mapping[str, str]) -> Iterator[Objection]:
    """Find requests to a host that were too near; real time passes for the pause, too."""
    starts: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for each in log:
        starts[hosts[each["feed"]]].append((each["vt"], each["rt"], each["feed"]))
    for host, times in starts.items():
        for before, after in pairwise(sorted(times)):
            gap = after[0] - before[0] + after[1] - before[1]
            if gap < HOST_PAUSE:
                yield Objection(after[2], "host pause", f"{gap:.3f} s after another request to {host}")


def kind(request: Request) -> str | None:
    """Return the kind of fault that a request met; None if it met none."""
    fault = request["fault"]
    return fault.partition(":")[0] if fault else None
