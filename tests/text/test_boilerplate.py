"""What a site repeats is told from what its entries say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.entry import Entry
from monitor.text.boilerplate import (
    FEED_FIELDS,
    PROVEN,
    Ledger,
    host,
    page,
    repeated,
    text_without_boilerplate,
    without_boilerplate,
)
from monitor.text.boilerplate.ledger import FORGOTTEN, MOST_LEARNT, WINDOW
from monitor.text.boilerplate.packed import pack, unpack
from tests.text.boilerplates import BANNER, NOW, REPORTS, entry, learnt, taught


def own(of: Entry, ledger: Ledger) -> str:
    """What an entry says itself."""
    return text_without_boilerplate(of, repeated(page(of, FEED_FIELDS), ledger))


def test_a_banner_on_every_page_is_learnt() -> None:
    """What different reports all carry is the site's; their own texts are not."""
    ledger = taught(*(entry(number, BANNER) for number in range(8)))
    of = entry(9, BANNER)
    assert REPORTS[9][1] == own(of, ledger)


def test_a_new_banner_on_a_known_site_is_learnt_at_its_fourth_page() -> None:
    """Where enough other pages are known, a few are enough to tell."""
    ledger = taught(*map(entry, range(10)))
    for number in (10, 11, 12):
        ledger = taught(entry(number, BANNER), ledger=ledger)
        assert not learnt(ledger)
    assert learnt(taught(entry(13, BANNER), ledger=ledger))


def test_changing_dates_numbers_titles_and_authors_do_not_matter() -> None:
    """A line into which a site writes the date, the title or the author of each page is one and the same line."""

    def by(author: str, of: Entry, day: str) -> Entry:
        line = f"The post {of.title} appeared first on Courier, {day}, by {author}"
        return replace(of, author=author, summary=f"{of.summary}\n{line}")

    authors = ("Anna Berg", "Carl Dahl", "Eva Falk")
    ledger = taught(*(by(authors[number % 3], entry(number), f"{number} May 2024") for number in range(9)))
    fair = by("Gustav Holm", Entry(title="Wool fair moved to June", summary="Shearers protest."), "30 October 2031")
    assert [line.strip() for line in own(fair, ledger).splitlines()] == ["Shearers protest.", fair.title, fair.author]


def test_near_copies_are_one_passage() -> None:
    """A word that is changed here and there makes no other banner; the changed words stay the entry's own."""
    ledger = taught(*(entry(number, BANNER) for number in range(8)))
    of = entry(9, BANNER.replace("unfairly", "wrongly"))
    assert "wrongly" in own(of, ledger)
    assert "foreign agent" not in own(of, ledger)


def test_a_disclaimer_with_another_name_in_each_copy() -> None:
    """A text that the law makes papers print, about whomever the report quotes, is one passage; the names are read."""
    line = (
        "НАСТОЯЩИЙ МАТЕРИАЛ (ИНФОРМАЦИЯ) ПРОИЗВЕДЕН, РАСПРОСТРАНЕН И (ИЛИ) НАПРАВЛЕН ИНОСТРАННЫМ АГЕНТОМ {0} "
        "ЛИБО КАСАЕТСЯ ДЕЯТЕЛЬНОСТИ ИНОСТРАННОГО АГЕНТА {0}. 18+"
    )
    names = ("ИЛЬЁЙ ВЕТРОВЫМ", "МАРИЕЙ КОТОВОЙ", "ООО «КУРЬЕР»", "ФОНДОМ «НОВОЕ ВРЕМЯ»", "ОЛЬГОЙ ЛЬВОВНОЙ БЕЛОВОЙ")
    ledger = taught(*(entry(number, line.format(names[number % 2])) for number in range(20)))
    left = own(entry(40, line.format(names[4])), ledger)
    assert (left.count("ИНОСТРАНН"), left.count(names[4])) == (0, 2)


def test_what_a_report_says_beside_the_banner_is_its_own() -> None:
    """Words of the banner that a report says too, before it and in one paragraph with it, are the report's."""
    ledger = taught(*(entry(number, BANNER) for number in range(8)))
    says = "The Courier was unfairly listed as a foreign agent by the government, a court found."
    report = Entry(title="Court sides with paper", link="l", summary=f"{says} {BANNER} Shearers protest.")
    left = own(report, ledger)
    assert left.count("foreign agent") == 1
    assert "listed as a foreign agent by the government, a court found" in left


def test_sentences_of_a_summary_are_passages() -> None:
    """What is added to the end of a summary's only paragraph is told from the rest of it."""
    pages = [
        replace(entry(number), summary=f"{REPORTS[number][1]} Read all of it in the Courier.") for number in range(8)
    ]
    of = Entry(title="Wool fair moved", summary="Shearers protest. Read all of it in the Courier.")
    assert own(of, taught(*pages)).strip() == "Shearers protest."


def test_a_quotation_in_two_reports_is_not_boilerplate() -> None:
    """Nor in four of them, while the site goes on with other things."""
    quoted = '"Every foreign agent will be named," the minister said on television.'
    pages = [entry(number, quoted) if number % 4 == 0 else entry(number) for number in range(16)]
    assert not learnt(taught(*pages))


@pytest.mark.parametrize("between", [0, 1])
def test_the_background_of_a_running_story_is_not_boilerplate(between: int) -> None:
    """A paragraph that every report of one story repeats is of that story, however many there are in a row."""
    background = "The pilot Ivanova was listed as a foreign agent after she had landed on the palace lawn."
    story = [
        Entry(
            title=f"Pilot Ivanova {what}",
            link=f"https://courier.example/ivanova/{what}",
            summary=f"{more}\n{background}",
        )
        for what, more in (
            ("questioned for hours", "Her lawyer waited outside."),
            ("moved to the capital", "A train with barred windows left at night."),
            ("refuses to eat", "Doctors were not let in."),
            ("writes to her mother", "The letter is two lines long."),
            ("put on trial", "The hearing lasted for nine minutes."),
            ("sentenced to a year", "Nobody in the hall stood up."),
        )
    ]
    others = [entry(number) for number in range(10, 10 + between * len(story))]
    mixed = [each for pair in zip(story, others, strict=True) for each in pair] if between else story
    assert not learnt(taught(*map(entry, range(10)), *mixed))


def test_a_weekly_sentence_is_not_boilerplate() -> None:
    """A sentence that is part of few texts of a feed on one matter goes on alerting."""
    weekly = "The list of foreign agents is updated every Friday."
    pages = [entry(number, weekly) if number % 5 == 0 else entry(number) for number in range(60)]
    assert not learnt(taught(*pages))


def test_copies_and_edits_count_once() -> None:
    """One entry seen again, under another title or address, or with an edit, is not another entry."""
    once = entry(0, BANNER, "Third paragraph of the report.", "Fourth paragraph of the report.")
    retitled = replace(once, title="Ferry to the islands stopped: ice", link="https://courier.example/again")
    moved = replace(once, link="https://courier.example/moved")
    edited = replace(once, title="Ferry to the islands still stopped", summary=f"{once.summary}\nMore follows.")
    ledger = taught(*map(entry, range(1, 10)), once, retitled, moved, edited, retitled, moved, edited)
    assert not learnt(ledger)


def test_a_banner_that_was_taken_down_is_forgotten() -> None:
    """After weeks without it, what it said counts as any other text."""
    ledger = taught(*(entry(number, BANNER) for number in range(8)))
    later = NOW + FORGOTTEN + timedelta(days=1)
    for number in range(WINDOW + 1):
        ledger.learn(page(entry(number + 100), FEED_FIELDS), later)
    assert not learnt(ledger)


def test_few_pages_prove_nothing() -> None:
    """Until ten different entries were seen it is open what the site repeats."""
    assert not taught(*map(entry, range(PROVEN - 1))).proven
    assert taught(*map(entry, range(PROVEN))).proven


def test_a_hostile_feed_fills_neither_disk_nor_time() -> None:
    """However many passages entries have, and however alike: a ledger stays small."""
    ledger = Ledger()
    for number in range(3 * WINDOW):
        lines = "\n".join(f"same same same{word}" for word in range(number, number + 2000))
        ledger.learn(page(Entry(title=f"t{number}", link=f"l{number}", text=lines), FEED_FIELDS), NOW)
    assert len(ledger.seen) == WINDOW
    assert len(learnt(ledger)) <= MOST_LEARNT
    assert len(pack(ledger)) < 1 << 20


TEXTS = st.lists(st.sampled_from([BANNER, "Short line.", "Read more", "a", "…", "42"]) | st.text(), max_size=5).map(
    "\n".join
)
ENTRIES = st.builds(
    Entry, title=st.text(max_size=20), link=st.text(max_size=5), summary=TEXTS, text=TEXTS, article=TEXTS
)


@given(st.lists(ENTRIES, max_size=20), ENTRIES)
def test_blanking_moves_nothing(before: list[Entry], of: Entry) -> None:
    """What is left of a text stands where it stood, so that matches in it are matches in the text."""
    for fields in (FEED_FIELDS,):
        left = without_boilerplate(of, repeated(page(of, fields), taught(*before)))
        for field in fields:
            text = of.field(field)
            assert len(text) == len(left.field(field))
            assert all(mine in {theirs, "\n"} for mine, theirs in zip(left.field(field), text, strict=True))


@given(st.lists(ENTRIES, max_size=20))
def test_a_ledger_survives_being_kept(entries: list[Entry]) -> None:
    """A ledger that was packed goes on as if it had not been."""
    ledger = taught(*entries)
    kept = unpack(pack(ledger))
    assert pack(kept) == pack(ledger)
    assert pack(taught(*entries, ledger=kept)) == pack(taught(*entries, ledger=ledger))


def test_a_ledger_of_another_version_begins_anew() -> None:
    """What was kept by a version with other fingerprints is learnt again."""
    assert unpack(b"\x00rubbish").seen == []
    assert unpack(None).seen == []


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("https://www.times.example/a", "times.example"),
        ("https://times.example:443/a", "times.example"),
        ("http://times.example:8080/a", "times.example:8080"),
        ("https://times.example:x/a", ""),
        ("https://[times/a", ""),
        ("", ""),
    ],
)
def test_whose_page_it_is(link: str, site: str) -> None:
    """A site is told by its host, and by a port of its own."""
    assert site == host(Entry(link=link))
