"""E-mail as a channel that messages go out over, by the mail server of the centre."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate

import aiosmtplib
from aiosmtplib.errors import SMTPDataError, SMTPException, SMTPRecipientRefused, SMTPRecipientsRefused

from bot.channels.delivery.transport import Limits, NotNow, Undeliverable
from bot.channels.email import CHANNEL
from bot.settings import Settings
from bot.store import Address, Outgoing

SECONDS = 30.0  # for one e-mail
NO_MAILBOX = frozenset({550, 551, 553})  # RFC 5321, 4.2.3
REFUSED = 500
LONGEST_SUBJECT = 150  # characters


class EmailTransport:
    """Sends over SMTP, one message a connection: there are a few an hour."""

    name = CHANNEL
    limits = Limits(text=100_000, buttons=0, data=0)

    def __init__(self, settings: Settings) -> None:
        assert settings.smtp_host and settings.mail_from, "the settings were checked"
        self.settings, self.sender = settings, settings.mail_from

    def parts(self, outgoing: Outgoing) -> Sequence[EmailMessage]:
        """One e-mail. What an earlier message is to be taken away with has no text, and is none."""
        message = outgoing.message
        if not message.text and not message.title:
            return []
        mail = EmailMessage()
        mail["From"], mail["To"] = self.sender, outgoing.address.user
        mail["Subject"] = (message.title or message.text).split("\n", 1)[0][:LONGEST_SUBJECT]
        mail["Date"] = formatdate(localtime=False)
        # The same for each try: a server that took it although we never heard so knows it again.
        mail["Message-ID"] = f"<overstap-{outgoing.id}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody answers that they are on holiday
        mail.set_content(message.text)
        return [mail]

    async def send(self, part: EmailMessage) -> None:
        security = self.settings.smtp_security
        try:
            await aiosmtplib.send(
                part,
                hostname=self.settings.smtp_host,
                port=self.settings.smtp_port,
                username=self.settings.smtp_user,
                password=self.settings.smtp_password,
                use_tls=security == "tls",
                start_tls=security == "starttls",
                timeout=SECONDS,
            )
        except (SMTPException, OSError, ValueError) as error:
            raise _meaning(error) from None

    async def delete(self, address: Address, numbers: Sequence[int]) -> None:
        """Nobody can take an e-mail back; there is nothing of a person in ours."""


def _meaning(error: Exception) -> Undeliverable | NotNow:
    """Only that this mailbox is none, or that they refuse what we sent, is the end of it. A wrong password, a sender or
    a relay that is not allowed, and no way through, are for an operator: it is tried until then."""
    kind = type(error).__name__
    match error:
        case SMTPRecipientsRefused() if all(each.code in NO_MAILBOX for each in error.recipients):
            return Undeliverable(kind)
        case SMTPRecipientRefused() if error.code in NO_MAILBOX:
            return Undeliverable(kind)
        case SMTPDataError() if error.code >= REFUSED:
            return Undeliverable(kind)
        case ValueError():  # an address that no e-mail can have
            return Undeliverable(kind)
        case _:
            return NotNow(kind)
