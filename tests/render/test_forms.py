"""One text, as each kind of channel is given it."""

import html as markup
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.alert import HEADING, MARK, UNMARK
from monitor.render import forms, mail

TEXT = (
    f"{HEADING}[war] *Title*\n"
    f"- A {MARK}foreign agent{UNMARK} & <b> *x* _y_ snake_case.\n\n"
    "Terms: agent*\n"
    "https://x.example/a_b?c=1&d=(e)"
)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        (
            forms.plain,
            (
                "[war] *Title*\n- A *foreign agent* & <b> ∗x∗ _y_ snake_case.\n\n"
                "Terms: agent*\nhttps://x.example/a_b?c=1&d=(e)"
            ),
        ),
        (
            forms.html,
            (
                "<b>[war] *Title*</b><br>- A <b>foreign agent</b> &amp; &lt;b&gt; *x* _y_ snake_case.<br>\u200b<br>"
                "Terms: agent*<br>https://x.example/a_b?c=1&amp;d=(e)"
            ),
        ),
        (
            forms.markdown,
            (
                "**\\[war\\] \\*Title\\***\n\\- A **foreign agent** & <b\\> \\*x\\* \\_y\\_ snake\\_case.\n\n"
                "Terms: agent\\*\n"
                "https://x.example/a_b?c=1&d=(e)"
            ),
        ),
        (
            forms.commonmark,
            (
                "**\\[war\\] \\*Title\\***  \n\\- A **foreign agent** \\& \\<b\\> \\*x\\* \\_y\\_ snake\\_case.\n\n"
                "Terms: agent\\*  \n"
                "<https://x.example/a_b?c=1&d=(e)>"
            ),
        ),
        (
            forms.slack,
            (
                "**\\[war\\] ∗Title∗**\n- A **foreign agent** & \\<b\\> ∗x∗ ˍyˍ snake_case.\n\n"
                "Terms: agent∗\n"
                "<https://x.example/a_b?c=1&d=(e)>"
            ),
        ),
    ],
)
def test_form(form: Callable[[str], str], written: str) -> None:
    """Words and titles stand out as the channel knows it, links stay whole, and nothing else is markup."""
    assert written == form(TEXT)


def test_half_a_mark() -> None:
    """A mark of which a part was cut off is none."""
    for form in (forms.plain, forms.html, forms.markdown, forms.commonmark, forms.slack):
        assert form(f"b{UNMARK} a {MARK}c") == "b a c"


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from("<>&\"'ab \n"))))
def test_html_says_the_same(text: str) -> None:
    """Whatever a feed writes, a page shows that very text, and has no tags but ours."""
    assert markup.unescape(re.sub("<br>", "\n", forms.html(text)).replace("\u200b", "")) == text.replace("\u200b", "")
    page = mail.document("title", text)
    assert {"html", "head", "meta", "style", "body", "div", "h1", "p", "br", "a"} >= set(re.findall(r"<(\w+)", page))
