"""How advice is weighed and worded: `knowledge/weights.yaml` and `knowledge/advice.yaml` as frozen models."""

from dataclasses import dataclass
from typing import Annotated

from bot.text import Text


@dataclass(frozen=True, slots=True)
class Weight:
    """A number that advice hangs on, and why it is what it is."""

    value: Annotated[float, "The number."]
    why: Annotated[str, "Why it is what it is, for who wants to change it."]


@dataclass(frozen=True, slots=True)
class Weights:
    """The parts of a score, then the limits. A part that is not known counts for half its weight."""

    # parts
    wish: Annotated[Weight, "How near it is to the work that was asked for."]
    place: Annotated[Weight, "How near it is to where they live."]
    kind: Annotated[Weight, "What it is: a course that ends in work, or only a step."]
    demands: Annotated[Weight, "Whether they meet its demands."]
    present_job: Annotated[Weight, "Whether it uses what they know from their work."]
    language: Annotated[Weight, "Whether they speak its language well enough."]
    pay: Annotated[Weight, "Whether there is pay while learning, for who needs it."]
    hours: Annotated[Weight, "Whether they have the hours."]
    schedule: Annotated[Weight, "Whether it is at the times that suit them."]
    level: Annotated[Weight, "Whether it is on their level of education."]
    freshness: Annotated[Weight, "How fresh its source is."]
    own_limits: Annotated[Weight, "Whether it goes with what they cannot do, will not do, or need; all of it together."]
    # limits
    reach_km: Annotated[Weight, "Kilometres, as the crow flies, that people travel; what is farther comes last."]
    farthest_km: Annotated[Weight, "Kilometres, as the crow flies: farther is not shown, also when nothing is nearer."]
    proof_years: Annotated[Weight, "Years: a school whose proof is older is asked, and not counted on."]
    near_km: Annotated[Weight, "Kilometres within which all places are equally near."]
    working_until: Annotated[Weight, "Years: the age until which people work, as a rule."]
    long_way_years: Annotated[Weight, "Years of all steps together from which a first step is said to be a long way."]
    most_study: Annotated[Weight, "0 to 1: the share of the years until then that unpaid study may take."]
    near_home_km: Annotated[Weight, "Kilometres, as the crow flies, that are 'near home' to who asks for that."]
    km_a_minute: Annotated[Weight, "Kilometres, as the crow flies, that one gets in a minute of travel."]
    least_nearness: Annotated[Weight, "0 to 1: work that is less like the wish is not shown."]
    widest_gap: Annotated[Weight, "0 to 1: how much farther from the wish than the nearest one may be shown."]
    most_shown: Annotated[Weight, "How many programmes and routes are shown at most."]
    most_routes: Annotated[Weight, "How many of these are routes, when there are programmes enough."]


WhyNear = Annotated[Text, "Why something is near the wish."]
WhyNot = Annotated[Text, "Why something does not fit."]
Practical = Annotated[Text, "A reason of place, time, pay, language, level or source."]
OfMoney = Annotated[Text, "What is said of a way to pay."]
OfPlan = Annotated[Text, "A line of the plan."]
OfCard = Annotated[Text, "A word or two of an offer in three lines, as it stands on a phone."]


@dataclass(frozen=True, slots=True)
class AdviceSentences:
    """What advice says of its own; what it says of a programme or a scheme stands with that programme or scheme."""

    wish_same_work: WhyNear
    wish_present_work: WhyNear
    wish_related_work: WhyNear
    wish_open_work: WhyNear
    wish_likely_work: WhyNear
    wish_first_step: WhyNear
    wish_help: WhyNear
    wish_same_sector: WhyNear
    wish_unknown: WhyNear
    wish_broad_help: WhyNear
    uses_present_job: WhyNear
    has_ended: WhyNot
    is_for_pupils: WhyNot
    is_for_students: WhyNot
    is_for_professionals: WhyNot
    is_for_institutions: WhyNot
    is_no_programme: WhyNot
    other_sector: WhyNot
    other_work: WhyNot
    better_ones: WhyNot
    too_far: WhyNot
    too_far_for_you: WhyNot
    is_excluded: WhyNot
    other_region: WhyNot
    is_near: Practical
    is_in_reach: Practical
    is_far: Practical
    is_in_region: Practical
    is_online: Practical
    is_national: Practical
    where_unknown: Practical
    school_gives: Practical
    school_had_students: Practical
    school_gave_adults: Practical
    school_gave: Practical
    school_gave_trade: Practical
    school_gave_somewhere: Practical
    school_gave_once: Practical
    school_everywhere: Practical
    school_everywhere_once: Practical
    school_to_ask: Practical
    school_farther: Practical
    ask_job_beside: OfPlan
    study_ad: Practical
    study_bachelor: Practical
    study_master: Practical
    study_academic: Practical
    study_academic_master: Practical
    pays: Practical
    pays_not: Practical
    pay_unknown: Practical
    hours_short: Practical
    hours_part_time: Practical
    hours_unknown: Practical
    schedule_fits: Practical
    schedule_differs: Practical
    demand_source: Practical
    level_asked: Practical
    language_unknown: Practical
    lessons_in: Practical
    dutch_is_enough: Practical
    lower_level: Practical
    is_current: Practical
    is_old: Practical
    is_undated: Practical
    is_announced: Practical
    money_ended: OfMoney
    money_ended_on: OfMoney
    money_instead: OfMoney
    money_for_employer: OfMoney
    money_for_institution: OfMoney
    money_closed: OfMoney
    money_opens: OfMoney
    money_exhausted: OfMoney
    money_proposed: OfMoney
    money_status_unknown: OfMoney
    money_depends: OfMoney
    money_open_to_all: OfMoney
    nothing_against: OfMoney
    demand_met: OfMoney
    travel_farther: OfPlan
    ask_if_running: OfPlan
    ask_costs: OfPlan
    ask_pay: OfPlan
    ask_recognised: OfPlan
    ask_this_course: OfPlan
    first_call: OfPlan
    first_search: OfPlan
    first_customers: OfPlan
    first_look: OfPlan
    first_find: OfPlan
    first_adviser: OfPlan
    first_permission: OfPlan
    first_begin: OfPlan
    first_try: OfPlan
    first_start: OfPlan
    you_ask_sure: OfPlan
    you_ask_maybe: OfPlan
    office_decides: OfPlan
    employer_decides: OfPlan
    last_employer_decides: OfPlan
    loan: OfPlan
    employer_asks: OfPlan
    new_employer_asks: OfPlan
    costs_second_degree: OfPlan
    costs_in: OfPlan
    costs_according_to_source: OfPlan
    costs_ask: OfPlan
    costs_nothing: OfPlan
    costs_free_start: OfPlan
    costs_known: OfPlan
    costs_between: OfPlan
    costs_at_most: OfPlan
    costs_at_least: OfPlan
    costs_unknown: OfPlan
    costs_of_job: OfPlan
    costs_of_help: OfPlan
    costs_over_budget: OfPlan
    money_until: OfMoney
    money_runs_until: OfMoney
    task_by: OfPlan
    task_latest: OfPlan
    say_provider: OfPlan
    say_provider_of_work: OfPlan
    say_office: OfPlan
    say_scheme: OfPlan
    say_employer: OfPlan
    card_near: OfCard
    card_far: OfCard
    card_in_region: OfCard
    card_national: OfCard
    card_online: OfCard
    card_where_ask: OfCard
    card_call: OfCard
    card_start: OfCard
    card_find_customers: OfCard
    card_ask_school: OfCard
    card_first_step: OfCard
    card_first_step_short: OfCard
    card_test: OfCard
    stairs_after: OfCard
    stairs_after_years: OfCard
    stairs_after_long: OfCard
    stairs_steps: OfCard
    stairs_number: OfCard
    stairs_then_test: OfCard
    stairs_then_diploma: OfCard
    stairs_total: OfCard
    stairs_total_long: OfCard
    stairs_together: OfCard
    stairs_year: OfCard
    stairs_years_from: OfCard
    stairs_late: OfCard
    stairs_long: OfCard
    stairs_nearer: OfCard
    stairs_test: OfCard
    stairs_test_university: OfCard
    card_level_asked: OfCard
    card_ask_level: OfCard
    card_lessons_in: OfCard
    card_long_way: OfCard
    card_long_way_short: OfCard
    card_hours: OfCard
    card_hours_short: OfCard
    card_ask_hours: OfCard
    card_ask_each: OfCard
    card_ask_part_time: OfCard
    card_ask_pay: OfCard
    card_years: OfCard
    card_years_between: OfCard
    card_month: OfCard
    card_months: OfCard
    card_months_at_most: OfCard
    card_months_between: OfCard
    card_months_from: OfCard
    card_paid: OfCard
    card_unpaid: OfCard
    card_own_boss: OfCard
    card_volunteer: OfCard
    card_costs_ask: OfCard
    card_second_degree: OfCard
    card_beyond_limit: OfCard
    card_free: OfCard
    card_costs: OfCard
    card_costs_between: OfCard
    card_costs_at_most: OfCard
    card_costs_at_least: OfCard
    card_free_start: OfCard  # lessons that are free, and after them something that has a price nobody told
    card_help_office: OfCard
    card_help_scheme: OfCard
    card_ask_office: OfCard
    card_ask_scheme: OfCard
    card_ask_leave: OfCard
    card_ask_benefit: OfCard  # beside a business of one's own, to who has a benefit
    card_loan: OfCard
    card_employer: OfCard
    card_current: OfCard
    card_old: OfCard
    card_undated: OfCard
    card_announced: OfCard
