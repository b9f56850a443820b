from monitor.deliver import Sender
from monitor.model.alert import Outcome, Result
from tests.deliver.conftest import NOTE, receiver
from tests.deliver.mail import MailServer


async def test_arrives(sender: Sender, mail_server: MailServer) -> None:
    """A Cyrillic alert arrives by mail encrypted, logged in, as plain text, with its letters and headers whole."""
    assert Outcome(result=Result.SENT) == await sender.notify(receiver(mail_server.url()), NOTE)
    (mail,) = mail_server.arrived
    message = mail.message
    assert (mail.encrypted, mail.login) == (True, b"monitor")
    assert (mail.sender, mail.recipients) == ("monitor@paper.example", ["desk@paper.example"])
    assert NOTE.title == message["Subject"]
    assert (message["From"], message["To"]) == ("monitor@paper.example", "desk@paper.example")
    assert [name for name in message if name == "Subject"] == ["Subject"]
    assert message["Message-ID"].startswith("<")
    assert message["Date"].datetime.tzinfo is not None
    assert (message.get_content_type(), message.get_content_charset()) == ("text/plain", "utf-8")
    assert NOTE.body == message.get_content().replace("\r\n", "\n").rstrip("\n")


async def test_two_in_a_row(sender: Sender, mail_server: MailServer) -> None:
    """A wrong password is a refusal for good, and the receiver's next configuration is not held up by it."""
    wrong = await sender.notify(receiver(mail_server.url(password="wr0ng")), NOTE)
    right = await sender.notify(receiver(mail_server.url()), NOTE)
    assert Outcome(result=Result.REJECTED, reason="authentication refused") == wrong
    assert Outcome(result=Result.SENT) == right


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
