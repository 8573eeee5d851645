"""What schools offer, from the files that DUO publishes, as a table of facts in our own format.

Two files are read, each by its header, in UTF-8 or Windows-1252, with commas or semicolons:

* HO Opleidingsoverzicht (https://onderwijsdata.duo.nl/dataset/ho_opleidingsoverzicht): what can be followed part-time
  or dual at hogescholen and universities, becomes `knowledge/schools/ho.csv`;
* MBO Opleidingsaanbod (https://onderwijsdata.duo.nl/dataset/mbo_opleidingsaanbod): becomes `knowledge/schools/mbo.csv`.

DUO gives both away under CC0 1.0. Nothing of them is kept but facts: who gives which diploma, where, in which form,
until when, its page. An import writes everything or nothing.
"""

from bot.authoring.duo.formats import HO, MBO
from bot.authoring.duo.recognition import recognition
from bot.authoring.duo.report import MOST_SHOWN, Changes, changes, report, shrunk
from bot.authoring.duo.rows import NotThisFile
from bot.authoring.duo.school_book import SCHOOLS
from bot.authoring.duo.table import Imported, read
from bot.authoring.duo.writing import write

__all__ = [
    "HO",
    "MBO",
    "MOST_SHOWN",
    "SCHOOLS",
    "Changes",
    "Imported",
    "NotThisFile",
    "changes",
    "read",
    "recognition",
    "report",
    "shrunk",
    "write",
]
