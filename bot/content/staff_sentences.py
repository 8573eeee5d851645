"""What the bot says to staff, by name, with what is filled in. The words stand in `knowledge/languages/CODE.yaml`."""

from bot.content.named_sentence import NamedSentence, describe

HOW = "show claim release reopen list forget"
"""What may be filled in wherever the desk refuses: the commands of the way in by which somebody came."""


class StaffSentence(NamedSentence):
    """A sentence for staff."""

    YES = "yes"
    NO = "no"

    # One for each `bot.staff.errors.Code`.
    NOT_ALLOWED = "not_allowed", f"role needed {HOW}"
    NO_LEAD = "no_lead", f"reference {HOW}"
    ERASED = "erased", f"reference {HOW}"
    TAKEN = "taken", f"reference assignee {HOW}"
    NOT_YOURS = "not_yours", f"reference assignee {HOW}"
    CLAIM_FIRST = "claim_first", f"reference {HOW}"
    CHANGED = "changed", f"reference events {HOW}"
    CLOSED = "closed", f"reference status reason closed {HOW}"
    EMPTY_NOTE = "empty_note", HOW
    NOT_KEPT = "not_kept", f"found {HOW}"
    STEP_TOO_LONG = "step_too_long", f"most length {HOW}"
    NOT_IN_FUTURE = "not_in_future", f"day {HOW}"
    AFTER_TERM = "after_term", f"reference day {HOW}"
    NOT_YOUR_REASON = "not_your_reason", f"reason {HOW}"
    IS_OPEN = "is_open", f"reference status {HOW}"
    NOTHING_TO_UNDO = "nothing_to_undo", f"reference {HOW}"
    NO_NOTE = "no_note", f"reference number {HOW}"
    NOT_YOUR_NOTE = "not_your_note", f"author {HOW}"
    NO_COLLEAGUE = "no_colleague", f"name {HOW}"
    HAS_LEADS = "has_leads", f"name number {HOW}"
    NO_PHONE = "no_phone", f"typed {HOW}"
    NO_EMAIL = "no_email", f"typed {HOW}"
    NO_WAY_TO_REACH = "no_way_to_reach", f"reference {HOW}"
    NO_NAME = "no_name", HOW
    NO_CONSENT = "no_consent", HOW
    NO_SUCH_ABSENCE = "no_such_absence", HOW

    TAKE_IT = "take_it"
    HALF = "half"
    ASKED_AGAIN = "asked_again"
    NEEDS_A_PERSON = "needs_a_person"
    ONLY_BY_PHONE = "only_by_phone"
    ONLY_BY_EMAIL = "only_by_email"
    ONLY_BY_BOTH = "only_by_both"
    ERASED_AT_REQUEST = "erased_at_request", "reference"
    GIVEN_TO_YOU = "given_to_you", "name"
    NOBODY_DID_ANYTHING = "nobody_did_anything"
    DIGEST = "digest", "day"
    DIGEST_ASKED = "digest_asked", "number"
    DIGEST_OVERDUE = "digest_overdue", "number"
    DIGEST_TODAY = "digest_today", "number"
    DIGEST_NEW = "digest_new", "number"
    DIGEST_EXPIRING = "digest_expiring", "number"
    DIGEST_MORE = "digest_more", "number"

    CHAT_HELP = (
        "chat_help",
        "leads lead search claim release assign note attempt snooze close reopen undo help try "
        "no_answer voicemail spoken day",
    )
    NAME_THE_LEAD = "name_the_lead", "command"
    STAFF_HELLO = "staff_hello", "name role help try"
    MORE_IN_LIST = "more_in_list", "number choices"
    WHICH_LIST = "which_list", "choices"
    AT_THE_DESK = "at_the_desk", "reference link"
    WHICH_COLLEAGUE = "which_colleague"
    SEARCH_FOR_WHAT = "search_for_what"
    ADVISERS_ONLY = "advisers_only"
    IS_YOURS = "is_yours", "reference show"
    NOTHING_OPEN = "nothing_open"
    WHICH_OUTCOME = "which_outcome", "choices"
    WHICH_REASON = "which_reason", "choices"
    WHICH_DAY = "which_day", "day"

    SUMMARY = "summary"
    SUMMARY_AGE = "summary_age", "age"
    SUMMARY_LANGUAGE = "summary_language", "level"
    SUMMARY_FROM_TO = "summary_from_to", "job wish"
    SUMMARY_WISH = "summary_wish", "wish"
    SUMMARY_JOB = "summary_job", "job"
    SUMMARY_MIND = "summary_mind", "limits"
    SUMMARY_LIKES = "summary_likes", "likes"
    SUMMARY_CAN = "summary_can", "skills"
    SUMMARY_EXPLORED = "summary_explored", "jobs"
    SUMMARY_REFUSED = "summary_refused", "reasons"
    SUMMARY_REACH = "summary_reach", "how"
    SUMMARY_SHOWN = "summary_shown", "names"
    ANSWERS = "answers"
    NOTES = "notes"
    HAPPENED = "happened"
    WHAT_FITS = "what_fits"
    MONEY = "money"
    MONEY_PERHAPS = "money_perhaps", "names"
    BLOCKED = "blocked", "only_by"
    FROM_SOURCE = "from_source", "source"
    STOPPED = "stopped"
    STOPPED_AT = "stopped_at", "question"
    SAME_CONTACT_AS = "same_contact_as", "reference"
    SAME_CONTACT = "same_contact", "references"
    CONSENT = "consent", "purpose day"
    CONSENT_WITHDRAWN = "consent_withdrawn", "purpose day withdrawn"
    ADVISER_CALLED = "adviser_called", "name times"
    NEXT_STEP = "next_step", "step day"
    ASKED_ON = "asked_on", "moment reason"
    ERASED_ON = "erased_on", "day"
    OUTCOME_IS = "outcome_is", "outcome"
    NOTE_STRUCK = "note_struck", "name moment text"
    DONT_KNOW = "dont_know"
    BY_VERSIONS = "by_versions", "content flow"

    MADE_AT = "made_at"
    MADE_BY = "made_by"
    ONLY_NEW = "only_new"
    MIND = "mind"
    PERSONAL_DATA = "personal_data"
    LEADS_SHEET = "leads_sheet"
    MEANING_SHEET = "meaning_sheet"
    NUMBER_OF_LEADS = "number_of_leads"
    COLUMN = "column"
    MEANING = "meaning"
    ANSWER = "answer"
    ANSWER_IN = "answer_in", "flows"
    ANSWER_OF_OLD = "answer_of_old"
    LIMITS = "limits"
    OF_LIMITS = "of_limits"
    EXPLORED_INTERESTS = "explored_interests"
    EXPLORED_LIKES = "explored_likes"
    EXPLORED_SKILLS = "explored_skills"
    EXPLORED_EXPLORED = "explored_explored"
    EXPLORED_REFUSED = "explored_refused"
    EXPLORED_EARLIER_WISH = "explored_earlier_wish"
    CELL_CUT = "cell_cut"
    CELL_TOO_LONG = "cell_too_long", "reference column"
    CELL_NOT_WRITTEN = "cell_not_written", "reference column characters"
    SHEET_FULL = "sheet_full"
    FILE_NOT_MADE = "file_not_made", "trouble"
    ERASED_MEANWHILE = "erased_meanwhile"
    NO_PROFILE = "no_profile", "profile profiles"
    PROFILE_MAKES_NO = "profile_makes_no", "profile kind"
    QUESTIONS_BROKEN = "questions_broken"
    PREVIEW = "preview", "leads columns"
    NOTHING_NEW = "nothing_new"
    NOTHING_NEW_SINCE = "nothing_new_since", "moment"
    EXPORTING = "exporting"
    MORE_WARNINGS = "more_warnings", "number"
    EXPORTED = "exported", "leads day"
    FILE_GONE = "file_gone"

    SAME_OCCUPATION = "same_occupation", "names"
    SAME_SECTOR = "same_sector", "names"
    SAME_PLACE = "same_place", "place"
    NEAR = "near", "place other km"
    LEVEL = "level", "has asked"
    TRAINS = "trains"
    NO_PAIRS = "no_pairs"

    NONE_FOUND = "none_found"
    DONE = "done", "reference status"
    DONE_AND_NEXT = "done_and_next", "reference status step day"
    NOT_DONE = "not_done", "reason"
    READ_THIS_OUT = "read_this_out", "text"
    AGREED_TO_IT = "agreed_to_it"
    AS_COMES_FIRST = "as_comes_first", "command"
    NO_DATE = "no_date", "typed iso day"
    SURE_TO_ERASE = "sure_to_erase", "reference"
    NOTHING_ERASED = "nothing_erased"
    ERASED_NOW = "erased_now", "references"
    TERM_OVER = "term_over", "what"
    TERM_OVER_GONE = "term_over_gone", "what"
    NOTHING = "nothing"
    FIRST_MEMBER = "first_member", "name role"
    GROUP_REFUSES = "group_refuses", "why"
    UNKNOWN_MEMBER = "unknown_member", "name role"
    MEMBER = "member", "name role"
    MEMBER_GONE = "member_gone", "name"
    LEADS_GIVEN = "leads_given", "number name"
    LEADS_PUT_BACK = "leads_put_back", "number"
    MEMBER_AWAY = "member_away", "name since until"
    MEMBER_REPLACED = "member_replaced", "name since until substitute"
    MEMBER_BACK = "member_back", "name"
    NOT_ACTIVE = "not_active"

    FAQ_UNKNOWN = "faq_unknown"
    FAQ_PERHAPS = "faq_perhaps"
    FAQ_SOURCE = "faq_source", "url dated checked"


# Each theme with the first of the sentences that belong to it, in the order above.
describe(
    StaffSentence,
    {
        StaffSentence.YES: "In answers and files, and to agree to something",
        StaffSentence.NOT_ALLOWED: "When the desk refuses",
        StaffSentence.TAKE_IT: "To who has a lead, or to the group of advisers: nothing that says who the person is",
        StaffSentence.CHAT_HELP: "In the chat of an adviser with the bot",
        StaffSentence.ANSWERS: "Of one lead",
        StaffSentence.MADE_AT: "In and around a file of leads",
        StaffSentence.SAME_OCCUPATION: "Why a candidate and an employer fit each other",
        StaffSentence.NONE_FOUND: "On the command line",
        StaffSentence.FAQ_UNKNOWN: "By `overstap faq`",
    },
)
