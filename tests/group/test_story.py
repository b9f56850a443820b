"""Which entries carry one report, and which were only made from one mould."""

import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.group.sketch import Sketch, keys, sketch
from monitor.group.story import WINDOW, same
from monitor.model.entry import Entry

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

WIRE = (
    "KYIV (Agency) - Relatives of mobilized soldiers gathered outside the Defense Ministry in Moscow on Monday, "
    "demanding that their husbands and sons be brought home from the front. Police detained at least 14 people, among "
    "them two journalists, according to the rights group OVD-Info. The ministry did not answer questions about it."
)
MORE = (
    " Officials in the Kremlin have said that rotation is not planned before the end of the campaign. The women first "
    "met online in autumn and have held weekly pickets since."
)
PROTEST = "Relatives of mobilized soldiers protest outside Defense Ministry"


def told(
    title: str, text: str = "", *, source: str = "one.example", link: str = "", after: timedelta = timedelta(0)
) -> Sketch:
    return sketch(Entry(title=title, text=text), when=NOON + after, source=source, link=link)


def test_wire_copy_under_another_title() -> None:
    """An agency's text is one report, whatever title each paper gives it."""
    assert same(
        told(PROTEST, WIRE), told("Soldiers' wives take to the street in Moscow", WIRE + MORE, source="two.example")
    )


def test_wire_copy_that_was_cut() -> None:
    """A paper that prints the beginning only carries the report."""
    cut = WIRE[: WIRE.index(" The ministry")]
    whole = told(PROTEST, WIRE + MORE + MORE.replace("women", "wives").replace("Kremlin", "government"))
    assert same(
        told("Mobilized soldiers' relatives protest outside Defense Ministry", cut, source="two.example"), whole
    )


def test_same_title_at_another_publisher() -> None:
    """Feeds that give titles alone: a long one within a day is one report, a short one within half a day."""
    title, short = "Over 1,000 diamonds used in main crown of BRICS beauty pageant", "Death toll rises in Quetta"
    for text, hours in ((title, 24), (short, 0.25)):
        later = hours * HOUR
        assert same(told(text), told(text.upper(), source="two.example", after=later))
        assert not same(told(text), told(text, source="two.example", after=later + MINUTE))


def test_publishers_name_in_the_title() -> None:
    """What an aggregator adds to titles is none of them."""
    assert same(told(PROTEST + " - Reuters", source="reuters.com"), told(PROTEST, source="two.example"))


SHAFT = {
    "uk": (
        (
            "У Червонограді гірники третій день не виходять із шахти «Надія»",
            "Гірники шахти «Надія» у Червонограді лишаються під землею",
        ),
        (
            (
                "Понад 80 гірників шахти «Надія» у Червонограді третю добу лишаються під землею, вимагаючи "
                "виплатити борги із зарплати за пів року. Це підтвердив Суспільному голова профспілки Михайло "
                "Волинець. Підприємство винне людям 12 мільйонів гривень, а керівництво тричі зривало "
                "переговори, додав він."
            ),
            (
                "Зарплати тут не бачили пів року, борги сягнули 12 мільйонів гривень. Тому вже третю добу "
                "понад 80 гірників протестують у Червонограді просто в забої шахти «Надія», сказав "
                "Суспільному Михайло Волинець, який очолює місцеву профспілку. До людей ніхто з начальства "
                "так і не спустився, зустріч обіцяють на понеділок."
            ),
        ),
    ),
    "ru": (
        (
            "В Воркуте горняки третьи сутки не выходят из шахты «Заря»",
            "Горняки шахты «Заря» в Воркуте остаются под землёй",
        ),
        (
            (
                "Более 80 горняков шахты «Заря» в Воркуте третьи сутки остаются под землёй, требуя выплатить "
                "долги по зарплате за полгода. Это подтвердил агентству «Север» глава профсоюза Михаил "
                "Волков. Предприятие должно людям 12 миллионов рублей, а руководство трижды срывало "
                "переговоры, добавил он."
            ),
            (
                "Зарплату здесь не видели полгода, долги достигли 12 миллионов рублей. Поэтому уже третьи "
                "сутки более 80 горняков протестуют в Воркуте прямо в забое шахты «Заря», сказал агентству "
                "«Север» Михаил Волков, который возглавляет местный профсоюз. К людям никто из начальства так "
                "и не спустился, встречу обещают позже."
            ),
        ),
    ),
    "en": (
        (
            "Miners spend third day underground at Zarya pit in Vorkuta",
            "Miners at Zarya pit in Vorkuta refuse to leave",
        ),
        (
            (
                "More than 80 miners at the Zarya pit in Vorkuta remain underground for a third day, "
                "demanding unpaid wages for half a year, union leader Mikhail Volkov told the Sever agency. "
                "The company owes its workers 12 million roubles, he added, and managers broke off talks "
                "three times since the strike began."
            ),
            (
                "Nobody here has been paid since spring, and debts have reached 12 million roubles. So more "
                "than 80 miners refuse to leave the Zarya pit in Vorkuta, said Mikhail Volkov, who heads the "
                "local union, speaking to the Sever agency on the third day underground. No boss went down to "
                "see the workers, whose wages were promised."
            ),
        ),
    ),
}


@pytest.mark.parametrize("language", SHAFT)
def test_told_in_other_words(language: str) -> None:
    """Another paper that soon tells the same, with the same names and numbers, carries the report."""
    titles, texts = SHAFT[language]
    one = told(titles[0], texts[0])
    assert same(one, told(titles[1], texts[1], source="two.example", after=5 * HOUR))
    assert not same(one, told(titles[1], texts[1], source="two.example", after=7 * HOUR))
    assert not same(one, told(titles[1], texts[1], after=HOUR)), "one paper does not tell a thing twice"
    short = (" ".join(text.split()[:12]) for text in texts)
    mine, theirs = (told(title, text) for title, text in zip(titles, short, strict=True))
    assert not same(mine, dataclasses.replace(theirs, source="two.example")), "a teaser says too little"


@pytest.mark.parametrize(
    ("language", "was", "becomes"),
    [
        ("uk", "80 гірників", "95 гірників"),
        ("ru", "12 миллионов", "14 миллионов"),
        ("en", "80 miners", "95 miners"),
        ("uk", "Михайло Волинець", "Олег Стасюк"),
        ("ru", "Михаил Волков", "Олег Стасов"),
        ("en", "Mikhail Volkov", "Oleg Stasov"),
    ],
)
def test_other_facts_in_other_words(language: str, was: str, becomes: str) -> None:
    """Where each of two papers says a number or a name that the other has nowhere, they are two reports."""
    titles, texts = SHAFT[language]
    changed = texts[1].replace(was, becomes)
    assert changed != texts[1]
    assert not same(told(titles[0], texts[0]), told(titles[1], changed, source="two.example"))


@pytest.mark.parametrize(
    ("language", "was", "becomes"),
    [("uk", "Надія", "Степова"), ("ru", "Заря", "Победа"), ("en", "Zarya", "Pobeda")],
)
def test_other_place_in_other_words(language: str, was: str, becomes: str) -> None:
    """Titles that name different places stand over different reports."""
    titles, texts = SHAFT[language]
    other = told(titles[1].replace(was, becomes), texts[1].replace(was, becomes), source="two.example")
    assert not same(told(titles[0], texts[0]), other)


@pytest.mark.parametrize("language", SHAFT)
def test_what_came_next_in_other_words(language: str) -> None:
    """A title of which the other report says nothing tells something new, above a background however like."""
    titles, texts = SHAFT[language]
    freed = {"uk": "Суд заборонив акцію", "ru": "Суд запретил акцию", "en": "court bans protest"}[language]
    assert not same(told(titles[0], texts[0]), told(freed, texts[1], source="two.example"))


def test_russian_forms() -> None:
    """Endings of words do not make another report."""
    one = (
        "В Воркуте жители трёх посёлков вышли на протест против закрытия шахты «Северная» и больницы, сообщил «Коми». "
    )
    two = (
        "Жители трёх посёлков Воркуты вышли на протест против закрытия шахты «Северная» и больниц, сообщили в «Коми». "
    )
    rest = (
        "Участники требуют встречи с главой республики. Полиция никого не задержала, акция закончилась через два часа."
    )
    copy = told("Шахтёры вышли на улицы", two + rest, source="two.example")
    assert same(told("Протест в Воркуте", one + rest), copy)


MOULDS = [
    (
        "Air raid alert in {} region",
        (
            "An air raid alert was declared in {} region. Stay in shelters, keep away from windows, and wait until the "
            "all-clear is given by the administration."
        ),
        ("Kharkiv", "Sumy"),
    ),
    (
        "Обстрел Херсона",
        (
            "Российские войска обстреляли Херсон из артиллерии. Ранены {} человека, их доставили в "
            "больницу, сообщил глава "
            "областной администрации Прокудин. Повреждены жилые дома."
        ),
        ("два", "четыре"),
    ),
    (
        "Суд вынес приговор за «фейки»",
        (
            "Суд в {} признал местного жителя виновным в распространении «фейков» об армии и "
            "назначил ему наказание в виде "
            "лишения свободы. Защита обжалует приговор."
        ),
        ("Казани", "Томске"),
    ),
    (
        "Курс валют",
        (
            "Центробанк установил официальный курс доллара на завтра: {} рубля. Курс евро вырос на "
            "фоне торгов, сообщает "
            "пресс-служба регулятора на своём сайте."
        ),
        ("92", "94"),
    ),
    (
        "Погода на {} марта",
        (
            "Днём будет облачно, без осадков, ветер слабый, температура воздуха около нуля "
            "градусов. Ночью возможен туман, "
            "на дорогах местами гололедица."
        ),
        ("8", "18"),
    ),
    (
        "Minister adds journalist to register",
        (
            "The Justice Ministry added the journalist {} to its register of foreign agents on Friday, saying that the "
            "person took part in making content for other foreign agents."
        ),
        ("Ivan Petrov", "Olga Sidorova"),
    ),
]


@pytest.mark.parametrize(("title", "text", "values"), MOULDS, ids=[row[0] for row in MOULDS])
@pytest.mark.parametrize("source", ["one.example", "two.example"])
@pytest.mark.parametrize("apart", [10 * MINUTE, 5 * HOUR])
def test_one_mould_is_not_one_report(
    title: str, text: str, values: Sequence[str], source: str, apart: timedelta
) -> None:
    """Another place, number, name or date in words that are else the same is another report."""
    one = told(title.format(values[0]), text.format(values[0]))
    other = told(title.format(values[1]), text.format(values[1]), source=source, after=apart)
    assert not same(one, other)


def test_same_words_again() -> None:
    """A publisher that sends the same short message hours later tells of something new."""
    alarm = ("Air raid alert announced in Kyiv region", "Go to shelters.")
    assert same(told(*alarm), told(*alarm, after=10 * MINUTE))
    assert not same(told(*alarm), told(*alarm, after=2 * HOUR))


def test_repost() -> None:
    """A publisher that prints its text again under a title that is nearly the same has printed it twice."""
    again = told("Relatives of mobilized soldiers protest outside Defense Ministry in Moscow", WIRE, after=5 * HOUR)
    assert same(told(PROTEST, WIRE), again)


def test_next_report_on_the_same_subject() -> None:
    """A publisher that tells what happened next, above the same background, tells something new."""
    background = WIRE.split(". ", 1)[1]
    freed = "Police in Moscow released everyone who was held on Monday after a court found no offence. "
    assert not same(
        told(PROTEST, WIRE), told("Protesters outside Defense Ministry released", freed + background, after=HOUR)
    )


def test_who_did_it_to_whom() -> None:
    """The same words in another order are another title."""
    attack = "{} strikes {} with fifty drones overnight, officials say"
    one, other = (
        told(attack.format(*names), source=names[0]) for names in (("Russia", "Ukraine"), ("Ukraine", "Russia"))
    )
    assert not same(one, other)


def test_denial() -> None:
    """A "not" is no small word."""
    title = "Court in Moscow has {} extended arrest of opposition politician"
    assert not same(told(title.format("")), told(title.format("not"), source="two.example"))


def test_same_page() -> None:
    """A page that several feeds list is one report, with its title a little changed; not with another one."""
    page = "one.example/2026/03/protest"
    assert same(
        told(PROTEST, link=page),
        told("Soldiers' relatives protest outside Defense Ministry", link=page, after=2 * HOUR),
    )
    assert not same(
        told(PROTEST, link=page), told("Live: war in its fourth year, latest updates", link=page, after=2 * HOUR)
    )
    assert not same(
        told("Blast kills 3 in Kharkiv", link=page), told("Blast kills 7 in Kharkiv", link=page, after=HOUR)
    )


def test_same_page_by_its_number() -> None:
    """A site's two feeds may lead to one page by different links."""
    links = [f"one.example/protest/a-76169184?feed={name}" for name in ("world", "all")]
    one, other = (told(PROTEST, link=link, after=hours * HOUR) for hours, link in zip((0, 9), links, strict=True))
    assert same(one, other)


def test_same_page_by_its_name() -> None:
    """A site may list a report in two sections within half a day; a page named by one word may be another."""
    named = [f"one.example/{section}/relatives-of-mobilized-protest" for section in ("world/europe", "asia")]
    brief = [f"one.example/{section}/live" for section in ("2026/03/01", "2026/03/02")]
    for links, hours, joined in ((named, 9, True), (named, 13, False), (brief, 9, False)):
        one, other = (told(PROTEST, link=link, after=at * HOUR) for link, at in zip(links, (0, hours), strict=True))
        assert joined == same(one, other)


def test_long_ago() -> None:
    """After the window, nothing is the same report."""
    assert not same(told(PROTEST, WIRE), told(PROTEST, WIRE, source="two.example", after=WINDOW + MINUTE))


SAID = [
    "Kyiv",
    "Москва",
    "войска",
    "обстреляли",
    "protest",
    "14",
    "двое",
    "not",
    "police,",
    "1,000",
    "the",
    "в.",
    "США",
]
WORDS = st.lists(st.sampled_from(SAID), max_size=40)
TOLD = st.builds(
    lambda title, text, source, link, hours: told(
        " ".join(title), " ".join(text), source=source, link=link, after=hours * HOUR
    ),
    WORDS,
    WORDS,
    st.sampled_from(("one.example", "two.example")),
    st.sampled_from(("", "one.example/12345?a", "one.example/12345?b")),
    st.integers(0, 80),
)


@given(TOLD, TOLD)
def test_order_does_not_matter(one: Sketch, other: Sketch) -> None:
    """Whichever comes first, both carry one report or they do not."""
    assert same(one, other) == same(other, one)


@given(TOLD)
def test_an_entry_is_like_itself(one: Sketch) -> None:
    """What can be told from others at all carries its own report, and is found."""
    if keys(one):
        assert same(one, one) or len(one.title) == 0 or len(one.text) < len(one.title)
    assert all(0 <= key < 1 << 63 for key in keys(one))


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text(title: str, text: str) -> None:
    """No text is too strange."""
    one, other = told(title, text), told(text, title, source="two.example")
    assert same(one, other) in {True, False}
