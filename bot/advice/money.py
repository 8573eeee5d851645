"""Which ways to pay are open to a person on a day, and why (or why not)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache, partial

from bot.advice.filling import Day, changes, first_fact, of_rules, say
from bot.advice.model import Money, MoneyStatus, MoneyWords, Reason, RuleOutcome
from bot.content.advice_config import AdviceSentences
from bot.content.conditions import Value
from bot.content.knowledge import Applicant, FactRole, Knowledge, MoneyForm, Rule, Subsidy, SubsidyStatus, Window
from bot.eligibility import OPEN_SETS, Judgement, Truth, weigh
from bot.text import Text, without_notes

SETTLED = frozenset({MoneyStatus.ENDED, MoneyStatus.NOT_FOR_YOU, MoneyStatus.NOT_ELIGIBLE})
FOR_PEOPLE = frozenset({Applicant.PERSON, Applicant.EMPLOYEE})


def assess(subsidy: Subsidy, facts: Mapping[str, Value], knowledge: Knowledge, *, on: date) -> Money:
    """Say what someone can expect of one way to pay.

    In this order: it has ended; only others can ask; a known answer fails a demand; it is closed now; something is
    unknown, or somebody decides by hand, or our source is too old to promise anything; else it is open to them.
    """
    judgement = weigh(subsidy.rules, facts)
    status = status_of(subsidy, judgement, knowledge.freshness.old_after, on=on)
    settled = status in SETTLED
    unknown = frozenset() if settled else judgement.unknown_facts - OPEN_SETS
    return Money(
        subsidy=subsidy,
        status=status,
        judgement=judgement,
        unknown=unknown,
        hangs_on_benefit=subsidy.form is MoneyForm.BENEFIT and knowledge.fact_of(FactRole.BENEFIT) in unknown,
        worded=partial(_worded, subsidy, status, judgement, knowledge, on),
    )


def _worded(subsidy: Subsidy, status: MoneyStatus, judgement: Judgement, knowledge: Knowledge, on: date) -> MoneyWords:
    """Why it has its status, what would change that, and how much it is."""
    assert knowledge.advice is not None, "Compiled.of refuses ways to pay without sentences"
    sentences, language = knowledge.advice, knowledge.fact_of(FactRole.LANGUAGE)
    match status:
        case MoneyStatus.ENDED:
            reasons = _why_ended(subsidy, knowledge, sentences)
        case MoneyStatus.NOT_FOR_YOU:
            employer = Applicant.EMPLOYER in subsidy.applicants
            text = sentences.money_for_employer if employer else sentences.money_for_institution
            reasons = (Reason(text, RuleOutcome.NOT_MET),)
        case MoneyStatus.CLOSED:
            reasons = (_why_closed(subsidy, sentences, on), *of_rules(judgement, sentences, language))
        case MoneyStatus.NOT_ELIGIBLE:
            reasons = of_rules(judgement, sentences, language)
        case MoneyStatus.ELIGIBLE | MoneyStatus.MAYBE:
            reasons = (
                *of_rules(judgement, sentences, language),
                *_doubts(subsidy, knowledge.freshness.old_after, sentences, on),
            )
    return MoneyWords(
        reasons=(
            *(reasons or (_why_open(judgement, sentences),)),
            *(() if status in SETTLED else map(_unless_said, judgement.assumed)),
        ),
        nearest_miss=changes(judgement.nearest_miss) if status is MoneyStatus.NOT_ELIGIBLE else None,
        amount=first_fact(subsidy.facts, ("amount", "covers"), on, subsidy.summary.languages),
    )


def assess_for_company(subsidy: Subsidy, facts: Mapping[str, Value], knowledge: Knowledge, *, on: date) -> Money | None:
    """Say what a company can expect of one way to pay, by the facts that it gave; None: it is not for companies.

    A scheme for a group of workers (kind `target`) is `for_others` until the company says whom it is about.
    """
    if subsidy.company is None:
        return None
    as_read = replace(subsidy, applicants=(Applicant.PERSON,), rules=subsidy.company.rules)
    return replace(assess(as_read, facts, knowledge, on=on), subsidy=subsidy)


def status_of(subsidy: Subsidy, judgement: Judgement, old_after: int, *, on: date) -> MoneyStatus:
    """The status alone, without reasons."""
    if has_ended(subsidy, on):
        return MoneyStatus.ENDED
    if FOR_PEOPLE.isdisjoint(subsidy.applicants):
        return MoneyStatus.NOT_FOR_YOU
    if judgement.verdict is Truth.NO:
        return MoneyStatus.NOT_ELIGIBLE
    if is_closed(subsidy, on):
        return MoneyStatus.CLOSED
    page = subsidy.facts.get("status")
    runs = subsidy.status in (SubsidyStatus.OPEN, SubsidyStatus.PERIODIC)
    sure = runs and not is_old(page.dated if page else None, old_after, on)
    return MoneyStatus.ELIGIBLE if sure and judgement.verdict is Truth.YES else MoneyStatus.MAYBE


def has_ended(subsidy: Subsidy, on: date) -> bool:
    """Ended in the data, or past its last day: a scheme does not live on because nobody changed a word."""
    return subsidy.status is SubsidyStatus.ENDED or (subsidy.valid.until is not None and subsidy.valid.until < on)


def is_closed(subsidy: Subsidy, on: date) -> bool:
    """Between rounds, or out of money. A scheme without known rounds is not closed."""
    return bool(subsidy.windows) and not any(_is_open(window, on) for window in subsidy.windows)


def _is_open(window: Window, on: date) -> bool:
    return (
        (window.opens is None or window.opens <= on)
        and (window.closes is None or on <= window.closes)
        and (window.exhausted_on is None or on < window.exhausted_on)
    )


def last_day_to_apply(subsidy: Subsidy, on: date) -> date | None:
    """The last day of the round that is open; None when there is none, or when its end is not known."""
    open_now = (one for one in subsidy.windows if _is_open(one, on))
    return next((one.closes for one in open_now if one.closes), None)


def when_to_apply(subsidy: Subsidy, sentences: AdviceSentences, on: date) -> Text | None:
    """Until when, or from when, one can apply; when the scheme ends, where no round is known."""
    if has_ended(subsidy, on):
        return None
    if closes := last_day_to_apply(subsidy, on):
        return say(sentences.money_until, date=Day(closes))
    if is_closed(subsidy, on):
        return _why_closed(subsidy, sentences, on).text
    return say(sentences.money_runs_until, date=Day(subsidy.valid.until)) if subsidy.valid.until else None


@lru_cache(maxsize=2_000)  # every source has its day, and every advice asks of all of them
def is_old(dated: str | None, old_after: int, on: date) -> bool:
    """Whether a page is too old to build on. A page without a date may be of any age."""
    return dated is None or last_day(dated) < on - timedelta(days=old_after)


@lru_cache(maxsize=2_000)
def last_day(dated: str) -> date:
    """The last day that a partial date may mean: "2025" is on 31 December, "2024-04" on the 30th of April at most."""
    year, *rest = (int(part) for part in dated.split("-"))
    match rest:
        case []:
            return date(year, 12, 31)
        case [month]:
            return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        case [month, day, *_]:
            return date(year, month, day)
        case _:
            raise AssertionError(dated)


def _why_open(judgement: Judgement, sentences: AdviceSentences) -> Reason:
    return Reason(sentences.nothing_against if judgement.satisfied else sentences.money_open_to_all, RuleOutcome.MET)


def _unless_said(exclusion: Rule) -> Reason:
    """A rule that excludes somebody, of whom we do not know it: it counts as met, and is shown as unknown."""
    return Reason(exclusion.because, RuleOutcome.UNKNOWN, min(exclusion.facts))


def _why_ended(subsidy: Subsidy, knowledge: Knowledge, sentences: AdviceSentences) -> tuple[Reason, ...]:
    until = subsidy.valid.until
    ended = sentences.money_ended if until is None else say(sentences.money_ended_on, date=Day(until))
    names = [without_notes(knowledge.subsidies[one].name) for one in subsidy.replaced_by if one in knowledge.subsidies]
    instead = (Reason(say(sentences.money_instead, names=names), RuleOutcome.MET),) if names else ()
    return (Reason(ended, RuleOutcome.NOT_MET), *instead)


def _why_closed(subsidy: Subsidy, sentences: AdviceSentences, on: date) -> Reason:
    coming = [window.opens for window in subsidy.windows if window.opens and window.opens > on]
    gone = [window.exhausted_on for window in subsidy.windows if window.exhausted_on and window.exhausted_on <= on]
    if coming:
        return Reason(say(sentences.money_opens, date=Day(min(coming))), RuleOutcome.NOT_MET)
    if gone:
        return Reason(say(sentences.money_exhausted, date=Day(max(gone))), RuleOutcome.NOT_MET)
    return Reason(sentences.money_closed, RuleOutcome.NOT_MET)


def _doubts(subsidy: Subsidy, old_after: int, sentences: AdviceSentences, on: date) -> tuple[Reason, ...]:
    """Why even who meets every demand must ask first."""
    match subsidy.status:
        case SubsidyStatus.UNKNOWN:
            return (Reason(sentences.money_status_unknown, RuleOutcome.ASK_FIRST),)
        case SubsidyStatus.DEPENDS:
            return (Reason(sentences.money_depends, RuleOutcome.ASK_FIRST),)
        case SubsidyStatus.PROPOSED:
            return (Reason(sentences.money_proposed, RuleOutcome.ASK_FIRST),)
        case SubsidyStatus.OPEN | SubsidyStatus.PERIODIC | SubsidyStatus.ENDED:
            fact = subsidy.facts.get("status")
            if not is_old(fact.dated if fact else None, old_after, on):
                return ()
            if fact is None or fact.dated is None:
                return (Reason(sentences.is_undated, RuleOutcome.ASK_FIRST),)
            return (Reason(say(sentences.is_old, date=Day(fact.dated)), RuleOutcome.ASK_FIRST),)
