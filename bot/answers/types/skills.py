from collections.abc import Iterator, Mapping

from bot.advice.exploring.background import ALL, named_skills
from bot.answers.question_type import answer_type
from bot.answers.types.select_multiple import SelectMultiple
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Choice, Collect
from bot.content.knowledge import FactKind, FactRole
from bot.text import say_list


@answer_type
class Skills(SelectMultiple):
    """What somebody can of what one does in their work: the choices follow from that work (skills.yaml)."""

    name = "skills"
    gives = FactKind.DERIVED_SET
    makes_choices = True

    def lacks(self, question: Collect) -> Iterator[tuple[str, str | None]]:
        yield from ()

    def choices(self, question: Collect, facts: Mapping[str, Value], compiled: Compiled) -> tuple[Choice, ...]:
        knowledge = compiled.content.knowledge
        named = named_skills(compiled, str(facts.get(knowledge.fact_of(FactRole.JOB), "")))
        says = knowledge.exploring.likings.says
        if not named or says is None:
            return ()
        every = Choice(ALL, says.all_skills, question.at, exclusive=True)
        return (every, *(Choice(one, knowledge.exploring.skills[one].does, question.at) for one in named))

    def show(self, question: Collect, value: Value, compiled: Compiled, language: str) -> str:
        exploring = compiled.content.knowledge.exploring
        if not isinstance(value, frozenset) or exploring.likings.says is None:
            return str(value)
        if ALL in value:
            return exploring.likings.says.all_skills[language]
        return say_list([one.does[language] for one in exploring.skills.values() if one.id in value], language)

    def accepts(self, question: Collect, value: Value) -> bool:
        return isinstance(value, frozenset)

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        yield frozenset({ALL})
