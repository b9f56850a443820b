"""What publishers say of how often to ask."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.feed import Validators
from monitor.model.poll import Fetched, Parsed
from monitor.model.rhythm import Hints
from monitor.parse.document import parse_document
from monitor.parse.hints import read_hints

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("said", "hints"),
    [
        ("<ttl>60</ttl>", Hints(ttl=HOUR)),
        ("<ttl> 60\n</ttl>", Hints(ttl=HOUR)),
        ("<ttl>0</ttl>", Hints()),
        ("<ttl>often</ttl>", Hints()),
        ("<ttl>99999999999999</ttl>", Hints()),
        ("<skipHours><hour>1</hour><hour>0</hour><hour>24</hour><hour>25</hour></skipHours>", Hints(skip_hours=(0, 1))),
        (f"<skipHours>{'<hour>7</hour>' * 50}</skipHours>", Hints(skip_hours=(7,))),
        ("<skipDays>\n<day>Sunday</day>\n<day> saturday</day><day>Caturday</day></skipDays>", Hints(skip_days=(5, 6))),
        (
            "<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>\n4</sy:updateFrequency>",
            Hints(updates=HOUR / 4),
        ),
        ("<s:updatePeriod>daily</s:updatePeriod>", Hints(updates=24 * HOUR)),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            Hints(updates=24 * HOUR),
        ),
        ("<sy:updatePeriod>whenever</sy:updatePeriod>", Hints()),
        ("<item><ttl>60</ttl></item>", Hints()),
        ("<skipHours>", Hints()),
    ],
)
def test_r17_what_a_document_says(said: str, hints: Hints) -> None:
    """R17: ttl, skipHours, skipDays and sy:updatePeriod are read whole, and nonsense is nothing."""
    body = f"<rss version='2.0'><channel>{said}<item><title>One</title></item></channel></rss>".encode()
    parsed = parse_document(Fetched(body=body, content_type="", url="", validators=Validators()))
    assert isinstance(parsed, Parsed)
    assert parsed.hints == hints


@given(
    st.lists(
        st.sampled_from([b"<skipHours>", b"<hour>", b"1", b"</hour>", b"<ttl ", b">", b"<sy:", b"updatePeriod", b" "])
    )
)
def test_any_document_has_hints(parts: list[bytes]) -> None:
    """Whatever stands there, it is read."""
    assert isinstance(read_hints(b"".join(parts)), Hints)
