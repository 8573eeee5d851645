"""BinaryRegression regression, four times, because four things are asked of it:

- `binary`: one yes or no about each of very many rows (whether two words belong together); all rows at once, by Adam.
- `multinomial`: one of several labels for features that overlap, whose sums are kept so that longer parts cost no more.
- `one_vs_rest`: a label or none, where what is clearly one of them counts for more than a little of each; a text that
  has no telling mark is let go before the rest of it is weighed.
- `landmarks`: one of some hundred labels by what a text is like; there are more labels than examples for most of them.

Each is fitted once, when content is compiled. Replaced by one, the slowest way would be taken by all: the multinomial
one takes every row by itself, which is too slow for the hundred thousand rows of `binary` and cannot say "none".
"""
