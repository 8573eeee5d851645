"""The result as cards that one can read on a phone: what fits and why, the money and who asks for it, a first step."""

from collections.abc import Iterator

from bot.advice import advise
from bot.advice.model import Advice, Money, MoneyStatus, Offer, Outcome, Rejection, Verdict, provenance
from bot.content.flow import Match
from bot.content.sentences import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, Document, Message, Send
from bot.engine.replay import Passed
from bot.engine.turning import Turning
from bot.text import say_date, say_list

MOST_CARDS = 3  # a phone shows one card at a time; the rest is one button away
MOST_REASONS = 3
MOST_MONEY = 4
MOST_MISSES = 3


def advice_of(turning: Turning) -> Advice:
    """What fits the person, given what they answered until now."""
    return advise(turning.library, turning.main_position().facts, on=turning.today)


def show_results(turning: Turning, passed: Passed) -> None:
    """The best programmes, the money, and honestly what did not fit; only a line when nothing changed since before."""
    advice = advice_of(turning)
    if _same_as_before(turning, passed, advice):
        turning.say(Sentence.SAME_RESULTS)
        return
    if advice.nothing_fits:
        turning.say(Sentence.NOTHING_FITS)
    else:
        turning.say(Sentence.RESULTS, number=min(len(advice.offers), MOST_CARDS))
    for number, offer in enumerate(advice.offers[:MOST_CARDS], start=1):
        show_offer(turning, offer, number)
    if len(advice.offers) > MOST_CARDS:
        names = [offer.programme.name for offer in advice.offers[MOST_CARDS:]]
        buttons = [
            Button(offer.programme.name, CommandButton("search", offer.programme.id).data)
            for offer in advice.offers[MOST_CARDS:]
        ]
        turning.say(Sentence.MORE_RESULTS, *buttons, names=say_list(names, turning.state.language))
    in_plans = {step.money.subsidy.id for offer in advice.offers[:MOST_CARDS] for step in offer.plan.money}
    show_money(turning, advice, frozenset(in_plans) if in_plans else None)
    turning.say(Sentence.ASK_WHY_NOT, Button(turning.sentence(Sentence.WHY_NOT), CommandButton("whynot").data))


def _same_as_before(turning: Turning, passed: Passed, advice: Advice) -> bool:
    """Whether an earlier `match` on the path showed the same programmes, with fewer answers."""
    position = turning.main_position()
    earlier = [one for one in position.path if isinstance(one.step, Match) and one.known < passed.known]
    if not earlier:
        return False
    facts = dict(list(position.facts.items())[: earlier[-1].known])
    before = advise(turning.library, facts, on=turning.today)
    return [one.programme.id for one in before.offers] == [one.programme.id for one in advice.offers]


def show_offer(turning: Turning, offer: Offer, number: int | None = None) -> None:
    """One programme: what it is, why it is shown, what to watch, and the first step."""
    language, programme = turning.state.language, offer.programme
    good = [reason.text[language] for reason in offer.reasons if reason.outcome is Outcome.MET]
    # What is said of the source in general stands in the warning already.
    open_ends = [
        reason.text[language]
        for reason in offer.reasons
        if reason.outcome is not Outcome.MET and (reason.fact or not programme.must_say)
    ]
    verdict = Sentence.FITS if offer.verdict is Verdict.FITS else Sentence.MAYBE_FITS
    lines = [programme.summary[language], "", turning.sentence(verdict)]
    lines += [f"+ {reason}" for reason in good[:MOST_REASONS]]
    lines += [f"? {reason}" for reason in open_ends[:MOST_REASONS]]
    if programme.must_say:
        lines += ["", turning.sentence(Sentence.MIND, warning=programme.must_say[language])]
    lines += ["", turning.sentence(Sentence.FIRST_STEP, step=offer.plan.first_step[language])]
    lines += [source_line(turning, *provenance(programme))]
    buttons = (
        Button(turning.sentence(Sentence.BUTTON_WHY), CommandButton("why", programme.id).data),
        Button(turning.sentence(Sentence.BUTTON_MONEY), CommandButton("money", programme.id).data),
        Button(turning.sentence(Sentence.BUTTON_PLAN), CommandButton("plan", programme.id).data),
    )
    title = programme.name if number is None else f"{number}. {programme.name}"
    turning.send("\n".join(line for line in lines if line is not None), buttons, title=title)


def source_line(turning: Turning, source: str | None, checked: object) -> str:
    """Where it was read, and when somebody of us checked it."""
    if source is None:
        return turning.sentence(Sentence.NO_SOURCE)
    day = say_date(str(checked), turning.state.language) if checked else "?"
    shown = source if source.startswith("http") else turning.sentence(Sentence.OWN_DOCUMENT)
    return turning.sentence(Sentence.SOURCE, source=shown, day=day)


# ------------------------------------------------------------------ money
def show_money(turning: Turning, advice: Advice, only: frozenset[str] | None = None) -> None:
    """Ways to pay that may work, each with who has to ask. `only`: those of one plan."""
    useful = [
        money
        for money in advice.money
        if money.status in (MoneyStatus.ELIGIBLE, MoneyStatus.MAYBE) and (only is None or money.subsidy.id in only)
    ]
    useful.sort(key=lambda money: money.status is not MoneyStatus.ELIGIBLE)
    if not useful:
        turning.say(Sentence.NO_MONEY)
        return
    lines = [money_line(turning, money) for money in useful[:MOST_MONEY]]
    buttons = tuple(
        Button(money.subsidy.name, CommandButton("why", money.subsidy.id).data) for money in useful[:MOST_MONEY]
    )
    turning.send(
        "\n\n".join([*lines, turning.sentence(Sentence.NO_PROMISE)]), buttons, title=turning.sentence(Sentence.MONEY)
    )


def money_line(turning: Turning, money: Money) -> str:
    """One way to pay: what it is, whether it is likely, who asks for it."""
    language, subsidy = turning.state.language, money.subsidy
    likely = Sentence.MONEY_LIKELY if money.status is MoneyStatus.ELIGIBLE else Sentence.MONEY_MAYBE
    by_person = {"person", "employee"} & {applicant.value for applicant in subsidy.applicants}
    asker = Sentence.YOU_APPLY if by_person else Sentence.EMPLOYER_APPLIES
    parts = [f"{subsidy.name}: {turning.sentence(likely)} {turning.sentence(asker)}", subsidy.summary[language]]
    if subsidy.must_say:
        parts.append(turning.sentence(Sentence.MIND, warning=subsidy.must_say[language]))
    return "\n".join(parts)


# ------------------------------------------------------------------ why, and why not
def show_why(turning: Turning, item_id: str) -> None:
    """Why a programme or a way to pay fits or does not, and the one change that would make it fit."""
    advice, language = advice_of(turning), turning.state.language
    programmes: list[Offer | Rejection] = [*advice.offers, *advice.rejections]
    found: Offer | Rejection | Money | None = next((one for one in programmes if one.programme.id == item_id), None)
    found = found or next((one for one in advice.money if one.subsidy.id == item_id), None)
    if found is None:
        turning.say(Sentence.NOTHING_FOUND, name=item_id)
        return
    item = found.subsidy if isinstance(found, Money) else found.programme
    signs = {Outcome.MET: "+", Outcome.NOT_MET: "−", Outcome.UNKNOWN: "?", Outcome.ASK_FIRST: "?"}
    lines = [f"{signs[reason.outcome]} {reason.text[language]}" for reason in found.reasons]
    lines = lines or [turning.sentence(Sentence.NO_REASONS)]
    if not isinstance(found, Offer) and found.nearest_miss:
        lines += ["", turning.sentence(Sentence.NEAREST_MISS, change=found.nearest_miss[language])]
    missing = [fact_name(turning, fact) for fact in sorted(() if isinstance(found, Rejection) else found.unknown)]
    if missing:
        lines += ["", turning.sentence(Sentence.STILL_UNKNOWN, facts=say_list(missing, language))]
    lines += ["", turning.sentence(Sentence.SIGNS), source_line(turning, *provenance(item))]
    turning.send("\n".join(lines), title=item.name)


def show_why_not(turning: Turning) -> None:
    """The programmes that came nearest and did not fit, each with what stands in the way."""
    advice, language = advice_of(turning), turning.state.language
    near = [one for one in advice.rejections if one.nearest_miss][:MOST_MISSES] or list(advice.rejections)[:MOST_MISSES]
    if not near:
        turning.say(Sentence.NO_MISSES)
        return
    lines = []
    for one in near:
        against = [reason.text[language] for reason in one.reasons if reason.outcome is Outcome.NOT_MET][:2]
        lines.append("\n".join([one.programme.name, *(f"− {reason}" for reason in against)]))
    buttons = tuple(Button(one.programme.name, CommandButton("why", one.programme.id).data) for one in near)
    turning.send("\n\n".join(lines), buttons, title=turning.sentence(Sentence.WHY_NOT))


def fact_name(turning: Turning, fact: str) -> str:
    """A fact in a sentence: "je opleiding"."""
    known = turning.library.content.knowledge.facts.get(fact)
    return known.name[turning.state.language] if known else fact


# ------------------------------------------------------------------ the plan
def show_plan(turning: Turning, programme_id: str) -> None:
    """A document to keep: per programme the first step, the money, the questions to ask."""
    advice = advice_of(turning)
    offers = [one for one in advice.offers if not programme_id or one.programme.id == programme_id][:MOST_CARDS]
    if not offers:
        turning.say(Sentence.NO_PLAN)
        return
    text = "\n".join(_plan_lines(turning, offers))
    document = Document(turning.sentence(Sentence.PLAN_FILE), text, turning.state.language)
    turning.do(Send(Message(turning.sentence(Sentence.PLAN), document=document)))


def _plan_lines(turning: Turning, offers: list[Offer]) -> Iterator[str]:
    """The plan in the least of Markdown, as `bot.channels.document` prints it."""
    language = turning.state.language
    yield f"# {turning.sentence(Sentence.PLAN_TITLE)}"
    yield ""
    yield turning.sentence(Sentence.PLAN_MADE_ON, day=say_date(turning.today, language))
    for offer in offers:
        yield from ("", f"## {offer.programme.name}", "", offer.programme.summary[language], "")
        if offer.programme.must_say:
            yield from (turning.sentence(Sentence.MIND, warning=offer.programme.must_say[language]), "")
        yield from (turning.sentence(Sentence.FIRST_STEP, step=offer.plan.first_step[language]), "")
        yield from (offer.plan.own_costs.text[language], "")
        if offer.plan.money:
            yield from (turning.sentence(Sentence.PLAN_MONEY), "")
            for step in offer.plan.money:
                yield f"- {step.text[language]}"
            yield ""
        if offer.plan.ask:
            yield from (turning.sentence(Sentence.PLAN_ASK), "")
            yield from (f"- {question[language]}" for question in offer.plan.ask)
            yield ""
        if offer.programme.url:
            yield from (offer.programme.url, "")
        yield source_line(turning, *provenance(offer.programme))
    yield from ("", turning.sentence(Sentence.NO_PROMISE))
