"""HTML to the text a reader would see."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.text.html import html_to_text, one_line, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("foo<b>bar</b> <i>baz</i>", "foobar baz"),
        ("<p>one\n two</p><p>three</p>four<br>five", "one two\nthree\nfour\nfive"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("agents<sup>1</sup>, M<sup>me</sup>", "agents 1, Mme"),
        ("п&#8217;я&shy;ть &laquo;за&#769;мок&raquo;&thinsp;&mdash;&#146;", "п’я\u00adть «за\u0301мок» —’"),
        ("&amp;lt; &lt;b&gt; caf&eacute; &#1085;&#x435;&nbsp;x", "&lt; <b> café не x"),
        ("5 < 6 and x<y", "5 < 6 and x<y"),
        ("I <3 you </3", "I <3 you </3"),
        ("a<!-- not <b>this</b> -->b", "ab"),
        ("a <!-- never closed", "a never closed"),
        ("a<script>if (1 < 2) alert('<p>')</script>b<STYLE>p{}</Style >c", "abc"),
        ("a<script>never closed <p>b", "a"),
        ("a<iframe src='x'/>b<title>c</title>d", "abd"),
        ("a<img alt=\"x > y\">b<a href='?>'>c</a>", "abc"),
        ('<a href="never closed>b</a>c', "bc"),
        ("<![CDATA[in <b>here</b>]]>", "in here"),
        ("<?php echo ?>a<!DOCTYPE html>b", "ab"),
        ("&#0;a&#8;b\x00", "\ufffdab"),
        ("", ""),
    ],
)
def test_html(markup: str, text: str) -> None:
    """Blocks become lines, inline tags join, what is no text goes, what only looks like markup stays."""
    assert text == html_to_text(markup)


@pytest.mark.parametrize("piece", ["<div>", "<!--", "<a href='", '<a ">" ', "</script", "<x ", "<!", "&#", "<![CDATA["])
def test_repeated_markup(piece: str) -> None:
    """Markup repeated a hundred thousand times ends as it does a few times over; a quadratic reader would not end."""
    assert len(html_to_text(piece * 100_000)) <= len(piece) * 100_000


@given(st.text())
def test_escaped_text_is_itself(text: str) -> None:
    """Text that was escaped for HTML comes back word by word."""
    assert one_line(text) == one_line(html_to_text(html.escape(text)))


@given(st.text())
def test_text_can_be_stored(markup: str) -> None:
    """Whatever comes in, what comes out is valid UTF-8 without control characters, its lines trimmed and not empty."""
    for text in (html_to_text(markup), plain_text(markup)):
        text.encode()
        assert not any(character < " " and character != "\n" for character in text)
        assert all(line == line.strip() and line for line in text.split("\n")) or not text


@given(
    st.lists(st.sampled_from(["<", ">", "a", "<!--", "-->", '"', "'", "<b ", "</b>", "<script>", "</script>", "&lt;"]))
)
def test_plain_text_is_stable(pieces: list[str]) -> None:
    """Cleaning plain text twice is cleaning it once."""
    text = html_to_text("".join(pieces))
    assert text == plain_text(text)
