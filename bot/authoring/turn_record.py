"""What came of a turn, for programs: one JSON object, with codes and not with texts to be searched."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.answers import Context, type_of
from bot.answers.types.place import Place
from bot.authoring.reading_report import as_json
from bot.authoring.rehearsal import Rehearsal
from bot.content.conditions import Value
from bot.content.flow import Collect, Consent, Vocabulary
from bot.content.sentence_keys import Sentence
from bot.engine.commands.registry import command_names
from bot.engine.effects import FileLead, Forget, HandOver, Message, NoteUnansweredQuestion, RecordConsent, ShowMyData
from bot.engine.state import CONTACT_WISH, GIVEN_UP, LIMITS, About, Answer, Confirmation
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.text import Text

WAITS_FOR = {
    About.UNDERSTOOD: "confirm",
    About.OVERHEARD: "confirm",
    About.CHANGE: "confirm",
    About.FORGET: "wipe",
}
"""What a yes would be about, in the words of the contract; any other goes by its own name."""
NAMED = {
    "forget": "erase",
    "review": "overview",
    "correct": "overview",
    "open_again": "back",
    "smalltalk:robot": "who",
    "nearer": "closer",
}
"""What was done, in the words of the contract; any other goes by its own name."""
FAILURES = frozenset(
    {
        Sentence.NO_NUMBER,
        Sentence.OTHER_MEASURE,
        Sentence.MORE_NUMBERS,
        Sentence.EXACT_NUMBER,
        Sentence.WHOLE_NUMBER,
        Sentence.AT_LEAST,
        Sentence.AT_MOST,
        Sentence.BETWEEN,
        Sentence.NO_DATE,
        Sentence.NO_SUCH_DAY,
        Sentence.NOT_BEFORE,
        Sentence.NOT_AFTER,
        Sentence.NO_CHOICE,
        Sentence.NO_WISH,
        Sentence.NO_JOB,
        Sentence.NOT_ONE_OF_THESE,
        Sentence.GOES_ALONE,
        Sentence.NO_YES_OR_NO,
        Sentence.PLAIN_YES_OR_NO,
        Sentence.PRESS_ONE,
        Sentence.LIKE_THIS,
        Sentence.NO_WORDS,
        Sentence.TEXT_TOO_SHORT,
        Sentence.TEXT_TOO_LONG,
        Sentence.TOO_LONG,
        Sentence.NO_PLACE,
        Sentence.NO_NAME,
        Sentence.NO_PHONE,
        Sentence.MORE_PHONES,
        Sentence.PHONE_DIGITS,
        Sentence.NO_EMAIL,
        Sentence.NO_CONTACT,
        Sentence.NO_POSTCODE,
        Sentence.NOTHING_OPEN,
        Sentence.UNKNOWN_COMMAND,
        Sentence.UNKNOWN_COMMAND_NEAR,
        Sentence.IS_REQUIRED,
        Sentence.NEEDED_TO_REACH_YOU,
        Sentence.NOT_A_YES,
        Sentence.WE_SKIP_IT,
    }
)
"""What says that a message was not understood."""


def account(person: Rehearsal) -> dict[str, Any]:
    """What the last turn of a person brought about, and what is known then."""
    turn = TurnContext(person.compiled, person.state, person.on)
    state = person.state
    question = turn.open_question()
    understood = person.last.understood
    filed = [effect for effect in person.last.effects if isinstance(effect, FileLead)]
    return {
        "messages": [_message(one) for one in person.messages],
        "asked": question.id if question else None,
        "waiting": _waiting(turn, state.confirmation) if state.confirmation else None,
        "facts": dict(_facts(turn)),
        "limits": {
            fact.removeprefix(LIMITS): answer.value for fact, answer in state.noted.items() if fact.startswith(LIMITS)
        },
        "acts": [as_json(act) for act in understood.acts] if understood else [],
        "unread": list(understood.unread) if understood else [],
        "answered": _traced(person, Traced.ANSWERED),
        "offered": _traced(person, Traced.OFFERED),
        "did": list(dict.fromkeys(_did(person))),
        "care": next(iter(_traced(person, Traced.CARED)), None),
        "failed": not FAILURES.isdisjoint(_traced(person, Traced.SAID)),
        "noted": bool(person.did(NoteUnansweredQuestion)),
        "consented": [effect.purpose for effect in person.last.effects if isinstance(effect, RecordConsent)],
        "editing": state.editing if state.editing in state.answers else None,
        "language": state.language,
        "shown": _traced(person, Traced.SHOWN),
        "lead": {"reference": state.reference, "complete": filed[-1].draft.complete} if filed else None,
        "stored": " | ".join(_stored(person)),
    }


def _message(message: Message) -> dict[str, Any]:
    document = message.document
    return {
        "title": message.title,
        "text": message.text,
        "buttons": [{"label": button.label, "data": button.data} for button in message.buttons],
        "document": {"name": document.name, "text": document.text} if document else None,
    }


def _traced(person: Rehearsal, kind: Traced) -> list[str]:
    return list(dict.fromkeys(one.name for one in person.last.trace if one.kind is kind))


# ------------------------------------------------------------------ what was done
def _did(person: Rehearsal) -> Iterator[str]:
    for name in _traced(person, Traced.DID):
        kind, _, what = name.partition(":")
        if kind == "flow":
            yield from [what] if what != person.state.flow or what != person.compiled.content.country.first_flow else []
        elif kind != "language" or what:
            yield NAMED.get(name, what if kind == "smalltalk" else name)
    for text in _content_said(person):
        yield from _pointed_at(person, text)
    for effect in person.last.effects:
        match effect:
            case HandOver():
                yield "human"
            case Forget():
                yield "erase"
            case ShowMyData():
                yield "mydata"
            case _:
                pass
    if any(message.document for message in person.messages):
        yield "plan"


def _content_said(person: Rehearsal) -> Iterator[Text]:
    """The answers from the knowledge that were sent."""
    knowledge = person.compiled.content.knowledge
    for one in _traced(person, Traced.ANSWERED):
        entry = knowledge.questions[one]
        said = [message.text for message in person.messages]
        answers = (entry.answer, *(variant.answer for variant in entry.variants))
        yield from (each for each in answers if any(words in text for words in each for text in said))
    for name in _traced(person, Traced.DID):
        kind, _, what = name.partition(":")
        if kind == "smalltalk":
            yield knowledge.small_talk[what].answer


def _pointed_at(person: Rehearsal, text: Text) -> Iterator[str]:
    """The flow or the language to which an answer of ours points: "typ /werkgever", "English? Type /language"."""
    typed = {word.strip("/.,!?") for said in text for word in said.split() if word.startswith("/")}
    for flow in person.compiled.content.flows.values():
        if not typed.isdisjoint(flow.opening_words):
            yield flow.id
    names = command_names(person.compiled.spoken)
    if any(names.get(word) == "language" for word in typed):
        spoken = person.compiled.content.country.languages
        yield from (f"language:{other}" for other in spoken if other != person.state.language)


# ------------------------------------------------------------------ what is known
def _facts(turn: TurnContext) -> Iterator[tuple[str, Any]]:
    for name, answer in turn.state.answers.items():
        question = turn.find_question(name)
        if answer.raw == GIVEN_UP:
            continue
        if isinstance(question, Collect | Consent):
            yield name, _value(turn.context, question, answer)
        elif name == CONTACT_WISH:
            yield name, answer.value
    known = turn.compiled.content.knowledge.facts
    yield from ((name, _plain(one.value)) for name, one in turn.state.noted.items() if name in known)


def _value(context: Context, question: Collect | Consent, answer: Answer) -> Any:
    value = answer.value
    if isinstance(question, Collect) and isinstance(value, str):
        if question.vocabulary is not None:
            return _work(context, question, value)
        if isinstance(type_of(question), Place):
            return context.compiled.places.read(value).municipality or value
    return _plain(value)


def _plain(value: Value | None) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _work(context: Context, question: Collect, words: str) -> dict[str, Any]:
    """What a text about work means; an occupation brings its sectors."""
    compiled = context.compiled
    kind = question.vocabulary or Vocabulary.DESIRED_WORK
    found = compiled.work(words, kind)
    occupations = compiled.content.knowledge.occupations
    sectors = [*found.sectors, *(sector for one in found.occupations for sector in occupations[one].sectors)]
    return {
        "words": words,
        "occupations": list(found.occupations),
        "sectors": list(dict.fromkeys(sectors)),
        "excluded": list(found.excluded),
    }


def _waiting(turn: TurnContext, waiting: Confirmation) -> dict[str, Any]:
    what = WAITS_FOR.get(waiting.about, waiting.about.value)
    names = waiting.answering or (waiting.question or "",) * len(waiting.options)
    values = [
        _value(turn.context, question, option) if isinstance(question, Collect | Consent) else _plain(option.value)
        for question, option in zip(map(turn.find_question, names), waiting.options, strict=True)
    ]
    if what == "confirm":
        return {"for": what, "facts": dict(zip(names, values, strict=True))}
    if waiting.options:
        return {"for": what, "fact": waiting.question, "values": values}
    return {"for": what}


def _stored(person: Rehearsal) -> Iterator[str]:
    """All that the store would hold of them. What was advised is ours, and not a word of theirs."""
    yield from _leaves(person.state.to_json())
    if person.lead:
        lead = person.lead
        yield from _leaves([lead.facts, lead.said, lead.contact, lead.consents, lead.source])


def _leaves(json: object) -> Iterator[str]:
    match json:
        case None | bool():
            return
        case dict():
            for value in json.values():
                yield from _leaves(value)
        case str():
            yield json
        case Iterable():
            for value in json:
                yield from _leaves(value)
        case _:
            yield str(json)
