"""Whether a conversation goes as stands in its file, the same way in other words, or another way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.authoring.conversation import Exchange, Mismatch, compare, play
from bot.authoring.effect_lines import kind_of, told
from bot.authoring.rehearsal import Watch
from bot.authoring.wording import FILE, ChangedWords, changed_words, read_words, stands_in, with_words_of_before
from bot.compiled import Compiled


@dataclass(frozen=True, slots=True)
class Verdict:
    """`wrong`: where it went another way. `words`: how often each text was said in other words; all that is other."""

    said: Sequence[str]  # all that the bot said
    wrong: Sequence[Mismatch] = ()
    words: Mapping[ChangedWords, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Judge:
    """Judges the conversations of one folder, by the words that were kept beside them.

    `watched`: the same content, of which is followed what is reached of it.
    """

    compiled: Compiled
    folder: Path
    watched: Compiled | None = None

    @cached_property
    def changed(self) -> list[ChangedWords]:
        return changed_words(read_words(self.folder / FILE), self.compiled.content)

    @cached_property
    def before(self) -> Compiled:
        return with_words_of_before(self.compiled, self.changed)

    def judge(self, path: Path, watch: Watch | None = None) -> Verdict:
        """Play a conversation, and once more with the words of before when it is not as it stands."""
        file, text = path.as_posix(), path.read_text(encoding="utf-8")
        now = play(file, text, self.watched or self.compiled, watch)
        said = [one for exchange in now for one in exchange.said]
        wrong = [mismatch for exchange in now for mismatch in compare(file, exchange)]
        if not wrong or not self.changed:
            return Verdict(said, wrong)
        then = play(file, text, self.before)
        # What is other with the words of before is no matter of words: it is told without those that are.
        if other := [mismatch for exchange in then for mismatch in compare(file, exchange)]:
            return Verdict(said, other)
        words = self._words(now)
        return Verdict(said, () if words else wrong, words) if _same_way(now, then) else Verdict(said, wrong)

    def _words(self, now: Sequence[Exchange]) -> dict[ChangedWords, int]:
        messages = [" ".join(said.split()) for exchange in now for said in exchange.said]
        places = {one: sum(stands_in(one.now, message) for message in messages) for one in self.changed}
        return {one: count for one, count in places.items() if count}


def _same_way(now: Sequence[Exchange], then: Sequence[Exchange]) -> bool:
    """Whether the same was done, with as many messages and the same buttons."""
    return len(now) == len(then) and all(_shape(one) == _shape(other) for one, other in zip(now, then, strict=True))


def _shape(exchange: Exchange) -> object:
    done = [(kind_of(effect), told(effect)) for effect in exchange.done]
    return bool(exchange.failure), [_buttons(said) for said in exchange.said], done


def _buttons(said: str) -> list[str]:
    return [line for line in said.split("\n") if line.startswith("[") and line.endswith("]")]
