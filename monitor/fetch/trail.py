"""The way of a request through redirects (RFC 9110 §15.4): where next, with which headers, and what is learnt. Pure."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from yarl import URL

from monitor.fetch.fault import Unusable
from monitor.model.feed import Validators
from monitor.model.poll import Failure, Request

MOVED = frozenset({301, 302, 303, 307, 308})
#: Those after which a POST is sent again as it was (RFC 9110 §15.4.8, §15.4.9).
_REPEATED = frozenset({307, 308})
_FOR_GOOD = frozenset({301, 308})
#: All that RFC 3986 lets stand in an address: it is sent as it is, its percent-encoding untouched.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request on the way."""

    #: Without user, password and fragment.
    url: URL
    #: The user's headers, credentials and validators; for the first origin only.
    headers: Mapping[str, str]
    #: Whether there are headers or credentials of the user's among them.
    personal: bool = False
    validators: Validators
    #: What is sent as the body of a POST, to other origins as well; None makes it a GET.
    form: Mapping[str, str] | None = None
    #: As in a Request.
    follow: bool = True
    #: Addresses asked before this one.
    before: tuple[URL, ...] = ()
    #: Whether only 301 and 308 led here.
    for_good: bool = True
    #: As in `Fetched.moved_to`.
    moved_to: str | None = None

    @property
    def host(self) -> str:
        """The host as requests to it take turns."""
        return (self.url.raw_host or "").lower().removesuffix(".")

    @property
    def conditional(self) -> bool:
        """Whether a 304 is an answer to this."""
        return self.validators != Validators()

    @property
    def strayed(self) -> bool:
        """Whether this is another origin than the first, or has been."""
        return any(_origin(url) != _origin(self.url) for url in self.before)


def first(request: Request) -> Step:
    """Return the first step. Raises Unusable when the address can not be asked."""
    url = _address(request.url)
    if url is None or not _is_web(url):
        raise Unusable(Failure.FORBIDDEN_ADDRESS, "not a complete http or https address")
    headers = {name: value.reveal() for name, value in request.headers}
    pair = request.auth.reveal() if request.auth else f"{url.user or ''}:{url.password or ''}"
    if pair != ":":
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    personal = bool(headers)
    if request.validators.etag:
        headers["If-None-Match"] = request.validators.etag
    if request.validators.last_modified:
        headers["If-Modified-Since"] = request.validators.last_modified
    return Step(
        url=_bare(url),
        headers=headers,
        personal=personal,
        validators=request.validators,
        form=request.form,
        follow=request.follow,
    )


def follow(step: Step, *, status: int, location: str, most: int) -> Step:
    """Return the step that a redirect leads to; `most` is how many may follow one another.

    Raises Unusable when it may not be taken.
    """
    if step.form is not None and status not in _REPEATED:
        raise Unusable(Failure.REDIRECTS, f"{status} to a form")
    url = _target(step.url, location)
    before = (*step.before, step.url)
    if url in before:
        raise Unusable(Failure.REDIRECTS, "it goes round in a circle")
    if len(before) > most:
        raise Unusable(Failure.REDIRECTS, f"more than {most} in a row")
    if step.url.scheme == "https" and url.scheme == "http":
        raise Unusable(Failure.REDIRECTS, "from https to http")
    onward = replace(step, url=url, before=before, for_good=step.for_good and status in _FOR_GOOD)
    if onward.strayed:
        onward = replace(onward, headers={}, personal=False, validators=Validators())
    # with credentials it is not told: it would be of no use without them, and they must not be stored with it
    told = onward.for_good and not onward.personal
    return replace(onward, moved_to=str(url)) if told else onward


def _target(base: URL, location: str) -> URL:
    target = _address(location) if location else None
    if target is None:
        raise Unusable(Failure.REDIRECTS, "its address is missing or not understood")
    url = base.join(target)
    if not _is_web(url):
        raise Unusable(Failure.REDIRECTS, "not to an http or https address")
    return _bare(url)


def _address(text: str) -> URL | None:
    """Read an address or a reference; None when it is neither."""
    text = text.strip()
    try:
        url = URL(text, encoded=_PLAIN.fullmatch(text) is not None)
        _ = url.port  # one that is taken as it is, is read part by part: a fault would show later, elsewhere
    except (ValueError, IndexError):  # the latter of yarl's own, for http://[]@
        return None
    return url


def _is_web(url: URL) -> bool:
    return url.scheme in {"http", "https"} and bool(url.raw_host)


def _bare(url: URL) -> URL:
    return url.with_user(None).with_fragment(None)


def _origin(url: URL) -> tuple[str, str, int | None]:
    return url.scheme, (url.raw_host or "").lower(), url.port
