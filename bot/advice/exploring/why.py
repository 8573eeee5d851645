"""Work that is worth a look, in words: why it fits, a Tuesday, what it asks, the way there, and what one may mind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.advice.exploring.explore import Found
from bot.advice.exploring.ranking import Wanderer
from bot.advice.exploring.reach import Way
from bot.advice.filling import Day, joined, say
from bot.advice.learning_line import how_long, pays
from bot.content.exploring import Exploring, ExploringSentences, Interest, Trait, WorkRow
from bot.content.knowledge import FactRole, RouteKind, RuleKind
from bot.text import Text, in_each, say_list

LEANS = 0.2  # of a correlation: a job that leans so much to an interest has much of it
NEAR = 0.15  # a cosine of skills
MUCH = 2
MOST_REASONS, MOST_SKILLS, MOST_DONE = 2, 2, 3


@dataclass(frozen=True, slots=True)
class JobInWords:
    """Each a sentence or two, in every language."""

    name: Text
    why: Text
    day: Text
    needs: Text | None
    way: Text
    mind: Text
    prospect: Text | None

    @property
    def lines(self) -> tuple[Text, ...]:
        """All that is said, in the order in which one reads it."""
        return tuple(one for one in (self.why, self.day, self.way, self.needs, self.mind, self.prospect) if one)


def in_words(found: Found, wanderer: Wanderer, exploring: Exploring) -> JobInWords:
    """A job as it is shown. Raises AssertionError when interests.yaml does not say how."""
    says, row = exploring.likings.says, found.job.work.row
    assert says is not None, "`overstap check` asks for it"
    return JobInWords(
        name=in_each([found.job.occupation.name], lambda language: _upper(found.job.occupation.name[language])),
        why=_why(row, wanderer, exploring, says),
        day=_day(row, exploring, says),
        needs=_needs(found.way, says),
        way=_way(found.way, says),
        mind=_mind(row, wanderer, exploring, says),
        prospect=_prospect(row, exploring, says),
    )


def _why(row: WorkRow, wanderer: Wanderer, exploring: Exploring, says: ExploringSentences) -> Text:
    likes = [one for one in wanderer.likes.liked if _has(row, one, exploring)][:MOST_REASONS]
    phrases = {one.id: one.phrase for one in exploring.likings.named}
    liked = [exploring.skills[one].does for one in row.skills if wanderer.likes.skills.get(one) == 1.0]
    brought = [*liked, *(phrases[one] for one in likes)][:MOST_REASONS]
    done = [exploring.skills[one].does for one in row.skills if one in wanderer.background.skills][:MOST_SKILLS]
    reasons = [say(says.fits, likes=_listed(brought))] if brought else []
    if done:
        reasons.append(say(says.can, skills=_listed(done)))
    elif wanderer.background.near.get(row.isco, 0.0) >= NEAR:
        reasons.append(says.near)
    return joined(*reasons) if reasons else says.new


def _has(row: WorkRow, one: Interest | Trait, exploring: Exploring) -> bool:
    """Whether there is much of it in a job; of an interest also something that one does, so that it can be seen."""
    if isinstance(one, Trait):
        return row.traits[one] == MUCH
    cards = next((each.cards for each in exploring.likings.interests if each.id is one), ())
    seen = any(exploring.skills[skill].card in cards for skill in row.skills)
    return seen and row.leaning[list(Interest).index(one)] >= LEANS


def _day(row: WorkRow, exploring: Exploring, says: ExploringSentences) -> Text:
    return say(says.day, does=_listed([exploring.skills[one].you for one in row.skills[:MOST_DONE]]))


def _needs(way: Way | None, says: ExploringSentences) -> Text | None:
    """What the way asks first, a diploma before all else; None when nobody knows."""
    if way is None:
        return None
    item, level = way.fit.profile.item, way.context.fact_of(FactRole.LEVEL)
    demands = [rule for rule in item.rules if rule.kind in (RuleKind.HARD, RuleKind.SOFT)]
    first = min(demands, key=lambda rule: (rule.only_asks, level not in rule.facts), default=None)
    if first is not None and not first.only_asks:
        return say(says.needs, needs=_lower_first(first.because))
    if item.kind is RouteKind.OPEN:
        return says.no_diploma
    return first.because if first is not None else None


def _way(way: Way | None, says: ExploringSentences) -> Text:
    """What the way is called where nobody says how long it takes; else how one learns, and how long."""
    if way is None:
        return says.no_way
    item, towards = way.fit.profile.item, way.fit.towards
    if towards is not None:
        told = say(says.towards, step=item.title)
    else:
        told = say(says.way, way=how_long(item, way.context) or item.title)
    paid = pays(item, way.context)
    return joined(told, paid) if paid else told


def _mind(row: WorkRow, wanderer: Wanderer, exploring: Exploring, says: ExploringSentences) -> Text:
    """What one minds most: what they said they would rather not have first."""
    drawbacks = {one.id: one.text for one in exploring.likings.drawbacks}
    disliked = {trait.value for trait, worth in wanderer.likes.traits.items() if worth < 0 and row.traits[trait]}
    first = sorted(row.drawbacks, key=lambda one: one not in disliked)
    return say(says.mind, drawback=_lower_first(drawbacks[first[0]])) if first else says.no_drawback


def _prospect(row: WorkRow, exploring: Exploring, says: ExploringSentences) -> Text | None:
    known = next((one for one in exploring.likings.prospects if row.isco in one.isco), None)
    if known is None:
        return None
    site = known.source.split("/")[2].removeprefix("www.")
    return say(says.prospect, text=known.text, source=site, date=Day(known.dated))


# ------------------------------------------------------------------ two side by side
def side_by_side(one: Found, other: Found, exploring: Exploring) -> Iterator[Text]:
    """In what two jobs differ, and in what they are alike."""
    says = exploring.likings.says
    assert says is not None, "`overstap check` asks for it"
    amounts: Mapping[int, Text] = {0: says.little, 1: says.sometimes, MUCH: says.often}
    for trait in exploring.likings.traits:
        name = in_each([trait.phrase], lambda language, trait=trait: _upper(trait.phrase[language]))  # type: ignore[misc]
        first, second = (amounts[each.job.work.row.traits[trait.id]] for each in (one, other))
        if first == second:
            yield say(says.both, trait=name, much=first)
        else:
            names = one.job.occupation.name, other.job.occupation.name
            yield say(says.trait, trait=name, one=names[0], much=first, other=names[1], less=second)


def _listed(texts: list[Text]) -> Text:
    """With an "and" before the last, unless one of them has an "and" already."""

    def said(language: str) -> str:
        words = [text[language] for text in texts]
        joint = say_list(["", ""], language).strip()
        return ", ".join(words) if any(f" {joint} " in one for one in words) else say_list(words, language)

    return in_each(texts, said)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower_first(text: Text) -> Text:
    """A sentence as it goes on behind a colon."""
    return in_each([text], lambda language: text[language][:1].lower() + text[language][1:])
