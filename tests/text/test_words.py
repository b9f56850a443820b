"""Where words begin and end."""

from html import escape
from itertools import pairwise
from operator import itemgetter
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.fold import fold
from monitor.text.html import html_to_text
from monitor.text.words import parted, sentence_edges, spans, tokens

TEXTS = st.text() | st.text(alphabet=st.sampled_from("aAБї中ส1 .!?\n-'’\u0301\u00ad\u200b\u200d\u00a0🇺👍🏽#_s"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("СМИ-иноагентов", ["СМИ", "иноагентов"]),
        ("до—после – и‑так", ["до", "после", "и", "так"]),
        ("п’ять м'яч об\u02bcєкт", ["п’ять", "м'яч", "об\u02bcєкт"]),
        ("don't can’t 'quoted' O'Brien", ["don't", "can’t", "quoted", "O'Brien"]),
        ("Putin's Путин’s he'll soldiers’", ["Putin", "s", "Путин", "s", "he", "ll", "soldiers"]),
        ("l'armée d’Ukraine QU’IL", ["l", "armée", "d", "Ukraine", "QU", "IL"]),
        ("lorsqu’Emmanuel d'aujourd'hui", ["lorsqu", "Emmanuel", "d", "aujourd'hui"]),
        ("dell'Ucraina_un’altra", ["dell", "Ucraina", "un", "altra"]),
        ("за\u0301мок моби\u00adлизация\u00ad", ["за\u0301мок", "моби\u00adлизация"]),
        ("no\u00a0break", ["no", "break"]),
        ("п\u00ad’\u200bять", ["п\u00ad’\u200bять"]),
        ("#stop_now @user #мир", ["stop", "now", "user", "мир"]),
        ("StopWar #StopWar!", ["StopWar", "StopWar", "Stop", "War"]),
        ("#НетВойне", ["НетВойне", "Нет", "Войне"]),
        ("#USAToday #COP28", ["USAToday", "USA", "Today", "COP28", "COP", "28"]),
        ("24/7 AC/DC U.S. S-300", ["24", "7", "AC", "DC", "U", "S", "S", "300"]),
        ("1,000 AT&T 24.02.2022", ["1", "000", "AT", "T", "24", "02", "2022"]),
        ("Putin¹", ["Putin"]),
        ("𝐏𝐮𝐭𝐢𝐧", ["𝐏𝐮𝐭𝐢𝐧"]),
        ("习近平X", ["习", "近", "平", "X"]),
        ("か\u3099 ﾃﾞﾓ ที่ป", ["か\u3099", "ﾃﾞ", "ﾓ", "ที่", "ป"]),
        ("war🇺🇦🇷🇺", ["war", "🇺🇦", "🇷🇺"]),
        ("👩\u200d🚀👍🏽❤\ufe0f⭐", ["👩\u200d🚀", "👍🏽", "❤\ufe0f", "⭐"]),
        ("한국은 전쟁", ["한국은", "전쟁"]),
        ("हिन्दी عربى", ["हिन्दी", "عربى"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Words are what a reader calls so, in every script."""
    assert words == tokens(text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They fled. Who? We!", 3),
        ("St. Petersburg, U.S. troops, проф. Иванов", 1),
        ("Солдаты вернулись. «Война окончена.» Конец", 3),
        ('He said: "It is war." Nobody spoke (yet.) Then', 3),
        ("one\n \ntwo", 2),
        ("他来了。我走了", 2),
        ("「他来了。」我走了！？", 2),
        ("Версия 2.0 мобилизации", 1),
        ("Рассказ А. С. Пушкина о г. Москве, т. е. о ст. 205 УК и т. д. и т. п.", 1),
        ("д-р Ким с ул. Ленина и акад. Сахаров", 1),
        ("5 млн. Рублей, 3 тыс. Человек", 1),
        ("Вулиця ім. Шевченка, буд. 5", 1),
        ("Mr. Smith, Lt. Gen. Jones, Sen. Lee and No. 5 of the U.S. Army met on Jan. 5", 1),
        ("Am 24. Februar griff die 15. Brigade an", 1),
        ("В 2022. Потом", 2),
        ("Против войны. Мир. США. Конец", 4),
        ("Ну… Что?! Да... Нет", 4),
        ("«Кто там?» спросил он. — Я!", 2),
        ("Ну… а что? — спросил он", 1),
        ("NATO met the FSB. Nobody won", 2),
    ],
)
def test_sentence_ends(text: str, sentences: int) -> None:
    """A full stop after an abbreviation, an initial or an ordinal ends no sentence; a blank line does."""
    assert parted(text, 0, len(text)) == (sentences > 1)
    assert sentences == len(sentence_edges(text)) - 1


def test_lines() -> None:
    """The end of a line parts sentences for the eye, and not the words of a phrase."""
    assert sentence_edges("one\ntwo") == [0, 4, 7]
    assert not parted("one\ntwo", 0, 7)


@given(TEXTS)
def test_spans_are_the_tokens(text: str) -> None:
    """Every token stands where its span says, and none begins before the one before it."""
    where = spans(text)
    assert tokens(text) == [text[start:end] for start, end in where]
    assert where == sorted(where, key=itemgetter(0))
    assert all(start < end for start, end in where)


CLEAN = "Ёлку мобилизованного «иностранным» агентом СМИ-иноагента п'ять об'єкта l'armée foreign agent's office"


@pytest.mark.parametrize(
    "shown",
    [
        normalize("NFD", CLEAN),
        CLEAN.upper(),
        CLEAN.replace("об", "о\u00adб").replace("та", "т\u200bа").replace("п'", "п\u200b'").replace("or", "o\u2060r"),
        CLEAN.replace("ку", "ку\u0301").replace("ова", "ова\u0301").replace("єк", "є\u0301к"),
        CLEAN.replace(" ", "\u00a0").replace("-", "\u2011"),
        CLEAN.replace(" ", "\u2009\n").replace("-", "\u2014"),
        *(CLEAN.replace("'", apostrophe) for apostrophe in "’ʼ‘′`"),
        CLEAN.replace("Ё", "Е").replace("с", "c").replace("а", "a").replace("i", "і"),
        CLEAN.replace("e", "ｅ").replace("of", "oｆ").replace("ffi", "ﬃ"),
        CLEAN.replace("«", '"')
        .replace("»", '"')
        .replace("иностранным", "[иностранным]")
        .replace("foreign ", "foreign — "),
        html_to_text(
            "<p>" + escape(CLEAN).replace("м", "&#1084;").replace("ag", "<b>a</b>&shy;g").replace(" ", "&nbsp;")
        ),
    ],
)
def test_text_as_it_comes(shown: str) -> None:
    """However a text is encoded, typed or set, its words are the same, and stand where the reader sees them."""
    assert list(map(fold, tokens(CLEAN))) == [fold(shown[start:end]) for start, end in spans(shown)]


@given(TEXTS)
def test_words_hold_no_space(text: str) -> None:
    """No word covers white space."""
    assert not any(char.isspace() for token in tokens(text) for char in token)


@given(TEXTS)
def test_sentences_are_the_text(text: str) -> None:
    """Sentences begin at the beginning, end at the end, and leave nothing out."""
    edges = sentence_edges(text)
    assert text == "".join(text[start:end] for start, end in pairwise(edges))


def test_a_text_that_hung_a_regular_expression() -> None:
    """Rare letters, soft hyphens and combining marks end too: Python 3.11.2 once went on for ever here."""
    text = "\U0001f9df]|@e\xad\U00022e06-\xf0bT\xe4{>\xe3\xb1"
    assert tokens(text) == ["\U0001f9df", "e", "\U00022e06", "\xf0bT\xe4", "\xe3"]
