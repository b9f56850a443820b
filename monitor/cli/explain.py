"""`explain`: why each watchlist makes of a text, or of an entry that was seen, what it does."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from monitor.cli.context import FAILED, WRONG, Json, stored
from monitor.cli.lines import Lines
from monitor.cli.show import article, err, json_line, moment, out
from monitor.cli.trial import NO_FEED, Languages, Names, Terms, codes, known_feed, trial
from monitor.model.alert import DeliveryState
from monitor.model.article import ArticleStatus
from monitor.model.entry import Entry
from monitor.model.match import Decision, Reason
from monitor.model.record import AlertRecord, StoryRecord
from monitor.text.excerpt import without_tricks
from monitor.text.quantities import counted

if TYPE_CHECKING:
    from monitor.match.explain import Explanation, TermFinding, WatchlistFinding
    from monitor.text.boilerplate import Repeated

#: Terms of a watchlist that are nearly there and shown without --all.
_MOST = 20
#: Characters of a text that are shown in place of a title.
_WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What is explained."""

    entry: Entry = field(default_factory=Entry)
    #: Name of its feed.
    feed: str = NO_FEED
    #: Number of a stored entry, and when and where it was seen.
    number: int | None = None
    seen: str = ""
    article: ArticleStatus | None = None
    #: What was decided of a stored entry, and its alerts, by watchlist.
    decided: Mapping[str, Decision] = field(default_factory=dict)
    alerts: Mapping[str, AlertRecord] = field(default_factory=dict)
    #: By watchlist, the receivers that its alerts are not urgent enough for.
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What its site says on many pages.
    repeated: "tuple[Repeated, ...]" = ()
    #: What of that is no boilerplate by the user's word.
    spared: "tuple[Repeated, ...]" = ()
    #: That it carries with others.
    story: StoryRecord | None = None
    #: What is wrong with a line of input; nothing else is known then.
    fault: str = ""


def explain(
    context: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="[ENTRY]", help="Number of an entry, as entries and alerts list it.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A text; without it and a number, standard input is read.")
    ] = None,
    feed: Annotated[str | None, typer.Option(metavar="NAME", help="The feed that the text is said to be of.")] = None,
    watchlist: Names = None,
    term: Terms = None,
    language: Languages = None,
    everything: Annotated[
        bool, typer.Option("--all", help=f"All terms that are nearly found, not {_MOST} of each watchlist.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say what each watchlist makes of a text, or of an entry that was seen, and why: term by term, word by word.

    What is nearly found is shown with what keeps it from being found. With --json, standard input holds an object a
    line, as for `match`. Try: rss-monitor explain --term "foreign agent" --text "agents of foreign powers"
    """
    from monitor.match.explain import explain as explained

    tried, said = trial(context.obj, term, watchlist), codes(language)
    lines = Lines((), as_json=as_json)
    subjects: Iterator[_Subject] | list[_Subject]
    if number is not None:
        subjects = [_stored(context, number)]
        tried = replace(tried, languages=trial(context.obj, None, None).languages)
    else:
        subjects = _given(lines, text, known_feed(tried, feed), as_json=as_json)
    for each in subjects:
        subject = replace(each, left_out=tried.left_out)
        about = tried.said_to_be(said, subject.feed)
        found = explained(
            subject.entry, about.watchlists, about.languages, feed=subject.feed, boilerplate=subject.repeated
        )
        if as_json:
            json_line(_record(subject, found))
        else:
            _print(subject, found, most=None if everything else _MOST)
    if not lines.good:
        raise typer.Exit(FAILED)


def _given(lines: Lines, text: str | None, feed: str, *, as_json: bool) -> Iterator[_Subject]:
    """Yield what the call or standard input gives."""
    if text is not None:
        yield _Subject(entry=Entry(text=text), feed=feed)
    elif as_json:
        for line in lines:
            yield _Subject(entry=line.entry, feed=feed, fault=line.fault and f"line {line.number}: {line.fault}")
    else:
        if sys.stdin.isatty():
            err.print("Type or paste a text, and end it with Ctrl-D.")
        yield _Subject(entry=Entry(text="\n".join(line.text for line in lines)), feed=feed)


def _stored(context: typer.Context, number: int) -> _Subject:
    """Return an entry that was seen; exit with 2 if there is none of this number."""
    store = stored(context)
    kept = next(store.entries(number=number), None) if store else None
    if store is None or kept is None:
        err.print(f"no entry has the number {number}; `rss-monitor entries` shows them", markup=False)
        raise typer.Exit(WRONG)
    from monitor.pipeline.boilerplate import Reading, boilerplate, remembered

    feed = kept.entry.feed
    reading = Reading(feed=feed, entry=kept.entry.entry, decisions=())
    known = remembered(store, [reading])
    said = boilerplate(reading, known)
    spared = tuple(each for each in said if each.any_of(known.spared[feed]))
    return _Subject(
        entry=kept.entry.entry,
        feed=feed,
        number=number,
        seen=f"entry {number} of {feed}, seen {moment(kept.entry.seen)}",
        article=kept.article,
        decided={each.watchlist: each for each in kept.decisions},
        alerts={made.alert.watchlist: made for made in store.alerts(entry=number)},
        story=store.story(number),
        repeated=tuple(each for each in said if each not in spared),
        spared=spared,
    )


def _print(subject: _Subject, found: "Explanation", *, most: int | None) -> None:
    from monitor.cli import why
    from monitor.text.boilerplate import around

    _say(shorten(subject.entry.title or subject.entry.text, _WIDTH, placeholder=" …"), style="bold")
    for line in filter(None, (subject.seen, _article(subject.article, subject.entry))):
        _say(line)
    _say(f"read as {why.named(found.languages)}" + (" (guessed)" if found.guessed else " (as set)"))
    for each in found.watchlists:
        _say(f"\n{_made(each, subject)}", style="bold")
        shown = _nearest(each.terms, most)
        for line in (line for term in shown for line in why.lines(term)):
            _say(f"  {line}")
        spared = around(each.decision.matches, subject.spared)
        for repeated in (*each.boilerplate, *spared):
            _say(f"  {why.boilerplate(subject.entry, repeated, spared=repeated in spared)}")
        if left := len(each.terms) - len(shown):
            _say(f"  {left} further terms are nearly found: --all shows them")
        if each.further:
            _say(f"  {counted(each.further, 'further term', 'further terms')}: no word of them is in this entry")
    looked_at = {each.watchlist for each in found.watchlists}
    for decision in (each for each in subject.decided.values() if each.watchlist not in looked_at):
        _say(f"\n{decision.watchlist}: not looked at now; then: {_then(decision, subject)}", style="bold")


def _article(status: ArticleStatus | None, entry: Entry) -> str:
    """Return what became of its article; "" if that was never to be read."""
    if status is None:
        return ""
    what = [f"article: {status.state}"]
    what += [f"{len(entry.article):,} characters"] if entry.article else []
    what += [status.reason] if status.reason else []
    what += [f"tried {counted(status.attempts, 'time', 'times')}"] if status.attempts > 1 else []
    what += [f"next attempt {moment(status.next_attempt)}"] if status.next_attempt else []
    return ", ".join(what)


def _nearest(terms: "Sequence[TermFinding]", most: int | None) -> "list[TermFinding]":
    """Return the terms that are found and the nearest of the others."""
    from monitor.match.diagnosis import Cause

    found = [term for term in terms if term.finding.cause is Cause.FOUND]
    return found + [term for term in terms if term.finding.cause is not Cause.FOUND][:most]


def _made(found: "WatchlistFinding", subject: _Subject) -> str:
    """Return what a watchlist makes of it, and what it made of it when it was seen."""
    made = str(found.decision.reason)
    if not found.covers:
        made = f"does not cover the feed {subject.feed}; of its other feeds this would be: {made}"
    if found.covers and found.decision.reason.sends and (left_out := subject.left_out.get(found.watchlist)):
        made += f", not urgent enough for {', '.join(left_out)}"
    then = subject.decided.get(found.watchlist)
    if then is None:
        made += "; then it was not looked at" if subject.number is not None and found.covers else ""
    else:
        made += f"; then: {_then(then, subject)}"
    return f"{found.watchlist or 'terms'}: {made}"


def _then(decision: Decision, subject: _Subject) -> str:
    made = subject.alerts.get(decision.watchlist)
    alert = f", alert {made.alert.number}" + (", silenced" if _silenced(made) else "") if made else ""
    if made and (gone := made.alert.vanished):
        alert += f", {gone.what} {moment(gone.at)}"
    terms = f" ({', '.join(decision.terms)})" if decision.terms else ""
    return f"{decision.reason}{terms}{alert}{_told(decision, subject)}"


def _told(decision: Decision, subject: _Subject) -> str:
    """Say of which story it is, with which alerts, where it made none of its own."""
    if decision.reason is not Reason.SAME_STORY or subject.story is None:
        return ""
    alerts = ", ".join(map(str, subject.story.alerts))
    return f", story {subject.story.story.number} (its alerts: {alerts})"


def _silenced(made: AlertRecord) -> bool:
    """Whether a silence keeps an alert from all that would be told."""
    return bool(made.deliveries) and all(each.state is DeliveryState.SILENCED for each in made.deliveries)


def _record(subject: _Subject, found: "Explanation") -> dict[str, object]:
    if subject.fault:
        return {"error": subject.fault}
    from monitor.cli import why
    from monitor.text.boilerplate import around

    return {
        "entry": subject.number,
        "article": article(subject.article),
        "languages": list(found.languages),
        "guessed": found.guessed,
        "watchlists": [
            {
                "watchlist": each.watchlist,
                "covers": each.covers,
                "reason": each.decision.reason,
                "left_out": list(subject.left_out.get(each.watchlist, ())),
                "boilerplate": [why.boilerplate_record(subject.entry, repeated) for repeated in each.boilerplate],
                "spared": [
                    why.boilerplate_record(subject.entry, repeated)
                    for repeated in around(each.decision.matches, subject.spared)
                ],
                "terms": [why.record(term) for term in each.terms],
                "further": each.further,
            }
            for each in found.watchlists
        ],
        "then": [
            {
                "watchlist": each.watchlist,
                "reason": each.reason,
                "terms": list(each.terms),
                "alert": made and made.alert.number,
                "silenced": bool(made and _silenced(made)),
                "story": subject.story and subject.story.story.number,
            }
            for each in subject.decided.values()
            for made in [subject.alerts.get(each.watchlist)]
        ],
    }


def _say(line: str, style: str = "") -> None:
    out.print(Text(without_tricks(line), style=style))
