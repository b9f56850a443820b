"""What an attempt to read an article comes to: read, tried again, or given up. Pure."""

from datetime import datetime, timedelta

from monitor.model.article import Article, ArticleState, ArticleStatus, Wanted
from monitor.model.poll import Failure, FetchFailed, ParseFailed
from monitor.model.record import ArticleRecord
from monitor.outage import NETWORK_FAILURES
from monitor.schedule import ARTICLE_PAUSE, host_free, next_article

Came = Article | FetchFailed | ParseFailed

#: What another attempt would not mend, and what counts against nobody.
_FINAL = {Failure.ROBOTS, Failure.NOT_A_PAGE, Failure.FORBIDDEN_ADDRESS, Failure.GONE}
_MOOT = {Failure.NOT_WANTED, Failure.TOO_LATE}
#: How often a page may have to be stopped.
_MOST_KILLS = 2
#: How long a page may keep us from asking for the feeds of its host.
MOST_OF_FEEDS = timedelta(hours=1)


def is_networks(came: Came) -> bool:
    """Whether there was no answer at all."""
    return not isinstance(came, Article) and came.failure in NETWORK_FAILURES


def counts(wanted: Wanted, came: Came, *, excused: bool) -> bool:
    """Whether this says something of how the feed's articles do: each counts once when it fails."""
    if isinstance(came, Article):
        return True
    return wanted.attempts == 0 and not excused and came.failure not in _MOOT


def attempted(wanted: Wanted, came: Came, *, now: datetime, chance: float, excused: bool) -> ArticleRecord:
    """Return what is to be written, but for what becomes of the entry and the feed.

    An attempt that our own network's outage failed (`excused`) is none.
    """
    attempts = wanted.attempts if excused else wanted.attempts + 1
    if isinstance(came, Article):
        state = ArticleState.FAILED if came.beginning_only else ArticleState.READ
        reason = str(Failure.PAYWALL) if came.beginning_only else ""
        status = ArticleStatus(url=wanted.url, state=state, reason=reason, attempts=attempts)
        return ArticleRecord(wanted=wanted, at=now, status=status, article=came, routes={})
    when = now + ARTICLE_PAUSE if excused else next_article(now=now, attempts=attempts, chance=chance)
    if came.failure in _FINAL | _MOOT or (came.failure is Failure.PARSE_KILLED and attempts >= _MOST_KILLS):
        when = None
    state = ArticleState.FAILED if when is None else ArticleState.WAITING
    status = ArticleStatus(url=wanted.url, state=state, reason=came.reason, attempts=attempts, next_attempt=when)
    return ArticleRecord(
        wanted=wanted,
        at=now,
        status=status,
        routes={},
        pause=_pause(came, now=now, chance=chance),
        host_wait=_host_wait(wanted, came, now=now),
    )


def _pause(came: FetchFailed | ParseFailed, *, now: datetime, chance: float) -> datetime | None:
    """Return until when no article of the host is asked for: it gave no answer, or wants to be left alone."""
    if isinstance(came, FetchFailed) and (came.busy or came.retry_after):
        return host_free(now=now, asked=came.retry_after, chance=chance)
    return now + ARTICLE_PAUSE if is_networks(came) or came.failure is Failure.NO_ROBOTS else None


def _host_wait(wanted: Wanted, came: FetchFailed | ParseFailed, *, now: datetime) -> tuple[str, datetime] | None:
    """Return until when feeds of the host are left alone too, as it asked; a page can not keep us off them for long."""
    if not isinstance(came, FetchFailed) or came.retry_after is None:
        return None
    return wanted.host, min(came.retry_after, now + MOST_OF_FEEDS)
