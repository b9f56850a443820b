"""Whether it is our own network that is out, and not the feeds (R10). Pure: deciding only."""

from collections.abc import Iterable, Iterator, Reversible
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from monitor.model.feed import FeedState
from monitor.model.poll import Failure

#: How far back polls say something of the network as it is now.
WINDOW = timedelta(minutes=15)
#: Hosts without which nothing can be said, and the part of all hosts whose newest polls are looked at.
LEAST_HOSTS, SAMPLE = 5, 4
#: The part of hosts that fail when an outage begins, and when it ends.
BEGINS, ENDS = 0.8, 0.5

#: Failures without any answer.
NETWORK_FAILURES = frozenset(
    {Failure.UNREACHABLE, Failure.PROXY, Failure.NAME, Failure.TLS, Failure.TIMED_OUT, Failure.CUT_OFF}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the last poll of a feed went."""

    host: str
    at: datetime
    #: Whether there was no answer at all.
    failed: bool
    #: What was known of the feed before.
    state: FeedState

    @property
    def tells(self) -> bool:
        """Whether it says something of the network: a failure does if the feed ever worked and is not known broken."""
        return not self.failed or (self.state.last_success is not None and not _broken(self.state))


def is_out(asked: Reversible[Asked], *, hosts: int, out: bool, now: datetime) -> bool:
    """Return whether the network is out, going by the last poll of each host; `asked` begins with the oldest.

    `hosts` is how many are configured, `out` what was decided last. Looked at are the newest polls: a quarter of the
    hosts, so that an outage is noticed early among many. Where nothing works at all, feeds that never did count too.
    """
    works = any(not each.failed for each in _latest(asked, now))
    telling = (each for each in _latest(asked, now) if each.tells or not works)
    sample = list(islice(telling, max(LEAST_HOSTS, hosts // SAMPLE)))
    if len(sample) < (min(LEAST_HOSTS, hosts) if out else LEAST_HOSTS):
        return out
    failed = sum(each.failed for each in sample) / len(sample)
    return failed > ENDS if out else failed >= BEGINS


def _latest(asked: Reversible[Asked], now: datetime) -> Iterator[Asked]:
    """Yield the last poll of each host, the newest first."""
    hosts: set[str] = set()
    for each in reversed(asked):
        if now - each.at > WINDOW:
            return
        if each.host not in hosts:
            hosts.add(each.host)
            yield each


def excusable(asked: Iterable[Asked], *, now: datetime) -> tuple[FeedState, ...]:
    """Return the states from before polls that an outage failed until it was noticed."""
    return tuple(each.state for each in asked if each.failed and now - each.at <= WINDOW and not _broken(each.state))


def _broken(state: FeedState) -> bool:
    return state.trouble is not None and state.trouble.fails
