"""Findings of `explain` in words, and as objects."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import shorten

from monitor.cli.show import moment
from monitor.match.diagnosis import Cause, Finding
from monitor.match.explain import TermFinding
from monitor.match.reader import Spot
from monitor.model.entry import Entry
from monitor.morphology.language import Reading
from monitor.morphology.registry import LANGUAGES
from monitor.text.boilerplate import Repeated
from monitor.text.excerpt import without_tricks
from monitor.text.fold import fold
from monitor.text.quantities import counted

#: Characters of a passage.
_WIDTH = 200


def lines(found: TermFinding) -> Iterator[str]:
    """Yield what became of a term: a line for the whole, and further ones, indented, for what stands where."""
    cause = found.finding.cause
    word = ("rules it out" if found.vetoes else "found") if cause is Cause.FOUND else "not found"
    what = f"{found.term}, which would rule it out" if found.vetoes and cause is not Cause.FOUND else found.term
    yield f"{word:<12}  {what}" + _why(found.finding)
    yield from _details(found.finding, " " * 16)


def boilerplate(entry: Entry, repeated: Repeated, *, spared: bool = False) -> str:
    """Return a passage of an entry that its site repeats, with how often it was seen, and whether it counts."""
    known = repeated.known
    said = shorten(_passage(entry, repeated), _WIDTH, placeholder=" …")
    what = "no boilerplate, as you said:" if spared else f"{'boilerplate':<12} "
    return f"{what} “{said}” in {known.entries:,} entries since {moment(known.since)}"


def boilerplate_record(entry: Entry, repeated: Repeated) -> dict[str, object]:
    """Return the same, for programs."""
    known = repeated.known
    return {"passage": _passage(entry, repeated), "entries": known.entries, "since": known.since}


def _passage(entry: Entry, repeated: Repeated) -> str:
    passage = repeated.passage
    return entry.field(passage.field)[passage.start : passage.end].strip()


def record(found: TermFinding) -> dict[str, object]:
    """Return what became of a term, for programs."""
    return {"term": found.term, "excludes": found.vetoes, **_record(found.finding)}


def named(codes: Sequence[str]) -> str:
    """Return languages by their names."""
    return ", ".join(LANGUAGES.get(code, code) for code in codes)


def _why(finding: Finding) -> str:
    """Return what is wrong, after a colon; "" when nothing is."""
    if finding.cause is Cause.FOUND:
        return ""
    more = {
        Cause.READING: "; " + " or ".join(map(_lemma, finding.instead)),
        Cause.LANGUAGE: f", {LANGUAGES.get(finding.language, finding.language)}",
        Cause.WORDS: f"; missing: {', '.join(finding.missing)}",
        Cause.APART: _between(finding),
        Cause.DISTANCE: _between(finding),
    }
    return f": {finding.cause}{more.get(finding.cause, '')}"


def _between(finding: Finding) -> str:
    if finding.between is None:
        return "; they stand in different fields"
    between = f"{counted(finding.between, 'word', 'words')} between"
    spots = sorted(finding.spots, key=lambda spot: spot.start)
    if spots == [*finding.spots]:
        return f"; {between}"
    joined = (" … " if finding.between else " ").join(_shown(spot.form) for spot in spots)
    return f"; in another order: {joined}" + (f", {between}" if finding.between else "")


def _details(finding: Finding, indent: str) -> Iterator[str]:
    alike: dict[tuple[str, str, str], list[Spot]] = {}
    for spot in finding.spots:
        alike.setdefault((spot.part, spot.form, _link(spot)), []).append(spot)
    for (_, form, link), spots in alike.items():
        fields = ", ".join(dict.fromkeys(spot.field for spot in spots))
        times = f", {len(spots)} times" if len(spots) > 1 else ""
        yield f"{indent}{_shown(form)} ({fields}{times}): {link}"
    for part in finding.parts:
        there = ": found" if part.spots or part.parts else ": it is not there, as it should be"
        yield f"{indent}{part.part}{_why(part) or there}"
        yield from _details(part, indent + "  ")


def _shown(form: str) -> str:
    return " ".join(without_tricks(form).split())


def _link(spot: Spot) -> str:
    if not spot.language:
        return spot.link
    about = ", ".join(filter(None, (spot.kind, LANGUAGES.get(spot.language, spot.language))))
    return about if fold(spot.form) == fold(spot.lemma) else f"form of {spot.lemma}, {about}"


def _lemma(reading: Reading) -> str:
    return f"{reading.lemma} ({reading.kind})" if reading.kind else reading.lemma


def _record(finding: Finding) -> dict[str, object]:
    return {
        "part": finding.part,
        "cause": finding.cause,
        "places": [asdict(spot) for spot in finding.spots],
        "missing": list(finding.missing),
        "between": finding.between,
        "instead": [{"lemma": each.lemma, "kind": each.kind} for each in finding.instead],
        "language": finding.language,
        "parts": [_record(part) for part in finding.parts],
    }
