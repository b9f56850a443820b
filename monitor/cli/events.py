"""What happened in a pass, in a line for people and as an object for programs."""

from monitor.cli.show import article, moment
from monitor.model.article import ArticleState
from monitor.model.feed import FeedHealth
from monitor.once import Event, Owed, Skipped, Unread
from monitor.pipeline import ArticleReport, Attempt, PollReport
from monitor.text.quantities import counted

_ARTICLE = {ArticleState.READ: "read", ArticleState.WAITING: "not read", ArticleState.FAILED: "given up"}

Told = tuple[dict[str, object], str]


def told(event: Event) -> Told:
    """Return the object and the line for one event of a pass."""
    match event:
        case PollReport():
            return _poll(event)
        case Attempt():
            return _attempt(event)
        case Skipped():
            reason = f"Retry-After until {event.until.isoformat()}"
            until = f"its server wants to be left alone until {moment(event.until)} (Retry-After)"
            return {"feed": event.feed, "state": "skipped", "reason": reason}, f"{event.feed}: skipped, {until}"
        case ArticleReport():
            return _article(event)
        case Unread():
            left = counted(event.articles, "article waits to be read", "articles wait to be read")
            return {"articles_waiting": event.articles}, left
        case Owed():
            line = f"{event.receiver}: {event.deliveries} still to be delivered"
            line += f", {event.held} of them held: see rss-monitor deliveries" if event.held else ""
            return {"receiver": event.receiver, "owed": event.deliveries, "held": event.held}, line


def _poll(report: PollReport) -> Told:
    state = report.state
    record: dict[str, object] = {"feed": report.feed, "state": state.health, "reason": state.reason}
    record |= {"new": report.new, "alerts": list(report.alerts)}
    if state.health is not FeedHealth.WELL:
        return record, f"{report.feed}: {state.reason}"
    what = f"{report.new} new, {counted(len(report.alerts), 'alert', 'alerts')}" if report.modified else "unchanged"
    return record, f"{report.feed}: {what}"


def _article(report: ArticleReport) -> Told:
    wanted, status = report.wanted, report.status
    record: dict[str, object] = {"feed": wanted.feed, "entry": wanted.entry, "article": article(status)}
    what = counted(len(report.alerts), "alert", "alerts") if status.state is ArticleState.READ else status.reason
    again = f"; again {moment(status.next_attempt)}" if status.next_attempt else ""
    line = f"{wanted.feed}: article of entry {wanted.entry} {_ARTICLE[status.state]}, {what}{again}"
    return record | {"alerts": list(report.alerts)}, line


def _attempt(attempt: Attempt) -> Told:
    delivery, reason = attempt.delivery, attempt.outcome.reason
    record: dict[str, object] = {"delivery": delivery.number, "alert": delivery.alert, "receiver": delivery.receiver}
    what = f"alert {delivery.alert}" if delivery.alert is not None else "notice"
    line = f"{delivery.receiver}: {what} {delivery.state}" + (f": {reason}" if reason else "")
    return record | {"state": delivery.state, "reason": reason}, line
