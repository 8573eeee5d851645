"""Figures for Prometheus. No label says anything about a person."""

from prometheus_client import Counter, Gauge, Histogram

TURNS = Counter("overstap_turns", "Turns that were committed", ["event", "outcome"])
TURN_SECONDS = Histogram(
    "overstap_turn_seconds",
    "From the arrival of an update to its commit",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
SEND_SECONDS = Histogram(
    "overstap_send_seconds",
    "From the commit of a message to its arrival on its channel",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300),
)
FAILED_SENDS = Counter("overstap_sends_failed", "Calls that a channel did not carry out", ["error"])
UPDATES_WAITING = Gauge("overstap_updates_waiting", "Updates that arrived and had no turn yet")
MESSAGES_WAITING = Gauge("overstap_messages_waiting", "Messages that are committed and did not arrive yet")
OLDEST_SECONDS = Gauge("overstap_oldest_message_seconds", "Age of the oldest message that did not arrive yet")
BACKUP_SECONDS = Gauge("overstap_backup_age_seconds", "Age of the last backup that was proven; NaN when there is none")
KNOWLEDGE_DUE = Gauge("overstap_knowledge_due_pages", "Pages whose facts a person has to verify by today")
KNOWLEDGE_FOUND = Gauge(
    "overstap_knowledge_changed_pages", "Of those, pages that changed, went, or can be reached no more"
)
SOURCES = Gauge("overstap_source_pages", "Pages of sources, by what was seen of them", ["state"])
SOURCES_SECONDS = Gauge("overstap_source_age_seconds", "Age of the oldest look at a page; NaN when there is none")
IGNORED = Counter("overstap_updates_ignored", "Updates that had no turn", ["reason"])
INLINE = Counter("overstap_inline_queries", "Questions in inline mode", ["found"])
