"""What the bot says outside a conversation: in groups, in other chats (`@bot question`), to who floods it."""

from itertools import islice

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.helpers import create_deep_linked_url

from bot.channels.telegram.update import AskedInGroup, AskedInline, JoinedGroup
from bot.compiled import Compiled
from bot.content.knowledge import FaqEntry
from bot.content.sentence_keys import Sentence
from bot.engine.effects import Message
from bot.recognisers.faq import POSSIBLE
from bot.text import fill, say_date

CACHE_SECONDS = 300  # for which Telegram gives the same cards to the same question
CARDS = 5
PREVIEW_LETTERS = 120


def in_group(compiled: Compiled, asked: AskedInGroup, username: str) -> Message:
    """An answer from the FAQ, or that everything else is for a private chat."""
    language = compiled.content.language_for(asked.language)
    found = compiled.faq.look_up(asked.text) if asked.text else None
    if found is None or found.id is None:
        return _private_only(compiled, language, username)
    entry = compiled.content.knowledge.questions[found.id]
    return Message(_answer(compiled, entry, language), title=entry.question[language])


def joined(compiled: Compiled, group: JoinedGroup, username: str) -> Message:
    return _private_only(compiled, compiled.content.language_for(group.language), username)


def too_fast(compiled: Compiled, code: str | None) -> Message:
    return Message(compiled.content.sentences[Sentence.TOO_FAST][compiled.content.language_for(code)])


def cards(compiled: Compiled, asked: AskedInline) -> list[InlineQueryResultArticle]:
    """Answers that someone can put into any chat, best first; none when we have no answer."""
    language = compiled.content.language_for(asked.language)
    if not asked.text.strip():
        return []
    likely = (match.label for match in compiled.faq.look_up(asked.text).candidates if match.score >= POSSIBLE)
    questions = compiled.content.knowledge.questions
    return [_card(compiled, questions[each], language) for each in islice(likely, CARDS)]


def chat_button(compiled: Compiled, asked: AskedInline) -> InlineQueryResultsButton:
    """The way from another chat to a private one."""
    label = compiled.content.sentences[Sentence.OPEN_CHAT][compiled.content.language_for(asked.language)]
    return InlineQueryResultsButton(label, start_parameter="inline")


def _private_only(compiled: Compiled, language: str, username: str) -> Message:
    link = create_deep_linked_url(username, "group")
    return Message(fill(compiled.content.sentences[Sentence.IN_GROUP][language], {"link": link}))


def _card(compiled: Compiled, entry: FaqEntry, language: str) -> InlineQueryResultArticle:
    title, text = entry.question[language], _answer(compiled, entry, language)
    preview = entry.answer[language].split("\n", 1)[0][:PREVIEW_LETTERS]
    content = InputTextMessageContent(f"{title}\n\n{text}", link_preview_options=LinkPreviewOptions(is_disabled=True))
    return InlineQueryResultArticle(entry.id, title, content, description=preview)


def _answer(compiled: Compiled, entry: FaqEntry, language: str) -> str:
    lines = [entry.answer[language]]
    if entry.sources:
        source = entry.sources[0]
        values = {"source": source.url, "day": say_date(source.checked, language)}
        lines.append(fill(compiled.content.sentences[Sentence.SOURCE][language], values))
    return "\n\n".join(lines)
