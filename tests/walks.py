"""Random walks: what people may do at any moment, and what must hold whatever they do."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.content.flow import Branch, Collect, Flow
from bot.engine import State, Turn
from bot.engine.effects import Effect, Forget, Message, WithdrawConsent
from bot.engine.events import Elapsed, Event, Pressed, Said, SentAttachment, SharedContact, Started

BEGIN = datetime(2026, 11, 23, 9, tzinfo=UTC)

TEXTS = (
    "ja|nee|ja hoor|yes|no|rood|groene|blauw maar niet te fel|b|2|1.|optie 3|geen|34|een jaar of dertig|7|13|95|"
    "vierendertig|12,5|1.000|2,5k|ongeveer 1000 euro|3|vijf|morgen|1 april|31 februari|2027-04-01|overdag en 's nachts|"
    "nooit|alles|klaar|lasser|verpleegkundige|iets met computers|utrect|3511lx|Hengelo|Nieuwegein|de maan|"
    "sam@example.com|sam@gmial.com|06-1234 5678|+31(0)612345678|0612|niks|weet ik niet|geen idee|skip|waarom?|terug|"
    "stop|help|mens|opnieuw|english|bestaat het stap budget nog?|wat kost een mbo opleiding|hoe laat is het?|"
    "dat was mijn antwoord|ik wil toch liever kok worden|ik bedoel 35|ik woon toch in Goes|i mean green|"
    "lasser, ben 34, woon in Goes en heb mbo 2|"
    "ik heb adhd|111222333|NL91ABNA0417164300|mijn naam is Sam|<script>alert(1)</script>|=1+1|"
    "{reference}|{x.__class__}|%s%n|../../etc|NULL|👍|‮rtl|ｆｕｌｌｗｉｄｔｈ|٣٤|½|①|-1|1e9|9999999999999999999999|"
    "0|∞|NaN|1.2.3,4,5.6|,,,|...|???|a|z|Ж|日本語のテキスト|ß|İ|ﬀ|00|+|@|a@b|/|//|/start|/start employer"
).split("|")
COMMANDS = (
    "/terug|/overzicht|/overslaan|/waarom|/waarom make-it-work-hu|/geld|/plan|/zoek novi|/zoek|/zoek zzzzz|/mens|"
    "/taal|/taal en|/privacy|/help|/stop|/opnieuw|/mijngegevens|/corrigeer|/intrekken|/wis|/terugg|/xyzzy|/even|"
    "/alles|/start|/language nl|/faq q01|/whynot"
).split("|")
ODD = ("", " ", "\n", "\x00\x07", "\u200b\u200e", "x" * 4096, "ja " * 1200, "\ud800", "1" * 4000, "(" * 3000)
DATA = ("", "a:b", "a:colour:red:0", "a:gone:x:1", "y:yes:999", "e:colour", "e:gone", "c:why:", "c:nothing:", "🙈" * 16)
GOOD = {
    "text": ("vuurrood", "Sam"),
    "name": ("Sam",),
    "integer": ("34", "7 stuks"),
    "decimal": ("12,5",),
    "range": ("3",),
    "currency": ("€ 1.000,-",),
    "date": ("1 april", "morgen"),
    "yes_no": ("ja hoor", "nee"),
    "lookup": ("lasser", "iets met computers"),
    "email": ("sam@example.com",),
    "phone": ("06-1234 5678",),
    "postcode_nl": ("3511lx",),
    "place": ("Nieuwegein", "3511"),
    "contact": ("0612345678", "sam@example.com"),
    "card": ("leuk", "gaat wel", "liever niet"),
    "skills": ("ik kan goed plannen", "koken en schoonmaken"),
}


class Walker(Rehearsal):
    """One person on a random walk. `versions`: libraries with the same questions, somewhat changed."""

    def __init__(self, versions: Sequence[Compiled], state: State) -> None:
        super().__init__(versions[0], BEGIN, state=state)
        self.versions = versions
        self.shown: list[str] = []  # what the buttons carry that were shown lately

    def take(self, event: Event) -> tuple[Effect, ...]:
        """One turn, written and read on the way, with all that must hold after it."""
        before = State.from_json(json.loads(json.dumps(self.state.to_json())))
        assert before == self.state
        effects = super().take(event)
        check(before, event, self.last, self.messages)
        for message in self.messages:
            self.shown = [*self.shown, *(button.data for button in message.buttons)][-60:]
        return effects


def check(before: State, event: Event, turn: Turn, said: Sequence[Message]) -> None:
    """What holds after every turn."""
    edit = isinstance(event, Said) and event.edited  # one that changes nothing is answered by nothing
    assert said or edit or isinstance(event, Elapsed), f"no answer to {event!r}"
    for message in said:
        assert message.text.strip(), f"an empty message after {event!r}"
        assert all(len(button.data.encode()) <= 64 for button in message.buttons), message.buttons
        assert all(button.label for button in message.buttons)
        assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message
    erased = any(isinstance(effect, Forget | WithdrawConsent) for effect in turn.effects)
    over = before.seen is not None and turn.state.seen != before.seen and not turn.state.answers
    changed = before.version != turn.state.version
    if not erased and not over and not changed and turn.state.mode != "ended":
        # Who begins anew is asked again whether they may be contacted, if they said no before.
        refused = {name for name in CONSENTS if name in before.answers and before.answers[name].value is False}
        # What was played back right before may be taken back; and who explores has no wish now.
        aside = {"desired_work"} if turn.state.detour else set()
        taken_back = (before.played_back or {}).keys()
        lost = before.answers.keys() - turn.state.answers.keys() - {"checked"} - refused - aside - taken_back
        assert not lost or not turn.state.answers.keys() & before.answers.keys(), f"lost {lost} after {event!r}"


CONSENTS = ("may_call", "may_contact")  # to being contacted, in the flows that are walked

Action = Callable[[Walker, int], Event]


def _say(_: Walker, number: int) -> Event:
    return Said(TEXTS[number % len(TEXTS)], edited=number % 17 == 0, message=number % 30)


def answer_well(walker: Walker, number: int) -> Event:
    """A good answer to the question that was put last."""
    flows = walker.compiled.content.flows.values()
    asked = walker.state.asked or ""
    question = next((found for flow in flows if (found := flow.question(asked))), None)
    if not isinstance(question, Collect):
        return Said("nee" if number % 5 == 0 else "ja")
    if question.choices and question.type != "lookup":
        return Said(question.choices[number % len(question.choices)].label[walker.state.language])
    good = GOOD[question.type]
    return Said(good[number % len(good)])


def _command(_: Walker, number: int) -> Event:
    return Said(COMMANDS[number % len(COMMANDS)])


def _odd(_: Walker, number: int) -> Event:
    return Said(ODD[number % len(ODD)])


def _press(walker: Walker, number: int) -> Event:
    known = walker.shown[-4:] if number % 3 else walker.shown
    return Pressed(known[number % len(known)] if known else DATA[number % len(DATA)])


def _press_nonsense(_: Walker, number: int) -> Event:
    return Pressed(DATA[number % len(DATA)])


def _attach(_: Walker, number: int) -> Event:
    return SentAttachment(("photo", "voice", "sticker", "location", "document", "newer than us")[number % 6])


def _share(_: Walker, number: int) -> Event:
    return SharedContact("31612345678" if number % 5 else "nonsense", "Sam", own=number % 4 > 0)


def _start(_: Walker, number: int) -> Event:
    return Started((None, "every_type", "nonsense", "human")[number % 4], (None, "nl", "en-GB", "pl")[number % 4])


def _wait(walker: Walker, number: int) -> Event:
    walker.on += (timedelta(minutes=1), timedelta(hours=9), timedelta(days=3), timedelta(days=20))[number % 4]
    return Elapsed()


def _publish(walker: Walker, number: int) -> Event:
    walker.compiled = walker.versions[number % len(walker.versions)]
    return Said(TEXTS[number % len(TEXTS)])


ACTIONS: tuple[Action, ...] = (
    *(answer_well,) * 24,
    *(_say,) * 8,
    *(_press,) * 6,
    *(_command,) * 3,
    _odd,
    _press_nonsense,
    _attach,
    _share,
    _start,
    _wait,
    _publish,
)


def changed_flows(flows: Mapping[str, Flow], flow_id: str) -> Iterator[Mapping[str, Flow]]:
    """The flows as they are; with a question fewer, renamed, with other choices, and in another order."""
    flow = flows[flow_id]
    yield flows
    kept = tuple(step for step in flow.steps if step.id not in ("price", "too_lucky"))
    yield {**flows, flow_id: _relinked(replace(flow, steps=kept))}
    renamed = tuple(
        replace(step, id="amount") if isinstance(step, Collect) and step.id == "price" else step for step in flow.steps
    )
    yield {**flows, flow_id: replace(flow, steps=renamed, renames={"price": "amount"})}
    narrowed = tuple(
        replace(step, choices=step.choices[1:]) if isinstance(step, Collect) and step.choices else step
        for step in flow.steps
    )
    yield {**flows, flow_id: replace(flow, steps=narrowed)}
    first, *rest = flow.steps
    yield {**flows, flow_id: replace(flow, steps=(first, *reversed(rest[6:12]), *rest[:6], *rest[12:]))}


def _relinked(flow: Flow) -> Flow:
    """The flow without branches to steps that are gone."""

    def there(branch: Branch) -> bool:
        return branch.then in flow.positions

    return replace(flow, steps=tuple(replace(step, next=tuple(filter(there, step.next))) for step in flow.steps))
