"""What is kept, in words for the person that it is about."""

from bot.store.lead import Status
from bot.text import Text

STATUS = {
    Status.NEW: Text("niemand heeft hem nog opgepakt", "nobody has picked it up yet"),
    Status.CLAIMED: Text("een adviseur heeft hem opgepakt", "an adviser has picked it up"),
    Status.TRIED: Text("een adviseur zocht contact met je", "an adviser tried to reach you"),
    Status.TALKING: Text("je hebt contact met een adviseur", "you are in touch with an adviser"),
    Status.DONE: Text("klaar", "done"),
    Status.LAPSED: Text("gestopt", "stopped"),
}
EVENTS = {
    "filed": Text("aanvraag ingediend", "request made"),
    "changed": Text("antwoorden veranderd", "answers changed"),
    "contact changed": Text("naam, telefoon of e-mail veranderd", "name, phone or e-mail changed"),
    "duplicate": Text("zelfde telefoon of e-mail", "same phone or e-mail"),
    "handed over": Text("vroeg om een mens", "asked for a person"),
    "withdrawn": Text("toestemming ingetrokken", "consent withdrawn"),
    "claimed": Text("opgepakt", "picked up"),
    "released": Text("losgelaten", "put back"),
    "attempt": Text("contact gezocht", "tried to reach"),
    "noted": Text("notitie geschreven", "note written"),
    "snoozed": Text("uitgesteld", "put off"),
    "closed": Text("gesloten", "closed"),
    "erased": Text("gewist", "erased"),
}
ACTORS = {"person": Text("jij", "you"), "bot": Text("de computer", "the computer")}
CONTACT = {"name": Text("Naam", "Name"), "phone": Text("Telefoon", "Phone"), "email": Text("E-mail", "E-mail")}
TABLES = {
    "conversations": Text("Je gesprek", "Your chat"),
    "consents": Text("Waar je ja tegen zei", "What you said yes to"),
    "leads": Text("Je aanvragen", "Your requests"),
    "lead_events": Text("Wat er met je aanvragen gebeurde", "What happened to your requests"),
    "lead_notes": Text("Notities van adviseurs", "Notes by advisers"),
    "unanswered": Text("Vragen waar ik geen antwoord op wist", "Questions that I could not answer"),
    "outbox": Text("Berichten die nog naar je toe gaan", "Messages that are still on their way"),
}

TITLE = Text("Wat ik van je bewaar", "What I keep about you")
ANSWERS = Text("Je antwoorden", "Your answers")
REQUEST = Text("Je aanvraag", "Your request")
ACCOUNT = Text("Je nummer op {channel}", "Your number on {channel}")
LANGUAGE = Text("Taal: Nederlands", "Language: English")
SINCE = Text("We praten sinds", "We have been talking since")
SOURCE = Text("Je kwam via de link", "You came by the link")
WAKE = Text("Ik kijk weer naar dit gesprek op", "I look at this chat again on")
BLOCKED = Text("Je hebt mij geblokkeerd", "You have blocked me")
KIND = Text("Soort", "Kind")
MADE = Text("Gemaakt op", "Made on")
STAND = Text("Stand", "Status")
ADVISER = Text("Adviseur", "Adviser")
NEXT = Text("Volgende stap", "Next step")
SHOWN = Text("Dit liet ik je zien", "This is what I showed you")
MONEY = Text("Geld dat misschien past", "Money that may fit")
NOTE = Text("Notitie", "Note")
SENT = Text("Berichten die ik stuurde, zonder hun tekst", "Messages that I sent, without their text")
REST = Text(
    "Alles tot het laatste getal staat in het bestand dat hierna komt.",
    "Everything down to the last number is in the file that comes next.",
)
