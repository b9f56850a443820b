"""`test-receiver`: whether a true alert gets through, before one has to."""

import asyncio
import re
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import clock
from monitor.cli.context import FAILED, WRONG, Json, configuration, refuse_unknown
from monitor.cli.show import answer
from monitor.model.alert import Notification, Outcome, Receiver, Result
from monitor.warm import warm

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


#: What may be done about a reason.
_REMEDIES = (
    (r"authentication refused|HTTP 401|HTTP 403", "look at the user and password, or the token, in the URL"),
    (r"name not found", "look at the host in the URL, and whether this machine can look up names"),
    (r"connection refused", "look at host and port in the URL; nothing listens there, or a firewall is in between"),
    (r"not reachable|no connection in time", "look at host and port, and at the network of this machine"),
    (r"no answer", "timed out: the server took the message and said nothing; look whether it came, then at the server"),
    (r"certificate", "out of date, for another name, or of nobody known; if it is your own: verify=no in the URL"),
    (r"TLS failure|lacks the encryption", "the server may want another port or mode= in the URL, or no encryption"),
    (r"HTTP 404|HTTP 410", "nothing is at this address: look at the token, and the chat, topic or channel, in the URL"),
    (r"HTTP 429", "it wants to be left alone for a while; try again later"),
    (r"HTTP 3\d\d", "it sends us elsewhere: write its final address, or redirect=yes, into the URL"),
    (r"HTTP 5\d\d|SMTP 4\d\d", "it can not take anything now; try again later"),
    (r"HTTP 4\d\d|SMTP 5\d\d", "it does not take this message, or has nobody to give it to; look at the recipient"),
)
#: By the URL's scheme: what acceptance does not prove.
_UNPROVEN = {
    "mailto": "taken by the mail server; look in the mailbox, spam folder included",
    **dict.fromkeys(("irc", "mqtt", "syslog", "xmpp"), "handed over; this service does not say whether it arrived"),
    "terminal": "",
}
_TAKEN = "taken; look whether it is there"


def try_receiver(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[RECEIVER]...", help="Names; all if none.")] = None,
    as_json: Json = False,
) -> None:
    """Send a sample alert to receivers now, as a true one would look, and say what became of it.

    Ends with 0 if each took it, 1 if one did not, 2 if there is no such receiver or its URL is wrong.
    """
    warm()
    found = configuration(context.obj)
    receivers = {each.name: each for each in found.receivers}
    for name in names or ():
        refuse_unknown("receiver is called", name, receivers)
    chosen = [receivers[name] for name in dict.fromkeys(names or receivers)]
    states = asyncio.run(_try_all(chosen, found.settings.timezone, as_json=as_json))
    if states != {"sent"}:
        raise typer.Exit(WRONG if "wrong" in states else FAILED)


async def _try_all(receivers: list[Receiver], timezone: "ZoneInfo", *, as_json: bool) -> set[str]:
    """Try receivers side by side, tell of each as soon as it is known, and return the states that came of it."""
    from monitor.deliver import Sender

    sender = Sender(terminal_aside=as_json)
    states = set()

    async def one(receiver: Receiver) -> tuple[str, str, str]:
        if receiver.name in faults:
            return receiver.name, "wrong", faults[receiver.name]
        outcome = await sender.notify(receiver, _sample(receiver, timezone))
        return receiver.name, outcome.result, _detail(receiver, outcome)

    try:
        faults = await sender.check(receivers)
        for done in asyncio.as_completed([one(each) for each in receivers]):
            name, state, detail = await done
            states.add(state)
            words = f"{name}: {state}" + (f": {detail}" if detail else "")
            answer({"receiver": name, "state": state, "detail": detail}, words, as_json=as_json)
    finally:
        await sender.close()
    return states


def _sample(receiver: Receiver, timezone: "ZoneInfo") -> Notification:
    """Return an alert that says that it is none, in the way in which this receiver is told of true ones."""
    from dataclasses import replace

    from monitor.pipeline.wording import told
    from monitor.render import sample

    now = clock.now()
    entry = replace(sample.FULL.entry.entry, published=now)
    stored = replace(sample.FULL.entry, feed="a test of rss-monitor, no news", seen=now, entry=entry)
    alert = replace(sample.FULL, number=0, created=now, watchlist="test", entry=stored)
    return told(receiver, alert, timezone=timezone)


def _detail(receiver: Receiver, outcome: Outcome) -> str:
    """Say what happened, in words, and what to do about it."""
    if outcome.result is Result.SENT:
        scheme = receiver.url.reveal().partition("://")[0].lower()
        return _UNPROVEN.get(scheme, _UNPROVEN.get(scheme.removesuffix("s"), _TAKEN))
    remedy = next((words for reason, words in _REMEDIES if re.search(reason, outcome.reason)), "")
    return "; ".join(part for part in (outcome.reason, remedy) if part)
