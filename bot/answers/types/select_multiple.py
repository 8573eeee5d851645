from collections.abc import Iterator
from itertools import combinations

from bot.answers.choices import labels, read_some
from bot.answers.question_type import QuestionType, answer_type
from bot.answers.reading import Context, Option, Reading
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect
from bot.content.knowledge import FactKind

MOST_SUBSETS = 4  # of more named members than this, not every combination is tried


@answer_type
class SelectMultiple(QuestionType):
    """Some of some choices; a choice that is `exclusive` goes with no other."""

    name = "select_multiple"
    gives = FactKind.SOME_OF
    chooses = True
    takes_choices = True
    is_of_several = True

    def read(self, question: Collect, text: str, context: Context) -> Reading:
        alone = frozenset(choice.value for choice in question.choices if choice.exclusive)
        compiled = context.compiled
        return read_some(
            labels(question.choices, context.language, context.today),
            alone,
            text,
            compiled.reply_words,
            compiled.counting,
        )

    def offers(self, question: Collect, compiled: Compiled, language: str) -> tuple[Option, ...]:
        return tuple(Option(choice.value, choice.label[language]) for choice in question.choices)

    def accepts(self, question: Collect, value: Value) -> bool:
        return isinstance(value, frozenset) and value <= {choice.value for choice in question.choices}

    def classes(self, question: Collect, named: frozenset[Value]) -> Iterator[Value]:
        alone = [choice.value for choice in question.choices if choice.exclusive]
        together = [choice.value for choice in question.choices if not choice.exclusive]
        for value in alone:
            yield frozenset({value})
        telling = [value for value in together if value in named]
        others = [value for value in together if value not in named][:1]
        sizes = range(1, len(telling) + 1) if len(telling) <= MOST_SUBSETS else (1, len(telling))
        seen = {frozenset(part) for size in sizes for part in combinations(telling, size)}
        seen |= {part | set(others) for part in seen} | ({frozenset(others)} if others else set())
        yield from sorted(seen, key=sorted)
