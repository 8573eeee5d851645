"""A lead in five lines, that an adviser reads in ten seconds before the call."""

from collections.abc import Iterator, Mapping

from bot.content.knowledge import FactRole
from bot.content.staff_sentences import StaffSentence
from bot.staff.cells import clean
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.store.lead_model import Lead
from bot.text import say_language, shorten, without_notes

WHO = (
    FactRole.AGE,
    FactRole.PLACE,
    FactRole.WORKPLACE,
    FactRole.LEVEL,
    FactRole.EMPLOYMENT,
    FactRole.BENEFIT,
    FactRole.HOURS,
    FactRole.SECTOR,
    FactRole.COMPANY_SIZE,
    FactRole.LANGUAGE,
)
"""What says who somebody is, in this order."""
LONGEST = 80  # characters of their own words
MOST_SHOWN = 3  # what stood on their first screen


def summary(lead: Lead, labels: Labels, locale: Locale, *, reach: bool = True) -> Iterator[str]:
    """Who they are; from which work to which; what must be minded; how to reach them, unless `reach` says that this
    stands beside it; what they saw."""
    facts = {
        role: said
        for question in lead.answers
        if (role := labels.roles.get(question)) and (said := _said(lead, question, labels))
    }
    if age := facts.get(FactRole.AGE):
        facts[FactRole.AGE] = locale.say(StaffSentence.SUMMARY_AGE, age=age)
    if dutch := facts.get(FactRole.LANGUAGE):
        facts[FactRole.LANGUAGE] = locale.say(StaffSentence.SUMMARY_LANGUAGE, level=dutch)
    if who := [_in_list(role, facts[role]) for role in WHO if role in facts]:
        yield ", ".join(who)
    yield from _work(facts, locale)
    if mind := [facts[role] for role in (FactRole.LIMITS, FactRole.EXCLUDED) if role in facts]:
        yield locale.say(StaffSentence.SUMMARY_MIND, limits="; ".join(mind))
    if explored := " · ".join(_explored(facts, locale)):
        yield explored
    if reach:
        yield locale.say(StaffSentence.SUMMARY_REACH, how=", ".join(_ways(lead, locale)))
    if lead.advice and lead.advice.offers:
        names = "; ".join(without_notes(one.name) for one in lead.advice.offers[:MOST_SHOWN])
        yield locale.say(StaffSentence.SUMMARY_SHOWN, names=names)


def _work(facts: Mapping[FactRole, str], locale: Locale) -> Iterator[str]:
    """From which work to which."""
    job, wish = facts.get(FactRole.JOB), facts.get(FactRole.WISH) or facts.get(FactRole.VACANCY)
    if job and wish:
        yield locale.say(StaffSentence.SUMMARY_FROM_TO, job=job, wish=wish)
    elif wish:
        yield locale.say(StaffSentence.SUMMARY_WISH, wish=wish)
    elif job:
        yield locale.say(StaffSentence.SUMMARY_JOB, job=job)


def _explored(facts: Mapping[FactRole, str], locale: Locale) -> Iterator[str]:
    """What who did not know what they want likes, can, looked at, and did not choose."""
    if FactRole.INTERESTS in facts:
        yield locale.say(StaffSentence.SUMMARY_LIKES, likes=facts[FactRole.INTERESTS])
    if FactRole.SKILLS in facts:
        yield locale.say(StaffSentence.SUMMARY_CAN, skills=facts[FactRole.SKILLS])
    if FactRole.EXPLORED in facts:
        yield locale.say(StaffSentence.SUMMARY_EXPLORED, jobs=facts[FactRole.EXPLORED])
    if FactRole.REFUSED in facts:
        yield locale.say(StaffSentence.SUMMARY_REFUSED, reasons=facts[FactRole.REFUSED])


def wish(lead: Lead, labels: Labels) -> str:
    """What somebody wants to become, or whom they look for; empty when they did not say."""
    wanted = (FactRole.WISH, FactRole.VACANCY)
    found = (_said(lead, question, labels) for question in lead.answers if labels.roles.get(question) in wanted)
    return next(filter(None, found), "")


def _said(lead: Lead, question: str, labels: Labels) -> str:
    """An answer in a few words; empty when they do not know, or it is a bare no."""
    value = labels.answer(lead.kind, question, lead.answers[question].value)
    if value is None or isinstance(value, bool):
        return ""
    said = clean(f"{value:g}" if isinstance(value, float) else str(value)).replace("\n", " ")
    return shorten(said, LONGEST)


def _in_list(role: FactRole, said: str) -> str:
    """The words of a button behind a comma: "In dienst" begins small there, "WW" and "Utrecht" do not."""
    is_word = said[1:2].islower() and role not in (FactRole.PLACE, FactRole.WORKPLACE)
    return said[:1].lower() + said[1:] if is_word else said


def _ways(lead: Lead, locale: Locale) -> Iterator[str]:
    """Their own wish first, then what there is, and the language that they spoke."""
    if wish := lead.contact.get("wish"):
        yield clean(wish).replace("\n", " ")
    for name in ("phone", "email"):
        if lead.contact.get(name):
            yield locale.words.contact.get(name, name).casefold()
    yield say_language(lead.language, locale.language.code)
