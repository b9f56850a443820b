"""`silence`: what is not to be told for a while."""

import re
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Annotated

import typer

from monitor import clock
from monitor.cli.context import FAILED, Json, configuration, opened, refuse_unknown, stored
from monitor.cli.show import answer, listing, moment
from monitor.model.calm import Silence, SilenceRecord
from monitor.model.configuration import Configuration
from monitor.text.quantities import counted

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_SPAN = re.compile("".join(rf"(?:(?P<{word}>\d{{1,4}}){unit})?" for unit, word in _UNITS.items()))

silences = typer.Typer(no_args_is_help=True, help="Keep back alerts for a while: they are stored, and not sent.")


def _span(text: str) -> timedelta:
    """Read how long a silence lasts."""
    found = _SPAN.fullmatch(text)
    span = timedelta(**{word: int(number) for word, number in found.groupdict("0").items()}) if found else timedelta(0)
    if not span:
        raise typer.BadParameter(f"{text!r} is no span of time; write 30m, 2h, 1h30m, 3d or 1w")
    return span


def _moment(text: str) -> datetime:
    """Read a time in this machine's zone: a date, a date with a time, or a time within the next 24 hours."""
    try:
        if re.fullmatch(r"\d\d:\d\d", text):
            here = clock.now().astimezone()
            until = datetime.combine(here.date(), time.fromisoformat(text)).astimezone()
            return until if until > here else (until.replace(tzinfo=None) + timedelta(days=1)).astimezone()
        return datetime.fromisoformat(text).astimezone()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write 2026-06-03T17:05, 2026-06-03 or 17:05") from None


@silences.command()
def add(
    context: typer.Context,
    watchlist: Annotated[str | None, typer.Option(metavar="NAME", help="Alerts of this watchlist.")] = None,
    feed: Annotated[str | None, typer.Option(metavar="NAME", help="Alerts from this feed.")] = None,
    term: Annotated[str | None, typer.Option(metavar="TERM", help="Alerts that only this term makes.")] = None,
    span: Annotated[
        timedelta | None, typer.Option("--for", parser=_span, metavar="SPAN", help="How long: 30m, 2h, 3d, 1w.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(parser=_moment, metavar="TIME", help="Until when: 17:05, 2026-06-03T17:05.")
    ] = None,
    why: Annotated[str, typer.Option(metavar="TEXT", help="What for; shown in the list.")] = "",
    as_json: Json = False,
) -> None:
    """Keep back alerts to which all that is given applies, from now on, also those that wait to be sent meanwhile.

    They are stored, listed as silenced, and not sent afterwards. A running service takes it at once.
    """
    now = clock.now()
    ends = until if until is not None else now + span if span is not None else None
    if ends is None or (span is not None and until is not None):
        raise typer.BadParameter("say how long: either --for 2h, or --until 17:05")
    if ends <= now:
        raise typer.BadParameter(f"{moment(ends)} is over already", param_hint="--until")
    if not (watchlist or feed or term):
        raise typer.BadParameter("say what is to be silent: --watchlist, --feed or --term, or several of them")
    _check_names(configuration(context.obj), watchlist, feed, term)
    silence = Silence(watchlist=watchlist, feed=feed, term=term, why=why, begins=now, ends=ends)
    kept = opened(context).silence(silence)
    held = f"; it keeps back {_alerts(kept)} that waited" if kept.alerts else ""
    words = f"silence {kept.number}: {_about(kept)} until {moment(ends)}{held}."
    answer(_record(kept), words, as_json=as_json)


@silences.command("list")
def list_silences(context: typer.Context, as_json: Json = False) -> None:
    """List the silences, ended ones too, with how many alerts each kept back; oldest first."""
    store = stored(context)
    records = store.silences() if store else ()
    columns = "silence, state, what, until, alerts, why"
    listing(records, _record, columns, _row, as_json=as_json, empty="There is no silence.")


@silences.command()
def end(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="SILENCE", help="Its number.")],
    as_json: Json = False,
) -> None:
    """End a silence now. What it kept back is not sent."""
    ended, kept = False, None
    if stored(context):
        store = opened(context)
        ended = store.end_silence(number, now=clock.now())
        kept = next((each for each in store.silences() if each.number == number), None)
    if kept is None:
        raise typer.BadParameter(f"there is no silence {number}; `rss-monitor silence list` shows them")
    said = "ended" if ended else f"had ended at {moment(kept.silence.ends)}"
    answer(_record(kept), f"silence {number}: {said}; it kept back {_alerts(kept)}.", as_json=as_json)
    if not ended:
        raise typer.Exit(FAILED)


def _check_names(found: Configuration, watchlist: str | None, feed: str | None, term: str | None) -> None:
    """Refuse names that the configuration does not have: nothing would be silent."""
    lists = {each.name: each for each in found.watchlists}
    refuse_unknown("watchlist is called", watchlist, lists, "--watchlist")
    refuse_unknown("feed is called", feed, [each.name for each in found.feeds], "--feed")
    about = [lists[watchlist]] if watchlist else lists.values()
    terms = [each for one in about for each in one.any]
    refuse_unknown(f"term of {watchlist or 'a watchlist'} is", term, terms, "--term")


def _alerts(kept: SilenceRecord) -> str:
    return counted(kept.alerts, "alert", "alerts")


def _about(kept: SilenceRecord) -> str:
    silence = kept.silence
    named = (("watchlist", silence.watchlist), ("feed", silence.feed), ("term", silence.term))
    return ", ".join(f"{kind} {name}" for kind, name in named if name is not None)


def _state(kept: SilenceRecord) -> str:
    return "active" if kept.silence.ends > clock.now() else "ended"


def _row(kept: SilenceRecord) -> tuple[object, ...]:
    return kept.number, _state(kept), _about(kept), moment(kept.silence.ends), kept.alerts, kept.silence.why


def _record(kept: SilenceRecord) -> dict[str, object]:
    return {"id": kept.number, "state": _state(kept), **asdict(kept.silence), "alerts": kept.alerts}
