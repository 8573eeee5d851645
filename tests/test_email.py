"""E-mail to staff, over a real SMTP server: each once, tried until it works, and never a name in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from stores import draft
from telegrams import free_port

from bot.channels.email.post import post
from bot.engine.effects import Message
from bot.errors import BotError
from bot.settings import Settings
from bot.store import Address, Store
from bot.store.database import now
from bot.store.filing import Where, ask_for, file
from bot.store.notices import EMAIL, tell
from bot.store.outbox import OutboxMessage

PASSWORD = "opensesame"


class Mailbox:
    """A mail server that keeps what it gets. `refuses`: what it answers to a recipient, or to the text, until then."""

    def __init__(self) -> None:
        self.arrived: list[EmailMessage] = []
        self.tries = 0
        self.to: dict[str, list[str]] = {}  # by recipient: answers, one for each try
        self.text: list[str] = []

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]) -> str:  # noqa: N802
        self.tries += 1
        if answers := self.to.get(address):
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.text:
            return self.text.pop(0)
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.arrived.append(mail)
        return "250 OK"

    async def count(self, number: int) -> list[EmailMessage]:
        async with asyncio.timeout(20):
            while len(self.arrived) < number:
                await asyncio.sleep(0.02)
        return self.arrived


@asynccontextmanager
async def mail_server(mailbox: Mailbox, port: str, *, password: str | None = None) -> AsyncIterator[None]:
    def check(_: object, __: object, ___: object, ____: object, login: object) -> AuthResult:
        return AuthResult(success=getattr(login, "password", b"") == (password or "").encode(), handled=False)

    def server() -> SMTP:
        more = {"auth_require_tls": False, "auth_required": True, "authenticator": check} if password else {}
        return SMTP(mailbox, **more)

    listening = await asyncio.get_running_loop().create_server(server, "127.0.0.1", int(port))
    try:
        yield
    finally:
        listening.close()


@asynccontextmanager
async def posting(store: Store) -> AsyncIterator[None]:
    job = asyncio.create_task(post(store.settings, store))
    try:
        yield
    finally:
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)


@pytest.fixture
def port() -> str:
    return free_port()


@pytest.fixture
def post_office(sqlite_store: Store, port: str) -> Store:
    """A store whose staff can get e-mail."""
    sqlite_store.settings = replace(
        sqlite_store.settings,
        smtp_host="127.0.0.1", smtp_port=int(port), smtp_security="none", mail_from="bot@centrum.example",
        staff_email="leads@centrum.example", desk_url="https://bureau.example",
    )  # fmt: skip
    return sqlite_store


def letter(to: str, text: str = "L-2026-0001 · vroeg om een mens") -> OutboxMessage:
    return OutboxMessage(None, Address(EMAIL, to), Message(text))


async def test_who_has_the_lead_gets_a_number_and_a_link_and_no_name(post_office: Store, port: str) -> None:
    mailbox = Mailbox()
    sanne = post_office.team.add("Sanne", email="sanne@centrum.example")
    with post_office.transaction():
        (person,) = post_office.conversations.load([Address("telegram", "1")])
        lead = file(post_office, person.id, "telegram", draft(), Where("zorg", "Zwolle"), content="1", at=now()).lead
    post_office.leads.claim(lead.id, sanne.id, "Sanne", now())
    lead = ask_for(post_office, lead, "asked", now())
    assert tell(post_office, lead, "vroeg om een mens", at=now())
    async with mail_server(mailbox, port), posting(post_office):
        (mail,) = await mailbox.count(1)
    assert mail["To"] == "sanne@centrum.example"
    assert mail["Subject"] == "L-2026-0001 · vroeg om een mens"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().split() == [*mail["Subject"].split(), "https://bureau.example/leads/L-2026-0001"]
    assert not any(word in mail.as_string() for word in ("Zo", "Vries", "12345678", "zwolle", "Zwolle"))
    assert post_office.outbox.waiting() == 0


async def test_it_is_tried_until_the_server_takes_it_and_then_not_again(post_office: Store, port: str) -> None:
    mailbox = Mailbox()
    mailbox.to["a@x.example"] = ["450 Try later", "451 Greylisted"]
    post_office.outbox.queue([letter("a@x.example"), letter("b@x.example")])
    async with posting(post_office):
        await asyncio.sleep(0.3)  # nobody listens there yet
        async with mail_server(mailbox, port):
            arrived = await mailbox.count(2)
    assert sorted(mail["To"] for mail in arrived) == ["a@x.example", "b@x.example"]
    async with mail_server(mailbox, port), posting(post_office):
        await asyncio.sleep(0.3)
    assert len(mailbox.arrived) == 2


async def test_a_mailbox_that_is_not_there_is_given_up_and_holds_up_nobody(post_office: Store, port: str) -> None:
    mailbox = Mailbox()
    mailbox.to["gone@x.example"] = ["550 No such mailbox"] * 9
    post_office.outbox.queue([letter("gone@x.example"), letter("no address at all"), letter("there@x.example")])
    async with mail_server(mailbox, port), posting(post_office):
        await mailbox.count(1)
        async with asyncio.timeout(10):
            while post_office.outbox.waiting():
                await asyncio.sleep(0.02)
    assert len(mailbox.to["gone@x.example"]) == 8


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # between processes on one machine
async def test_a_wrong_password_is_for_an_operator_and_loses_nothing(post_office: Store, port: str) -> None:
    mailbox = Mailbox()
    post_office.outbox.queue([letter("a@x.example")])
    async with mail_server(mailbox, port, password=PASSWORD):
        for password, arrives in (("wrong", 0), (PASSWORD, 1)):
            post_office.settings = replace(post_office.settings, smtp_user="bot", smtp_password=password)
            async with posting(post_office):
                await (mailbox.count(1) if arrives else asyncio.sleep(0.5))
            assert len(mailbox.arrived) == arrives
        assert mailbox.tries == 1  # nobody is named to a server that does not know us


async def test_what_cannot_be_sealed_is_not_sent_where_it_must_be(post_office: Store, port: str) -> None:
    mailbox = Mailbox()
    post_office.settings = replace(post_office.settings, smtp_security="starttls")  # the server offers none
    post_office.outbox.queue([letter("a@x.example")])
    async with mail_server(mailbox, port), posting(post_office):
        await asyncio.sleep(0.5)
    assert (mailbox.arrived, post_office.outbox.waiting()) == ([], 1)


async def test_a_subject_is_one_line_whatever_stands_in_it(post_office: Store, port: str) -> None:
    mailbox = Mailbox()
    post_office.outbox.queue([letter("a@x.example", "L-1\r\nBcc: thief@x.example")])
    async with mail_server(mailbox, port), posting(post_office):
        (mail,) = await mailbox.count(1)
    assert (mail["Subject"], mail["Bcc"]) == ("L-1", None)


@pytest.mark.parametrize(
    ("env", "problem"),
    [
        ({"SMTP_HOST": "mail.example"}, "MAIL_FROM"),
        ({"SMTP_USER": "bot"}, "SMTP_PASSWORD"),
        ({"STAFF_EMAIL": "a@b.nl, c@d.nl"}, "STAFF_EMAIL"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
    ],
)
def test_settings_that_send_nothing_are_refused(env: dict[str, str], problem: str, tmp_path: Path) -> None:
    with pytest.raises(BotError, match=problem):
        Settings.read(env, root=tmp_path)


def test_each_way_of_sealing_has_its_port(tmp_path: Path) -> None:
    ports = {way: Settings.read({"SMTP_SECURITY": way}, root=tmp_path).smtp_port for way in ("starttls", "tls", "none")}
    assert ports == {"starttls": 587, "tls": 465, "none": 25}
