from collections.abc import Iterator

from bot.answers.free_text import read_work
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import CLEAR, Context, Reading, Understood
from bot.compiled import Compiled
from bot.content.flow import Collect


@answer_type
class Lookup(QuestionType):
    """Free text, understood as work; `vocabulary` says whether it is a job or a wish."""

    name = "lookup"
    in_own_words = True
    is_said_back = True
    takes_choices = True

    def lacks(self, question: Collect) -> Iterator[tuple[str, str | None]]:
        if not question.vocabulary:
            yield "lookup needs a vocabulary", "vocabulary: current_job, or desired_work"
        yield from super().lacks(question)

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        assert question.vocabulary is not None, "flows are refused without it"
        return read_work(question.vocabulary, text, context)

    def guesses(self, reading: Understood) -> bool:
        # Work that we only think we recognise is asked back; work that we do not know at all is their own word for it.
        return reading.shown is not None and reading.certainty < CLEAR

    def samples(self, question: Collect, compiled: Compiled) -> Iterator[str]:
        knowledge, language = compiled.content.knowledge, compiled.content.country.fallback
        for named in (list(knowledge.occupations.values())[:1], list(knowledge.wishes.values())[:2]):
            yield from (one.words[language][0] for one in named)
