"""How advice is weighed and worded: `knowledge/weights.yaml` and `knowledge/advice.yaml` as frozen models."""

from dataclasses import dataclass

from bot.text import Text


@dataclass(frozen=True, slots=True)
class Weight:
    """A number that advice hangs on, and why it is what it is."""

    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The parts of a score, then the limits. A part that is not known counts for half its weight."""

    # parts
    wish: Weight
    place: Weight
    kind: Weight
    demands: Weight
    present_job: Weight
    language: Weight
    pay: Weight
    hours: Weight
    schedule: Weight
    level: Weight
    freshness: Weight
    # limits
    reach_km: Weight
    near_km: Weight
    least_nearness: Weight
    widest_gap: Weight
    most_shown: Weight


@dataclass(frozen=True, slots=True)
class AdviceSentences:
    """What advice says of its own; what it says of a programme or a scheme stands with that programme or scheme."""

    # why it is near the wish
    wish_same_work: Text
    wish_present_work: Text
    wish_related_work: Text
    wish_help: Text
    wish_same_sector: Text
    wish_unknown: Text
    wish_broad_help: Text
    uses_present_job: Text
    # why it does not fit
    has_ended: Text
    is_for_pupils: Text
    is_for_students: Text
    is_for_professionals: Text
    is_for_institutions: Text
    is_no_programme: Text
    other_sector: Text
    other_work: Text
    better_ones: Text
    too_far: Text
    other_region: Text
    # place, time, pay, level, source
    is_near: Text
    is_in_reach: Text
    is_in_region: Text
    is_online: Text
    is_national: Text
    where_unknown: Text
    pays: Text
    pays_not: Text
    pay_unknown: Text
    hours_short: Text
    schedule_fits: Text
    schedule_differs: Text
    language_unknown: Text
    dutch_is_enough: Text
    lower_level: Text
    is_current: Text
    is_old: Text
    is_undated: Text
    is_announced: Text
    # money
    money_ended: Text
    money_ended_on: Text
    money_instead: Text
    money_for_employer: Text
    money_for_institution: Text
    money_closed: Text
    money_opens: Text
    money_exhausted: Text
    money_proposed: Text
    money_status_unknown: Text
    money_depends: Text
    money_open_to_all: Text
    nothing_against: Text
    demand_met: Text
    # the plan
    ask_if_running: Text
    ask_costs: Text
    ask_pay: Text
    ask_recognised: Text
    first_call: Text
    first_search: Text
    first_look: Text
    first_find: Text
    first_adviser: Text
    first_permission: Text
    you_ask_sure: Text
    you_ask_maybe: Text
    office_decides: Text
    employer_decides: Text
    loan: Text
    employer_asks: Text
    new_employer_asks: Text
    costs_in: Text
    costs_according_to_source: Text
    costs_ask: Text
    costs_nothing: Text
    costs_known: Text
    costs_between: Text
    costs_at_most: Text
    costs_at_least: Text
    costs_unknown: Text
    costs_of_help: Text
    costs_over_budget: Text
