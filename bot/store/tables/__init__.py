"""What is kept, and where.

Personal data stands in `Encrypted` columns only; `person`, `chat`, `phone`, `email`, `source_index` and `term` are
blind indexes.
"""

from bot.store.tables.columns import LEAD, Moment, key_of_lead, key_of_person, metadata, person_keys
from bot.store.tables.conversations import (
    access_tokens,
    consent_texts,
    consents,
    conversations,
    inbox,
    outbox,
    transcript,
    unanswered,
)
from bot.store.tables.leads import exports, lead_events, lead_notes, lead_terms, leads, looks, questions
from bot.store.tables.records import (
    BACKUP_VERIFIED,
    audit,
    audit_ends,
    counters,
    erasure_steps,
    figures,
    seals,
    tombstones,
)
from bot.store.tables.staff import accounts, sessions, sign_ins, staff

__all__ = [
    "BACKUP_VERIFIED",
    "LEAD",
    "Moment",
    "access_tokens",
    "accounts",
    "audit",
    "audit_ends",
    "consent_texts",
    "consents",
    "conversations",
    "counters",
    "erasure_steps",
    "exports",
    "figures",
    "inbox",
    "key_of_lead",
    "key_of_person",
    "lead_events",
    "lead_notes",
    "lead_terms",
    "leads",
    "looks",
    "metadata",
    "outbox",
    "person_keys",
    "questions",
    "seals",
    "sessions",
    "sign_ins",
    "staff",
    "tombstones",
    "transcript",
    "unanswered",
]
