"""What an alert shows of an entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.entry import Entry, Field
from monitor.model.match import Match
from monitor.text.excerpt import Excerpt, as_terminal, excerpts, without_tricks
from monitor.text.words import spans, tokens


def match(entry: Entry, field: Field, form: str, *, after: int = 0) -> Match:
    start = entry.field(field).index(form, after)
    return Match(watchlist="w", term=form, field=field, start=start, end=start + len(form), form=form)


def marked(entry: Entry, *matches: Match, width: int = 240) -> list[str]:
    """Excerpts with [brackets] around the marks."""
    shown = excerpts(entry, matches, width=width)
    return ["".join(f"[{text}]" if is_marked else text for text, is_marked in excerpt.pieces) for excerpt in shown]


def test_the_sentence_around() -> None:
    """An excerpt is the sentence around the match, on one line, and stops where sentences stop."""
    entry = Entry(text="They stood silent. Relatives  of mobilized\nsoldiers protested. Nobody answered.\nMore")
    assert marked(entry, match(entry, Field.TEXT, "mobilized\nsoldiers")) == [
        "Relatives of [mobilized soldiers] protested."
    ]
    assert marked(entry, match(entry, Field.TEXT, "Nobody")) == ["[Nobody] answered."]


def test_a_long_sentence_is_cut() -> None:
    """A sentence that is too long is cut at word boundaries, with an ellipsis on each side."""
    entry = Entry(text="long " * 40 + "foreign agent " + "words " * 40)
    (excerpt,) = marked(entry, match(entry, Field.TEXT, "foreign agent"), width=60)
    assert excerpt.startswith("…long long")
    assert "long [foreign agent] words" in excerpt
    assert excerpt.endswith("words words…")
    assert len(excerpt) <= 64


def test_a_text_without_spaces_is_cut() -> None:
    """A text that has no spaces is cut all the same."""
    entry = Entry(text="国" * 300 + "习近平" + "国" * 300)
    (excerpt,) = marked(entry, match(entry, Field.TEXT, "习近平"), width=21)
    assert excerpt == "…" + "国" * 9 + "[习近平]" + "国" * 9 + "…"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://paper.example/" + "x" * 50 + "/", "/" + "y" * 70),
        ("👩\u200d🚀" * 50, "👩\u200d🚀" * 50),
        ("🇺🇦" * 50, "ที่" * 50),
    ],
)
def test_a_cut_breaks_nothing(before: str, after: str) -> None:
    """Neither a long word nor a letter or emoji of several characters is cut in two."""
    entry = Entry(text=f"{before}war{after}")
    for width in range(20, 40):
        (excerpt,) = marked(entry, match(entry, Field.TEXT, "war"), width=width)
        left, right = excerpt.strip("…").split("[war]")
        piece = tokens(before)[-1]
        assert left in {"", piece * (len(left) // len(piece))}
        assert right in {"", tokens(after)[0] * (len(right) // len(tokens(after)[0]))}


def test_a_space_before_a_match_is_no_end() -> None:
    """Where words need no spaces, a space near the match does not cost it what stands before."""
    entry = Entry(text="国" * 300 + " 习近平 " + "国" * 300)
    (excerpt,) = marked(entry, match(entry, Field.TEXT, "习近平"), width=21)
    assert excerpt == "…" + "国" * 8 + " [习近平] " + "国" * 8 + "…"


def test_initials_and_abbreviations() -> None:
    """The sentence around a match is whole, whatever full stops it has inside."""
    sentence = "В г. Киеве акад. А. С. Петров осудил войну, т. е. сказал: «Хватит!»"
    entry = Entry(text=f"Было тихо. {sentence} Потом он ушёл.")
    assert marked(entry, match(entry, Field.TEXT, "войну")) == [sentence.replace("войну", "[войну]")]


def test_near_matches_share_an_excerpt() -> None:
    """Matches in one sentence, or in sentences that fit together, are shown in one excerpt, overlaps as one mark."""
    entry = Entry(summary="The foreign agent law passed! Putin signed.")
    forms = ("foreign agent", "agent law", "Putin")
    assert marked(entry, *(match(entry, Field.SUMMARY, form) for form in forms)) == [
        "The [foreign agent law] passed! [Putin] signed."
    ]


def test_matches_far_apart_in_one_sentence() -> None:
    """Two cuts of one long sentence do not say the same words twice."""
    entry = Entry(text="war " + " ".join(f"w{number}" for number in range(30)) + " peace")
    first, second = marked(entry, match(entry, Field.TEXT, "war"), match(entry, Field.TEXT, "peace"), width=80)
    assert first.startswith("[war] w0 ")
    assert second.endswith(" w29 [peace]")
    assert not set(first.strip("…").split()) & set(second.strip("…").split())


def test_the_title_only_alone() -> None:
    """The title is excerpted only when nothing else matched: the alert shows it anyway."""
    entry = Entry(title="War ends", summary="The war has ended.")
    title, summary = match(entry, Field.TITLE, "War"), match(entry, Field.SUMMARY, "war")
    assert marked(entry, title) == ["[War] ends"]
    assert marked(entry, title, summary) == ["The [war] has ended."]


def test_said_once() -> None:
    """A sentence that the text repeats from the summary is shown once."""
    entry = Entry(
        summary="The war has ended, they say.", text="Kyiv - The war has ended, they say.\n\nWar ruins all things."
    )
    found = [
        match(entry, Field.SUMMARY, "war"),
        match(entry, Field.TEXT, "war"),
        match(entry, Field.TEXT, "War"),
    ]
    assert marked(entry, *found, width=40) == ["The [war] has ended, they say.", "[War] ruins all things."]


def test_all_terms_are_shown() -> None:
    """With more places than excerpts, those are shown that together hold most terms."""
    entry = Entry(
        text=" ".join(f"Number{number} alpha things happened here again." for number in range(9)) + " Later beta came."
    )
    found = [match(entry, Field.TEXT, "alpha", after=at) for at in range(0, 9 * 42, 42)]
    shown = marked(entry, *found, match(entry, Field.TEXT, "beta"), width=50)
    assert len(shown) == 2
    assert shown[0] == "Number0 [alpha] things happened here again."
    assert shown[1] == "Later [beta] came."


def test_nothing_matched() -> None:
    """Without matches there are no excerpts."""
    assert excerpts(Entry(title="war"), []) == ()


EXCERPT = Excerpt(text="*<b>* the war & [red]peace", marks=((10, 13), (21, 26)))


def test_forms() -> None:
    """A terminal shows what is marked in bold letters, underlined; text is never taken for markup."""
    assert EXCERPT.text == "".join(text for text, _ in EXCERPT.pieces)
    assert as_terminal(EXCERPT) == "*<b>* the \x1b[1;4mwar\x1b[0m & [red]\x1b[1;4mpeace\x1b[0m"


def test_tricks() -> None:
    """Control and direction characters, and heaps of marks, do not reach an alert; what a script needs does."""
    entry = Entry(
        text="\x1b[31mThe \u202eforeign\x07 agent\u2066 z" + "\u0300" * 50 + " می\u200cخواهم 👩\u200d🚀 cafe\u0301"
    )
    (excerpt,) = excerpts(entry, [match(entry, Field.TEXT, "foreign\x07 agent")])
    assert excerpt.text == "[31mThe foreign agent z\u0300\u0300\u0300 می\u200cخواهم 👩\u200d🚀 cafe\u0301"
    assert [text for text, is_marked in excerpt.pieces if is_marked] == ["foreign agent"]
    assert excerpt.text == without_tricks(excerpt.text)


@st.composite
def _matched(draw: st.DrawFn) -> tuple[Entry, list[Match]]:
    words = st.lists(
        st.sampled_from(["war", "мир", "ends.", "far!", "\n\n", "习", "  ", "(", "e\u0301", "\u202e", "👍🏽"]),
        max_size=60,
    )
    entry = Entry(summary=" ".join(draw(words)), text=" ".join(draw(words)))
    found = []
    for field in (Field.SUMMARY, Field.TEXT):
        where = [(start, end) for start, end in spans(entry.field(field)) if entry.field(field)[start].isalpha()]
        for start, end in sorted(draw(st.sets(st.sampled_from(where))) if where else []):
            form = entry.field(field)[start:end]
            found.append(Match(watchlist="w", term=form, field=field, start=start, end=end, form=form))
    return entry, found


@given(_matched(), st.integers(1, 5), st.integers(1, 100))
def test_marks_show_the_forms(matched: tuple[Entry, list[Match]], most: int, width: int) -> None:
    """Marks lie inside, apart from each other and in order, and show what matched; no word is cut."""
    entry, found = matched
    shown = excerpts(entry, found, most=most, width=width)
    assert bool(found) == bool(shown)
    assert len(shown) <= most
    forms = {" ".join(match.form.split()) for match in found}
    words = set(tokens(entry.summary) + tokens(entry.text))
    for excerpt in shown:
        flat = [offset for mark in excerpt.marks for offset in mark]
        assert flat
        assert flat == sorted(flat)
        assert flat[-1] <= len(excerpt.text)
        assert "\n" not in excerpt.text
        assert forms >= {excerpt.text[start:end] for start, end in excerpt.marks}
        assert words >= set(tokens(excerpt.text))
        assert excerpt.text == without_tricks(excerpt.text)
