"""Logistic regression, four times, because four things are asked of it:

- `binary`: one yes or no about each of very many rows (whether two words belong together); all rows at once.
- `multinomial`: one of several labels for features that overlap, whose sums are kept so that longer parts cost no more.
- `one_vs_rest`: a label or none, where what is clearly one of them counts for more than a little of each; a text that
  has no telling mark is let go before the rest of it is weighed.
- `landmarks`: one of some hundred labels by what a text is like; there are more labels than examples for most of them.

Each is fitted once, when content is compiled, and each as suits it. What has a hundred thousand weights for one yes or
no is fitted by `descent`, all rows at once; where each weight is one for every label that would be slow, and a few rows
a step (`batches`) are enough.
"""
