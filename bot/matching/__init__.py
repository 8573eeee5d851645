"""Search: text folded and split, an index of labels with example wordings, a calibrated score.

Pure: numpy and rapidfuzz, no clock, no log. `Index` answers questions and finds names; `closest` corrects a button;
`called` finds what has names; `Phrases` knows whole messages.
"""

from bot.matching.called import called
from bot.matching.closest import Near, closest
from bot.matching.index import Index, Match
from bot.matching.normalise import either, fold, folded, words
from bot.matching.phrases import Phrases

__all__ = ["Index", "Match", "Near", "Phrases", "called", "closest", "either", "fold", "folded", "words"]
