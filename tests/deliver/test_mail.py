import re
from dataclasses import replace
from pathlib import Path

from monitor.deliver import Sender
from monitor.model.alert import Notification, Outcome, Result
from monitor.model.calm import Priority
from monitor.render.forms import plain
from tests.deliver.conftest import NOTE, receiver
from tests.deliver.mail import MailServer
from tests.deliver.nasty import LINK, NASTY

GOLDEN = Path(__file__).with_name("golden")


async def test_arrives(sender: Sender, mail_server: MailServer) -> None:
    """A Cyrillic alert arrives by mail encrypted, logged in, with its letters and headers whole."""
    assert (await sender.notify(receiver(mail_server.url()), NOTE)).result is Result.SENT
    (mail,) = mail_server.arrived
    message = mail.message
    assert (mail.encrypted, mail.login) == (True, b"monitor")
    assert (mail.sender, mail.recipients) == ("monitor@paper.example", ["desk@paper.example"])
    assert NOTE.title == message["Subject"]
    assert (message["From"], message["To"]) == ("monitor@paper.example", "desk@paper.example")
    assert (message["X-Alert-ID"], message["Auto-Submitted"]) == ("1234", "auto-generated")
    assert len(set(message.keys())) == len(message.keys())
    assert message["Date"].datetime.tzinfo is not None


async def test_two_forms(sender: Sender, mail_server: MailServer) -> None:
    """A mail is plain text and, beside it, a page that loads nothing; a feed's markup is markup in neither."""
    assert (await sender.notify(receiver(mail_server.url()), NASTY)).result is Result.SENT
    message = mail_server.arrived[0].message
    assert message.get_content_type() == "multipart/alternative"
    text, page = message.iter_parts()
    assert (text.get_content_type(), text.get_content_charset()) == ("text/plain", "utf-8")
    assert (page.get_content_type(), page.get_content_charset()) == ("text/html", "utf-8")
    assert (GOLDEN / "mail.txt").read_text("utf-8").splitlines() == text.get_content().splitlines()
    assert (GOLDEN / "mail.html").read_text("utf-8").splitlines() == page.get_content().splitlines()
    assert set(re.findall(r"<(\w+)", page.get_content())) == {
        *("html", "head", "meta", "style", "body", "div", "h1", "p", "br", "b", "a")
    }
    assert re.findall(r"(?:href|src|url)=?[\"(]([^\")]*)", page.get_content()) == [LINK.replace("&", "&amp;")]


async def test_text_alone(sender: Sender, mail_server: MailServer) -> None:
    """Who asks for text alone gets nothing else."""
    assert (await sender.notify(receiver(mail_server.url(more="&verify=no&format=text")), NOTE)).result is Result.SENT
    message = mail_server.arrived[0].message
    assert message.get_content_type() == "text/plain"
    assert plain(NOTE.body) == message.get_content().replace("\r\n", "\n").rstrip("\n")


async def test_same_mail_again(sender: Sender, mail_server: MailServer) -> None:
    """A mail that is sent again is the same mail, so that mail programs can tell; others are others."""
    for note in (NOTE, NASTY, NOTE, Notification(title="t", body="b"), Notification(title="t", body="b")):
        assert (await sender.notify(receiver(mail_server.url()), note)).result is Result.SENT
    messages = [mail.message for mail in mail_server.arrived]
    ids = [message["Message-ID"] for message in messages]
    assert ids[0] == ids[2] == f"<{NOTE.id}@127.0.0.1>"
    assert len(set(ids)) == 4
    assert [message["X-Alert-ID"] for message in messages] == ["1234", "1234", "1234", None, None]


async def test_priority(sender: Sender, mail_server: MailServer) -> None:
    """Mail programs show an urgent alert as one; others say nothing of it, and what the URL says of it stays."""
    for priority in Priority:
        await sender.notify(receiver(mail_server.url()), replace(NOTE, priority=priority))
    own = mail_server.url(more="&verify=no&%2BX-Priority=3")
    await sender.notify(receiver(own), replace(NOTE, priority=Priority.CRITICAL))
    headers = [(mail.message["Importance"], mail.message["X-Priority"]) for mail in mail_server.arrived]
    assert headers == [(None, None), (None, None), ("high", "2"), ("high", "1"), (None, "3")]


async def test_follow_up(sender: Sender, mail_server: MailServer) -> None:
    """A follow-up refers to the mail that it comes under and has its subject; its own title stands in its text."""
    first = await sender.notify(receiver(mail_server.url()), NOTE)
    news = replace(NASTY, title="[агенты] Из реестра вычеркнули двоих", subject=f"Re: {NOTE.title}")
    for follows in ((first.receipt,), (first.receipt, "<digest-4-7.ab@127.0.0.1>")):
        assert (await sender.notify(receiver(mail_server.url()), replace(news, follows=follows))).result is Result.SENT
    await sender.notify(receiver(mail_server.url(more="&verify=no&format=text")), replace(news, follows=follows))
    await sender.notify(receiver(mail_server.url()), NASTY)
    before, after, both, bare, other = [mail.message for mail in mail_server.arrived]
    assert first.receipt == before["Message-ID"] == after["In-Reply-To"] == after["References"]
    assert (both["In-Reply-To"], both["References"]) == (before["Message-ID"], " ".join(follows))
    assert after["Subject"] == f"Re: {before['Subject']}"
    text, page = after.iter_parts()
    assert text.get_content().splitlines()[:2] == [news.title, ""]
    assert f">{news.title}</h1>" in page.get_content()
    assert bare.get_content().splitlines()[:2] == [news.title, ""]
    assert (other["References"], other["In-Reply-To"]) == (None, None)


async def test_follow_up_of_the_same_title(sender: Sender, mail_server: MailServer) -> None:
    """Where the title is that of the mail before, it is not repeated in the text."""
    again = replace(NASTY, title=NOTE.title, subject=f"Re: {NOTE.title}", follows=("<a@b>",))
    await sender.notify(receiver(mail_server.url()), again)
    text, _ = mail_server.arrived[0].message.iter_parts()
    assert plain(NASTY.body).splitlines() == text.get_content().splitlines()


async def test_two_in_a_row(sender: Sender, mail_server: MailServer) -> None:
    """A wrong password is a refusal for good, and the receiver's next configuration is not held up by it."""
    wrong = await sender.notify(receiver(mail_server.url(password="wr0ng")), NOTE)
    right = await sender.notify(receiver(mail_server.url()), NOTE)
    assert Outcome(result=Result.REJECTED, reason="authentication refused", refuses_all=True) == wrong
    assert right.result is Result.SENT


async def test_no_wait_between_two(mail_server: MailServer) -> None:
    """When to send is decided before: Apprise's own wait of 5.5 seconds between two mails is not kept."""
    sender = Sender(seconds=5)
    answers = [await sender.notify(receiver(mail_server.url()), NOTE) for _ in range(2)]
    await sender.close()
    assert [each.result for each in answers] == [Result.SENT] * 2


async def test_refused_for_good(sender: Sender, mail_server: MailServer) -> None:
    """A mailbox that does not exist is a refusal for good."""
    mail_server.replies["RCPT"] = "550 5.1.1 no such user: desk@paper.example"
    answer = await sender.notify(receiver(mail_server.url()), NOTE)
    assert Outcome(result=Result.REJECTED, reason="SMTP 550") == answer
    assert mail_server.arrived == []


async def test_refused_for_now(sender: Sender, mail_server: MailServer) -> None:
    """A server that takes no mail for now is asked again later."""
    mail_server.replies["DATA"] = "451 4.3.0 try again later"
    answer = await sender.notify(receiver(mail_server.url()), NOTE)
    assert Outcome(result=Result.FAILED, reason="SMTP 451") == answer


async def test_certificate(sender: Sender, mail_server: MailServer) -> None:
    """A certificate that nobody vouches for gets neither the password nor the alert."""
    answer = await sender.notify(receiver(mail_server.url(more="")), NOTE)
    assert Outcome(result=Result.FAILED, reason="certificate not accepted") == answer
    assert mail_server.arrived == []
