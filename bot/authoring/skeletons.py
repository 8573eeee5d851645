"""The begin of a new programme, route, scheme or question: what is known filled in, the rest to be filled, each line
with what it is for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.authoring.editing import Document, quoted, written
from bot.authoring.editing import write as write_file
from bot.content.annotations import Id
from bot.content.derive import extras_of
from bot.content.knowledge import ROUTE, Knowledge
from bot.content.problems import did_you_mean
from bot.errors import BotError

TO_FILL = "TODO"
"""Stands where only a person knows what comes there; `overstap check` names each."""


@dataclass(frozen=True, slots=True)
class Begin:
    """What is known of something new. `file`: the sector, category or theme, whose file it goes into."""

    id: str
    name: str
    file: str
    source: str
    on: date


_FACTS = """\
  facts:
    status:                         # whether it runs, and where that was read; add others: amount, duration, start ...
      value: {status}
      source: {source}
      quote: null                   # the words on that page that prove it, copied letter for letter
      date: null                    # of the page; null when it has none
      checked: {checked}
"""
_RULES = """\
  rules: []                         # what somebody needs, each with its source (docs/knowledge.md, "A rule")
"""
_TEMPLATES: Mapping[str, str] = {
    "programme": """\
- id: {id}
  name: {name}
  provider: TODO                    # who gives it
  aliases: []                       # other names that people type
  kind: retraining                  # or preparation, orientation, guidance, platform, employer ... (docs/knowledge.md)
  audience: adults                  # only what is for adults is offered
  status: unknown                   # active once a page shows that it runs now; the fact below says the same
  sectors: [{file}]
  occupations: {{nl: [], en: []}}     # the work that it trains for, as people say it
  summary: {{nl: TODO, en: TODO}}     # what it is, in a sentence or two
  where: {{municipalities: [], provinces: [], regions: [], online: null, national: false}}
  forms: []                         # full-time, part-time, bbl, evening, online ...
  hours: null                       # a week; null: not known, so people are told to ask
  paid: null                        # true when there is pay while learning
  costs: null                       # what the person pays, in EUR
  leads_to: null                    # mbo2 ... wo, certificate
"""
    + _RULES
    + """\
  ask: []                           # what to ask the provider first: - {{nl: ..., en: ...}}
  must_say: null                    # a warning that always goes along
  replaced_by: []
  url: null                         # its own page, when sure
"""
    + _FACTS,
    "route": """\
- id: {id}
  name: {{nl: {name}, en: TODO}}
  becomes: {{nl: TODO, en: TODO}}     # in "Je wordt ..."
  occupations: []                   # ids of occupations that it leads to; at least one
  sectors: [{file}]
  kind: mbo                         # mbo, ad, hbo, wo, certificate, licence, on-the-job, open
  leads_to: null                    # a level, or certificate
  qualification: null               # what the diploma is called: an id of qualifications.yaml
  forms: []                         # bbl, third-path, part-time, dual, course ...
  months: null                      # {{from: 12, to: 36}}, with a fact 'duration'
  hours: null                       # least hours a week, with a fact
  paid: null
  costs: null                       # {{from: 0, to: 1500}}, with a fact 'cost_eur' or 'cost'
  pays: []                          # ids of schemes that may pay for it
"""
    + _RULES
    + """\
  ask: []                           # what to ask at the first call
  legal: null                       # what the law says
  stairs: []                        # routes that come after this one
  first_call: {{who: {{nl: TODO, en: TODO}}, url: null, any_school: false}}
  summary: {{nl: TODO, en: TODO}}     # how one gets in
  facts:
    background:                     # at least one fact: where it was read
      value: {{nl: TODO, en: TODO}}
      source: {source}
      quote: null                   # the words on that page that prove it, copied letter for letter
      date: null
      checked: {checked}
""",
    "subsidy": """\
- id: {id}
  name: {name}
  aliases: []                       # other names that people type
  category: {file}
  authority: null                   # who decides or pays
  applicants: [person]              # person, employee, employer, institution, sector
  form: gift                        # gift, loan, tax, benefit, service, right, discount, information
  pays_for: null                    # which courses: {{level: {{in: [hbo, wo]}}}}; null: no course
  course_rules: []                  # what it asks of a course, such as a longest duration in months
  status: unknown                   # open, periodic, depends, proposed; the fact below says the same
  valid: {{from: null, until: null}}
  windows: []                       # rounds: - {{opens: "2027-03-01", closes: "2027-03-31"}}
  summary: {{nl: TODO, en: TODO}}     # what it is, in a sentence or two
"""
    + _RULES
    + """\
  excludes: []                      # ids that cannot be combined with it
  requires: []                      # ids that are needed first
  replaced_by: []
  conditions: []                    # what cannot be a rule, in words
  must_say: null                    # a warning that always goes along
  url: null                         # its own page, when sure
"""
    + _FACTS,
    "question": """\
- id: {id}
  theme: {file}
  question: {{nl: {name}, en: TODO}}
  answer:                           # at most a screen on a phone, sentences of at most 15 words
    nl: TODO
    en: TODO
  wordings:                         # at least 5 each, as people type it: fragments, complaints, slang
    nl: []
    en: []
  personal: never                   # partly, always: it depends on the person
  about: []                         # ids of programmes and ways to pay: their end ends the answer
  sources:
    - url: {source}
      quote: null                   # the words on that page that prove it, copied letter for letter
      date: null
      checked: {checked}
""",
}
KINDS = {"programme": "programmes", "route": "routes", "subsidy": "subsidies", "question": "faq"}


def begin(root: Path, kind: str, known: Begin, knowledge: Knowledge) -> Path:
    """Write the begin of something new at the end of its file, and give the file; raises BotError."""
    if not re.fullmatch(next(iter(_patterns(Id))), known.id):
        raise BotError(f"{known.id!r} cannot be an id: small letters, digits and hyphens, as in make-it-work-hu.")
    if kind == "route" and not known.id.startswith(f"{ROUTE}-"):
        raise BotError(f"The id of a route begins with {ROUTE}-: {ROUTE}-{known.id}")
    if known.id in {item.id for item in knowledge.items} | set(knowledge.questions):
        raise BotError(f"The id {known.id!r} is taken. `overstap explain {known.id}` says what it is.")
    if kind in ("programme", "route") and known.file not in knowledge.sectors:
        raise BotError(
            f"There is no sector {known.file!r}. {did_you_mean(known.file, knowledge.sectors) or ''}".strip()
        )
    folder = KINDS[kind]
    path = root / "knowledge" / folder / f"{known.file}.yaml"
    entry = _TEMPLATES[kind].format(
        id=known.id,
        name=quoted(known.name),
        file=known.file,
        source=written(known.source),
        checked=quoted(known.on.isoformat()),
        status="unknown",
    )
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, f"# yaml-language-server: $schema=../../schemas/{folder}.json\n\n{entry}".encode())
        return path
    document = Document.read(root, path, folder)
    document.append("\n" + entry)
    document.save(strict=False)
    return path


def _patterns(hint: object) -> list[str]:
    return [extra.regex for extra in extras_of(hint) if hasattr(extra, "regex")]
