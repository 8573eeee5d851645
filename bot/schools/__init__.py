"""Which schools near somebody give a diploma, and what proves it.

    nearby = compiled.schools.near(["verzorgende-ig"], home=municipality.coordinates, on=today, reach_km=30)
    nearby.proven    # within reach, the strongest proof first: school, place, km, year, forms, url
    nearby.ask       # schools within reach that may give it, without proof that they do there: "ask them"
    nearby.farther   # the nearest proof beyond the reach, when there is none within
    compiled.schools.for_occupations(["care-worker"])    # ("verzorgende-ig", ...), closest first

A proof never says more than its source does: `Proof.evidence` is what kind it is, `Proof.year` of when it is, and
`Proof.exact` whether it is about this diploma or only about a trade that the diploma belongs to.
"""

from bot.schools.diplomas import Reader
from bot.schools.index import Schools
from bot.schools.proof import Nearby, Proof, SchoolToAsk

__all__ = ["Nearby", "Proof", "Reader", "SchoolToAsk", "Schools"]
