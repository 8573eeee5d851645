"""Can each question be answered: its buttons pressed and typed, its limits kept, its refusals got past?"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from rapidfuzz.distance import OSA

from bot.answers import type_of
from bot.authoring.answer_classes import classes
from bot.authoring.texts import names_in, plain_texts
from bot.content.conditions import UNREAD, Value, comparisons, facts_of, members
from bot.content.flow import (
    Call,
    Choice,
    Collect,
    Constraint,
    Flow,
    Question,
    Review,
    Step,
    Submit,
)
from bot.content.language import Language
from bot.content.problems import Location, Problem, Severity, did_you_mean
from bot.eligibility import Truth, judge
from bot.engine.buttons import DONE, LONGEST, SKIP, AnswerButton, ChangeButton
from bot.engine.views.question import LONGEST_PLACEHOLDER
from bot.matching import fold
from bot.text import Text

WARNING = Severity.WARNING
LONGEST_LABEL = 40  # characters: what a phone shows of a button that has a row to itself
FEWEST_CHOICES = 2  # of fewer there is nothing to choose
HIGHEST_REVISION = 9999  # of a state: nobody answers more often than this


def problems_of(flows: Mapping[str, Flow], languages: Mapping[str, Language], on: date) -> Iterator[Problem]:
    """`on`: the day that it is."""
    spoken = {
        fold(phrase): command
        for language in languages.values()
        for command, phrases in {**language.speech.spoken, "language": language.speech.switch}.items()
        for phrase in phrases
    }
    for flow in flows.values():
        for step in flow.steps:
            if isinstance(step, Collect):
                yield from _labels(step, spoken)
                yield from _limits(step)
                yield from _default(step)
                yield from _refusals(step)
                yield from _contradictions(step)
                yield from _texts(step)
                yield from _over(step, on)
            if isinstance(step, Review):
                yield from _review(step, flows)
                yield from _not_shown(step, flow, flows)
            yield from _unfilled(step)
            yield from _data(step)


# ------------------------------------------------------------------ buttons
def _labels(question: Collect, spoken: Mapping[str, str]) -> Iterator[Problem]:
    for language in question.text.languages:
        taken: dict[str, str] = {}
        offered = [(choice.label, choice) for choice in question.choices]
        for label, choice in offered:
            said = fold(label[language])
            if said in taken:
                message = f"two buttons of {question.id!r} say {label[language]!r} ({language})"
                yield Problem(choice.at, message, "Give one of the two another label.", "F031", within=("label",))
            elif near := next((other for other in taken if _too_alike(said, other)), None):
                message = f"{label[language]!r} and {taken[near]!r} differ in one letter ({language})"
                hint = "Whoever types one with an error is asked which: choose other words."
                yield Problem(choice.at, message, hint, "F032", WARNING, within=("label",))
            taken.setdefault(said, label[language])
        yield from _words(question, language)
        for label, at in [*((label, choice.at) for label, choice in offered), *_skip(question)]:
            said = fold(label[language])
            if said in spoken and not (label is question.skip and spoken[said] == "skip"):
                message = f"the button {label[language]!r} is a command as well ({language})"
                within = ("skip",) if label is question.skip else ("label",)
                yield Problem(at, message, "Give it another label.", "F030", within=within)
            if len(label[language]) > LONGEST_LABEL:
                message = f"the {language} label has {len(label[language])} characters; a phone shows {LONGEST_LABEL}"
                yield Problem(at, message, "Make it shorter; say more in the hint.", "F033", WARNING)


def _skip(question: Collect) -> Iterator[tuple[Text, Location]]:
    if question.skip is not None:
        yield question.skip, question.at


def _too_alike(one: str, other: str) -> bool:
    """One letter apart, and not in a figure: "mbo 1" and "mbo 2" are hardly ever a typing error."""
    figures = re.findall(r"\d+", one) != re.findall(r"\d+", other)
    return min(len(one), len(other)) >= 4 and not figures and OSA.distance(one, other, score_cutoff=1) <= 1


def _words(question: Collect, language: str) -> Iterator[Problem]:
    """Words that would choose two things."""
    owners: dict[str, Choice] = {}
    for choice in question.choices:
        for word in dict.fromkeys(map(fold, (choice.label[language], *choice.words.get(language, ())))):
            owner = owners.setdefault(word, choice)
            if owner is not choice and word != fold(choice.label[language]):
                message = f"{word!r} stands for {owner.value!r} and for {choice.value!r} ({language})"
                hint = "Leave it with the one that it means most often."
                yield Problem(choice.at, message, hint, "F035", WARNING, within=("words", word))


def _data(step: Step) -> Iterator[Problem]:
    """What the longest button of a step would carry."""
    if not isinstance(step, Question):
        return
    values = ["yes"]
    if isinstance(step, Collect):
        values += [choice.value for choice in step.choices]
        values += [SKIP] if step.skip else []
        values += [DONE] if type_of(step).is_of_several else []
    longest = max(values, key=len)
    for button in (AnswerButton(step.id, longest, HIGHEST_REVISION), ChangeButton(step.id)):
        if (size := len(button.data.encode())) > LONGEST:
            message = f"the button for {longest!r} carries {size} bytes; Telegram takes {LONGEST}"
            yield Problem(step.at, message, "Shorten the name of the question or the value of the choice.", "F034")
            return


# ------------------------------------------------------------------ limits, defaults, refusals
def _limits(question: Collect) -> Iterator[Problem]:
    limits = question.constraint
    if limits is None:
        return
    if not type_of(question).has_limits:
        message = f"{question.type} has no limits: this constraint does nothing"
        yield Problem(limits.at, message, "Leave it out, or use 'rejections'.", "F038", WARNING)
    elif _crossed(limits):
        message = f"no answer is at least {limits.at_least} and at most {limits.at_most}"
        yield Problem(limits.at, message, "Turn the two round.", "F037")


def _crossed(limits: Constraint) -> bool:
    least, most = limits.at_least, limits.at_most
    if isinstance(least, str) and isinstance(most, str):
        return "today" not in (least, most) and least > most
    return isinstance(least, int | float) and isinstance(most, int | float) and least > most


def _default(question: Collect) -> Iterator[Problem]:
    value = question.default
    if value is None:
        return
    if not type_of(question).accepts(question, value):
        message = f"the default {_said(value)} is no answer to {question.id!r}"
        yield Problem(question.at, message, "Write what somebody could answer.", "F036", within=("default",))


def _said(value: Value) -> str:
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else repr(value)


def _refusals(question: Collect) -> Iterator[Problem]:
    """Refusals that refuse nothing, or everything. Only those that look at this answer alone can be known."""
    named = [one for rejection in question.rejections for one in comparisons(rejection.condition)]
    about = frozenset(value for one in named if one.fact == question.id for value in members(one.value))
    answers = [{question.id: value} for value in classes(question, about)]
    left = list(answers)
    for rejection in question.rejections:
        if UNREAD.fact in facts_of(rejection.condition):
            return
        if question.id not in facts_of(rejection.condition):
            message = f"this refusal does not look at the answer to {question.id!r}"
            yield Problem(rejection.at, message, f"Ask something of {question.id!r} in its 'if'.", "F040", WARNING)
        truths = {judge(rejection.condition, answer) for answer in answers}
        if truths == {Truth.NO}:
            hint = "Correct its 'if': the limits of the question come before it."
            yield Problem(rejection.at, "this refusal refuses no answer", hint, "F039", WARNING)
        if not rejection.soft:
            left = [answer for answer in left if judge(rejection.condition, answer) is not Truth.YES]
    if answers and not left:
        message = f"every answer to {question.id!r} is refused"
        yield Problem(question.at, message, "Let one of the refusals be 'soft', or correct them.", "F041")


# ------------------------------------------------------------------ the last day of a choice
def _over(question: Collect, on: date) -> Iterator[Problem]:
    """Choices that nobody is offered any more, and a question that they leave without a choice to make."""
    for choice in question.choices:
        if choice.is_over(on):
            message = f"{choice.value!r} of {question.id!r} was offered until {choice.until}: nobody sees it any more"
            hint = "Take it out, or give it a new day under another value: who chose it keeps what they chose."
            yield Problem(choice.at, message, hint, "F069", WARNING, within=("until",))
    offered = question.offered(on)
    if len(offered) < len(question.choices) and len(offered) < FEWEST_CHOICES and type_of(question).chooses:
        left = f"only {offered[0].value!r}" if offered else "nothing"
        asked = "It is asked all the same." if offered else "It is passed over, and its fact stays unknown."
        message = f"{question.id!r} has {left} left to choose"
        yield Problem(question.at, message, f"{asked} Add a choice, or take the question out.", "F070", WARNING)


# ------------------------------------------------------------------ what does not go together
def _contradictions(question: Collect) -> Iterator[Problem]:
    if question.required and question.skip is not None:
        message = f"{question.id!r} is required, and has a button to pass it over"
        yield Problem(question.at, message, "Leave 'required' or 'skip' out.", "F044", within=("skip",))
    if question.choices and not type_of(question).takes_choices:
        message = f"{question.type} has no choices: these are never chosen"
        yield Problem(question.at, message, "Use select_one, or leave them out.", "F042", WARNING, within=("choices",))
    for choice in question.choices:
        if choice.exclusive and not type_of(question).is_of_several:
            message = f"{choice.value!r} always goes alone: only one can be chosen"
            yield Problem(choice.at, message, "Leave 'exclusive' out.", "F043", WARNING, within=("exclusive",))
    if type_of(question).is_personal and not question.pii:
        message = f"{question.id!r} is personal: it asks for {question.type}"
        yield Problem(question.at, message, "Add: pii: true", "F047", within=("type",))


def _texts(question: Collect) -> Iterator[Problem]:
    for language in question.text.languages:
        if question.example and len(question.example[language]) > LONGEST_PLACEHOLDER:
            message = (
                f"the {language} example has {len(question.example[language])} characters; {LONGEST_PLACEHOLDER} fit"
            )
            yield Problem(
                question.at, message, "One or two short examples are enough.", "T004", WARNING, within=("example",)
            )
        # People answer the last of two questions only.
        if (count := question.text[language].count("?")) > 1:
            message = f"{question.id!r} asks {count} things at once ({language})"
            yield Problem(question.at, message, "Make a question of each.", "T005", WARNING, within=("text",))


def _review(review: Review, flows: Mapping[str, Flow]) -> Iterator[Problem]:
    questions = {step.id for flow in flows.values() for step in flow.steps if isinstance(step, Collect)}
    for name in review.only:
        if name not in questions:
            message, hint = f"there is no question {name!r}", did_you_mean(name, questions)
            yield Problem(review.at, message, hint, "F048", within=("only", name), lacks=name)


def _not_shown(review: Review, flow: Flow, flows: Mapping[str, Flow]) -> Iterator[Problem]:
    """Questions before a review that it leaves out: the person agrees to what they do not see, and it is filed."""
    place = flow.positions[review.id]
    if not review.only or not any(isinstance(step, Submit) for step in flow.steps[place:]):
        return
    for step in steps_before(flow, review.id, flows):
        if isinstance(step, Collect) and step.id not in review.only and not decides(step):
            message = f"{step.id!r} is asked, and the review {review.id!r} does not show it: it is sent unseen"
            hint = f"Add {step.id} to 'only' of the review."
            yield Problem(review.at, message, hint, "F068", Severity.WARNING, within=("only",))


def steps_before(flow: Flow, step_id: str, flows: Mapping[str, Flow]) -> Iterator[Step]:
    """The steps that stand above one, with those of the flows that are called there."""
    for step in flow.steps[: flow.positions[step_id]]:
        yield step
        if isinstance(step, Call) and step.flow in flows:
            yield from flows[step.flow].steps


def decides(question: Collect) -> bool:
    """Whether a question is only about how the conversation goes on: its answer branches, and says nothing else."""
    return bool(question.next) and all(
        facts_of(one.condition) == {question.id} for one in question.next if one.condition is not None
    )


def _unfilled(step: Step) -> Iterator[Problem]:
    for text in plain_texts(step):
        for name in sorted(names_in(text)):
            hint = "Only the question, its hint, and what the bot says can hold answers."
            yield Problem(step.at, f"{{{name}}} is not filled in in this text", hint, "F022")
