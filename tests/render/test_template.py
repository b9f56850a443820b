from dataclasses import replace

import pytest

from monitor import render
from monitor.errors import TemplateInvalid
from monitor.model.alert import MARK, UNMARK, Alert, Notice, Template
from monitor.model.entry import Entry, Field
from monitor.render.template import check
from tests.render.builders import ENTRY, KYIV, LINK, alert, match

BODY = """{{ feed }}, {{ published }}, {{ seen | date("%H:%M") }}
{% for excerpt in excerpts %}
{{ loop.index }}/{{ loop.length }} {{ excerpt }}
{% endfor %}


{{ terms | join(" + ") }}
{{ link }} № {{ id }}
"""


def test_own_words() -> None:
    """A template shows what an alert has, in the user's words, and the marks stay marks."""
    matched = alert(ENTRY, match("mobilized", "mobilized"), match("foreign agent", "foreign agent"))
    note = render.worded(
        matched, Template(title="{{ watchlist | upper }}, {{ priority }}:\n{{ title }}", body=BODY), timezone=KYIV
    )
    assert note.title == "WAR, normal: Relatives of Mobilized Russian Soldiers Protest"
    assert note.body == (
        "The Moscow Times, 3 Jun 2024 17:05 (Europe/Kyiv), 17:12\n"
        f"1/1 Relatives of {MARK}mobilized{UNMARK} soldiers, branded a {MARK}foreign agent{UNMARK} by no one, "
        "gathered on Monday.\n\n"
        "mobilized + foreign agent\n"
        f"{LINK} № 1234"
    )
    assert note.keep == (LINK, "1234")
    assert (note.alert, note.id) == (1234, render.alert(matched, timezone=KYIV).id)


def test_half_of_it() -> None:
    """What a template does not say is said in our words."""
    ours = render.alert(alert(ENTRY, match("mobilized", "mobilized")), timezone=KYIV)
    body = render.worded(alert(ENTRY, match("mobilized", "mobilized")), Template(title="New"), timezone=KYIV)
    assert body == replace(ours, title="New", keep=(*ours.keep, "1234"))
    title = render.worded(alert(), Template(body="{{ title }} {{ excerpts | length }}"), timezone=KYIV)
    assert (title.title, title.body, title.keep) == (ours.title, f"{ENTRY.title} 0", ())


def test_feed_text_is_no_template() -> None:
    """What a feed writes is shown as it is, and pings nobody; a title holds no marks."""
    entry = Entry(title="{{ 7 + 7 }} {% for %} @everyone", text="agent")
    found = match("agent", "agent", Field.TEXT, entry)
    words = Template(title="{{ excerpts[0] }}", body="{{ title }} {{ published }}.")
    note = render.worded(alert(entry, found), words, timezone=KYIV)
    assert (note.title, note.body) == ("agent", "{{ 7 + 7 }} {% for %} @\u200beveryone .")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("{{ id }}\n{{ titel }}", (2, 3), "there is no variable 'titel'"),
        ("{% if never %}{{ titel }}{% endif %}x", (1, 6), "there is no variable 'never'"),
        ("{{ title", (1, 0), "unexpected end of template"),
        ("{{ title | uper }}", (1, 11), "No filter named 'uper'"),
        ("{{ seen.hour }} {{ seen.ours }}", (1, 24), "'datetime.datetime object' has no attribute 'ours'"),
        ("{{ published - 1 }}", (1, 0), "unsupported operand"),
        ("{{ excerpts[3] }}", (1, 0), "no element 3"),
        ("{{ title.__class__ }}", (1, 9), "unsafe"),
        ("{% if false %}x{% endif %}", (1, 0), "it says nothing"),
        ("x\n{% include 'config.yaml' %}", (2, 0), "knows no {% include %}"),
        ("{% macro loop() %}{% endmacro %}", (1, 0), "knows no {% macro %}"),
    ],
)
def test_mistakes(text: str, place: tuple[int, int], said: str) -> None:
    """A template that can not work is refused before it is needed, with its place."""
    with pytest.raises(TemplateInvalid) as caught:
        check(text)
    assert said in str(caught.value)
    assert place == (caught.value.line, caught.value.column)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{{ 9**9**9 }}",
        "{{ 'x' * 999999999 }}",
        "{% for a in message %}{% for b in message %}{% for c in message %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in message %}{{ message }}{% endfor %}",
        "{{ message" + " | replace('e', message)" * 9 + " }}",
        "{{ " + "(" * 2000 + "id" + ")" * 2000 + " }}",
        "{{ '%999999999d' % id }}",
        "{{ '{:>999999999}'.format(id) }}",
    ],
)
def test_never_ends(text: str) -> None:
    """A template that would count, repeat or grow without end is refused or soon stopped."""
    with pytest.raises(TemplateInvalid):
        check(text)


def test_digest() -> None:
    """Several alerts come in the user's words, each with all that one has; shown numbers and links are kept."""
    matched = alert(ENTRY, match("mobilized", "mobilized"))
    told: list[Alert | Notice] = [
        matched,
        Notice(title="A feed is dead", body="Since 3 Jun."),
        replace(alert(), number=7),
    ]
    ours = render.digest(told, message_id="3-9", timezone=KYIV, why="Held.")
    words = Template(
        digest_title="{{ alerts | length }} reports",
        digest="{{ why }}\n{% for alert in alerts %}\n{{ alert.id }} {{ alert.excerpts | first | default('-') }}\n"
        "{% if loop.first %}{{ alert.link }}\n{% endif %}{% endfor %}\n"
        "{% for notice in notices %}\n! {{ notice.title }}: {{ notice.body }}\n{% endfor %}\n",
    )
    note = render.worded_digest(told, words, ours=ours, timezone=KYIV, why="Held.")
    excerpt = render.alert(matched, timezone=KYIV).body.split("\n\n")[1]
    assert note.title == "2 reports"
    assert note.body == f"Held.\n1234 {excerpt}\n{LINK}\n7 -\n! A feed is dead: Since 3 Jun.\nrss-monitor"
    assert note.keep == (LINK, "1234", "7")
    assert (note.several, note.id) == (True, ours.id)
    assert render.worded_digest(told, Template(title="x"), ours=ours, timezone=KYIV).body == ours.body


def test_digest_that_never_ends() -> None:
    """A digest's template, too, is stopped when it would go on for ever; for many alerts it may take longer."""
    for text in (
        "{% for a in alerts %}{% for b in a.message %}{% for c in a.message %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in alerts %}{% for b in a.message %}{{ message }}{{ a.message }}"
        + "x" * 2000
        + "{% endfor %}{% endfor %}",
    ):
        with pytest.raises(TemplateInvalid):
            check(text, several=True)
    many = [replace(alert(), number=number) for number in range(1000)]
    ours = render.digest(many, message_id="1-1000", timezone=KYIV)
    words = Template(digest="{% for a in alerts %}{{ a.id }}{% for t in a.terms %}{{ t }}{% endfor %} {% endfor %}")
    assert render.worded_digest(many, words, ours=ours, timezone=KYIV).body == " ".join(map(str, range(1000)))


def test_fails_on_this_one() -> None:
    """What works for most alerts may fail for one; that is said."""
    with pytest.raises(TemplateInvalid):
        render.worded(alert(Entry(title="t")), Template(body="{{ excerpts[0] }}"), timezone=KYIV)
