"""What somebody says of their own health."""

from dataclasses import dataclass
from typing import Annotated

from bot.content.language.words import Words


@dataclass(frozen=True, slots=True)
class Health:
    """What somebody says of their own health. A space may be a hyphen, or nothing; `*` at the end is any ending."""

    conditions: Annotated[Words, "Conditions: each is one by itself."] = ()
    body: Annotated[Words, "Parts of the body, and health itself."] = ()
    complaints: Annotated[Words, "Behind a part of the body: 'rugklachten'."] = ()
    ailing: Annotated[Words, "Before a part of the body: 'slechte rug'."] = ()
    fails: Annotated[Words, "Behind a part of the body: 'rug is kapot'."] = ()
    subjects: Annotated[Words, "With one of 'verbs' behind it, at most one word between: 'ik heb'."] = ()
    verbs: Annotated[Words, "Behind one of 'subjects'."] = ()
    mine: Annotated[Words, "What makes it their own by itself: 'mijn', 'vanwege'."] = ()
    along: Annotated[Words, "What makes it their own when one of 'own' follows: 'met'."] = ()
    own: Annotated[Words, "Behind one of 'along'."] = ()
    behind: Annotated[Words, "What makes it their own behind it, where the verb comes last."] = ()
    others: Annotated[Words, "Whom one works with: 'mensen met autisme'."] = ()
    at_work: Annotated[Words, "What makes a condition in the same clause one of their work: 'coach', 'afdeling'."] = ()
    states: Annotated[Words, "What makes a condition in the same sentence their own: 'gestopt', 'thuis', 'dus'."] = ()
    causes: Annotated[Words, "Before one of 'own' and a part of the body: 'vanwege mijn rug'."] = ()
    idioms: Annotated[Words, "What only looks like a condition: 'ziek van de files'."] = ()
    joiners: Annotated[Words, "How a message goes on that begins with a condition: 'zwanger en zoek werk'."] = ()
    goes_on: Annotated[Words, "Behind one of 'joiners'."] = ()
    clauses: Annotated[Words, "Between two clauses, of which each says its own: 'en', 'maar'."] = ()
    breaks: Annotated[Words, "With which a part of a message begins."] = ()
    loose_before: Annotated[Words, "What is dropped at the beginning of what is left when a part is taken out."] = ()
    loose_behind: Annotated[Words, "What is dropped at the end of what is left when a part is taken out."] = ()
