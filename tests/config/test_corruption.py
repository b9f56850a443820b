"""A file that was spoilt in any way is refused with a place, or taken; nothing else happens."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.config import Loaded
from monitor.model.configuration import Problem

GOOD = """\
settings: {every: 10m, allow_private: [10.0.0.0/8], first_run: last 3, retry: {first: 1m}}
receivers:
  desk: terminal://
  mail: {url: "mailto://me:${WORD}@mail.example"}
feeds:
  - https://meduza.io/rss/all  # all of it
  - url: 'https://www.themoscowtimes.com/rss/news'
    name: The Moscow Times
    tags: [exile]
watchlists:
  mobilization: [mobilized, мобилизованный]
  foreign-agents:
    any: [foreign agent, "иноагент"]
    in: [title, text]
    feeds: [exile]
    notify: [desk, mail]
""".encode()

PIECE = st.one_of(
    st.binary(max_size=4),
    st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([b": ", b"\n", b"\n  ", b"- ", b'"', b"'", b"[", b"]", b"{", b"}", b"#", b" #", b"*a", b"&a ", b"!",
                     b"|\n", b">\n", b"%", b"@", b"\t", b"${", b"${X}", b"---\n",
                     b"...\n", b"? ", b"<<: ", b'"\\U11FFFFFF"',
                     b"\xe2\x80\xa8", b"\xc2\x85", b"\r", b"://", b",", b", "]),
)  # fmt: skip
#: Where, how much is cut out, and what is put there.
CORRUPTION = st.tuples(st.integers(0, len(GOOD)), st.sampled_from([0, 0, 1, 2, 5, 40, 400]), PIECE)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corruptions=st.lists(CORRUPTION, min_size=1, max_size=4))
def test_corruption(
    check: Callable[..., Loaded | tuple[Problem, ...]], corruptions: list[tuple[int, int, bytes]]
) -> None:
    """No damage to the file makes more than problems, each at a place that the file has."""
    raw = GOOD
    for at, cut, piece in corruptions:
        raw = raw[:at] + piece + raw[at + cut :]
    result = check(raw, WORD="hunter2canary")
    assert "hunter2canary" not in repr(result)
    if isinstance(result, Loaded):
        return
    lines = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert result
    assert sorted(result, key=lambda problem: (problem.line, problem.column)) == list(result)
    for problem in result:
        assert problem.message
        assert problem.line <= len(lines)
        assert not problem.line or 1 <= problem.column <= len(lines[problem.line - 1]) + 1
