"""The HTTP side: methods of the Bot API, long polling, webhook delivery."""

import asyncio
import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from fakeapi.faults import Fault
from fakeapi.markup import CantParse, read_html
from fakeapi.people import Person, Received

TOKEN = "123456789:AAfake-fake_fake-fake_fake-fake_fake-x"  # belongs to no bot
LIMITS = {"sendMessage": ("text", 4096), "editMessageText": ("text", 4096), "sendDocument": ("caption", 1024)}


class Refused(Exception):
    """Telegram does not do what it was asked."""

    def __init__(self, status: int, description: str, **parameters: int):
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass(frozen=True, slots=True)
class Call:
    """A call that Telegram carried out."""

    method: str
    parameters: dict[str, Any]


@dataclass(slots=True)
class Hook:
    url: str
    secret: str | None
    session: aiohttp.ClientSession
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    order: dict[object, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    answers: list[int] = field(default_factory=list)  # status codes, in order


class FakeTelegram:
    """One bot's Telegram. Faults wait in `faults`; what the bot did is in `calls`."""

    def __init__(self, token: str = TOKEN, username: str = "overstap_bot"):
        self.token = token
        self.me = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Overstap", "username": username}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, list[Received]] = defaultdict(list)
        self.calls: list[Call] = []
        self.tried: Counter[str] = Counter()  # calls that arrived, also those that a fault ate
        self.faults: list[Fault] = []
        self.repeats = 1  # how often each update is delivered
        self.reverses = False  # a batch comes with its last update first
        self.scatters = False  # by webhook the updates of one chat do not wait for each other
        self.holds = False  # updates stay in `pending`; the test delivers them itself
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.inline_answers: dict[str, dict[str, Any]] = {}
        self.next_update_id = 1000
        self.delay = 0.0  # seconds before each answer
        self.pending: list[dict[str, Any]] = []
        self.hook: Hook | None = None
        self._messages = 0
        self._poll = 0  # number of the newest getUpdates; an older one that still waits gets 409
        self._news = asyncio.Condition()
        self._hooking = asyncio.Lock()

    # ------------------------------------------------------------ for tests
    def person(self, number: int, language: str = "nl") -> Person:
        return self.people.setdefault(number, Person(self, number, language))

    def called(self, method: str) -> list[dict[str, Any]]:
        return [call.parameters for call in self.calls if call.method == method]

    async def drained(self, within: float = 20.0) -> None:
        """Wait until the bot has confirmed every update."""
        async with asyncio.timeout(within):
            while self.pending or (self.hook and self.hook.tasks):
                await asyncio.sleep(0.01)

    def now(self) -> int:
        return int(time.time())

    def next_message_id(self) -> int:
        self._messages += 1
        return self._messages

    def push(self, update: dict[str, Any]) -> None:
        self.next_update_id += 1
        self.push_again({"update_id": self.next_update_id, **update}, self.repeats)

    def push_again(self, update: dict[str, Any], times: int = 1) -> None:
        """Deliver exactly this update, with the number that it has."""
        self.pending += [update] * times
        self._deliver()

    # ------------------------------------------------------------ life
    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=60 * 2**20)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._remove_hook()
        await self._runner.cleanup()

    # ------------------------------------------------------------ HTTP
    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        method, parameters = request.match_info["method"], await _parameters(request)
        self.tried[method] += 1
        if self.delay and method != "getUpdates":
            await asyncio.sleep(self.delay)
        try:
            fault = next((each for each in self.faults if each.meets(method, parameters.get("chat_id"))), None)
            if fault:
                await self._break(fault, method, parameters, request)
                return web.Response(status=fault.status or 200, text=fault.page)
            return web.json_response({"ok": True, "result": await self.call(method, parameters)})
        except Refused as error:
            body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
            if error.parameters:
                body["parameters"] = error.parameters
            return web.json_response(body, status=error.status)

    async def _break(self, fault: Fault, method: str, parameters: dict[str, Any], request: web.Request) -> None:
        fault.times -= 1
        if fault.page is not None:
            return
        if fault.status:
            said = {"retry_after": fault.retry_after, "migrate_to_chat_id": fault.moved_to}
            known = {name: value for name, value in said.items() if value}
            raise Refused(fault.status, fault.description or f"fault {fault.status}", **known)
        if fault.delivered:
            await self.call(method, parameters)
        await asyncio.sleep(fault.hangs)
        assert request.transport
        request.transport.abort()

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        """Carry out a call, or raise Refused."""
        carry_out = getattr(self, "_" + method, None)
        if carry_out is None:
            raise Refused(404, "Not Found: method not found")
        result = await carry_out(parameters)
        if method != "getUpdates":
            self.calls.append(Call(method, parameters))
        return result

    # ------------------------------------------------------------ updates
    def _deliver(self) -> None:
        if self.holds:
            return
        if self.hook:
            for update in self.pending:
                task = asyncio.create_task(self._post(self.hook, update))
                self.hook.tasks.add(task)
                task.add_done_callback(self.hook.tasks.discard)
            self.pending = []
        else:
            asyncio.get_running_loop().call_soon(lambda: asyncio.create_task(self._wake()))

    async def _wake(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _getUpdates(self, given: dict[str, Any]) -> list[dict[str, Any]]:  # noqa: N802
        if self.hook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(given.get("offset") or 0)
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self._poll += 1
        mine = self._poll
        await self._wake()
        try:
            async with asyncio.timeout(float(given.get("timeout") or 0)), self._news:
                await self._news.wait_for(lambda: self.pending or self._poll != mine)
        except TimeoutError:
            return []
        if self._poll != mine:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        wanted = given.get("allowed_updates") or []
        kinds = [update for update in self.pending if not wanted or any(kind in update for kind in wanted)]
        batch = kinds[: int(given.get("limit") or 100)]
        return batch[::-1] if self.reverses else batch

    async def _setWebhook(self, given: dict[str, Any]) -> bool:  # noqa: N802
        async with self._hooking:  # several processes may say so at once
            await self._remove_hook()
            if given.get("url"):
                self.hook = Hook(given["url"], given.get("secret_token"), aiohttp.ClientSession())
                self._deliver()
        return True

    async def _deleteWebhook(self, given: dict[str, Any]) -> bool:  # noqa: N802
        await self._remove_hook()
        return True

    async def _getWebhookInfo(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        url = self.hook.url if self.hook else ""
        return {"url": url, "has_custom_certificate": False, "pending_update_count": len(self.pending)}

    async def _remove_hook(self) -> None:
        if hook := self.hook:
            self.hook = None
            for task in hook.tasks:
                task.cancel()
            await asyncio.gather(*hook.tasks, return_exceptions=True)
            self.pending.sort(key=lambda update: int(update["update_id"]))
            await hook.session.close()

    async def _post(self, hook: Hook, update: dict[str, Any]) -> None:
        """Deliver until the bot says 2xx; updates of one chat wait for each other, as on Telegram. What is under way
        when there is another webhook comes there."""
        try:
            await self._post_again(hook, update)
        except asyncio.CancelledError:
            self.pending.append(update)
            raise

    async def _post_again(self, hook: Hook, update: dict[str, Any]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        async with asyncio.Lock() if self.scatters else hook.order[_chat(update)]:
            for attempt in range(50):
                try:
                    async with hook.session.post(hook.url, json=update, headers=headers) as response:
                        hook.answers.append(response.status)
                        if response.ok:
                            break
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(min(0.05 * 2**attempt, 1.0))

    # ------------------------------------------------------------ messages
    async def _sendMessage(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self._send("sendMessage", given)

    async def _sendDocument(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self._send("sendDocument", given)

    async def _editMessageText(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return self._send("editMessageText", given)

    def _send(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        chat = int(given.get("chat_id") or 0)
        name, limit = LIMITS[method]
        text = self._text(given, name, limit, required=method != "sendDocument")
        markup = given.get("reply_markup") or {}
        for row in markup.get("inline_keyboard", []):
            if any(len(button.get("callback_data", "").encode()) > 64 for button in row):
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        document = given.get("document")
        name, data = document if isinstance(document, tuple) else (None, None)
        message_id = int(given.get("message_id") or 0) or self.next_message_id()
        received = Received(message_id, text, markup, data, name, given)
        if chat < 0:
            self.groups[chat].append(received)
        elif (person := self.people.get(chat)) is None:
            raise Refused(400, "Bad Request: chat not found")
        elif person.has_blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        else:
            person.receive(received)
        kind = "private" if chat > 0 else "supergroup"
        message = {"message_id": message_id, "date": self.now(), "chat": {"id": chat, "type": kind}, "from": self.me}
        if data is not None:
            return {**message, "document": {"file_id": "f", "file_unique_id": "u", "file_name": name}}
        # Telegram gives back inline keyboards, and no other.
        return {**message, "text": text, **({"reply_markup": markup} if "inline_keyboard" in markup else {})}

    @staticmethod
    def _text(given: dict[str, Any], name: str, limit: int, required: bool) -> str:
        text = str(given.get(name) or "")
        try:
            text = read_html(text) if given.get("parse_mode") == "HTML" else text
        except CantParse as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
        if required and not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) // 2 > limit:
            raise Refused(400, "Bad Request: message is too long")
        return text

    async def _deleteMessages(self, given: dict[str, Any]) -> bool:  # noqa: N802
        chat, numbers = int(given["chat_id"]), given["message_ids"]
        if not 1 <= len(numbers) <= 100:
            raise Refused(400, "Bad Request: there must be 1-100 message identifiers")
        self.people[chat].deleted |= set(numbers)
        return True

    async def _editMessageReplyMarkup(self, given: dict[str, Any]) -> bool:  # noqa: N802
        return True

    async def _sendChatAction(self, given: dict[str, Any]) -> bool:  # noqa: N802
        return True

    async def _answerCallbackQuery(self, given: dict[str, Any]) -> bool:  # noqa: N802
        return True

    async def _answerInlineQuery(self, given: dict[str, Any]) -> bool:  # noqa: N802
        for result in given["results"]:
            content = result["input_message_content"]
            self._text({**content, "text": content["message_text"]}, "text", 4096, required=True)
        self.inline_answers[given["inline_query_id"]] = given
        return True

    # ------------------------------------------------------------ the bot itself
    async def _getMe(self, given: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {
            **self.me,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": True,
        }

    async def _setMyCommands(self, given: dict[str, Any]) -> bool:  # noqa: N802
        self.commands[_scope(given)] = given["commands"]
        return True

    async def _getMyCommands(self, given: dict[str, Any]) -> list[dict[str, str]]:  # noqa: N802
        return self.commands.get(_scope(given), [])

    async def _setMyDescription(self, given: dict[str, Any]) -> bool:  # noqa: N802
        self.profile["description", given.get("language_code") or ""] = given["description"]
        return True

    async def _getMyDescription(self, given: dict[str, Any]) -> dict[str, str]:  # noqa: N802
        return {"description": self.profile.get(("description", given.get("language_code") or ""), "")}

    async def _setMyShortDescription(self, given: dict[str, Any]) -> bool:  # noqa: N802
        self.profile["short", given.get("language_code") or ""] = given["short_description"]
        return True

    async def _getMyShortDescription(self, given: dict[str, Any]) -> dict[str, str]:  # noqa: N802
        return {"short_description": self.profile.get(("short", given.get("language_code") or ""), "")}


def _scope(given: dict[str, Any]) -> tuple[str, str]:
    scope = given.get("scope") or {"type": "default"}
    return f"{scope['type']}{scope.get('chat_id', '')}", given.get("language_code") or ""


def _chat(update: dict[str, Any]) -> object:
    for content in update.values():
        match content:
            case {"chat": {"id": chat}} | {"message": {"chat": {"id": chat}}} | {"from": {"id": chat}}:
                return chat
    return None


async def _parameters(request: web.Request) -> dict[str, Any]:
    """The parameters of a call: JSON, form or multipart, and the query; nested JSON in a form is read as well."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json() if request.can_read_body else {}
    else:
        for name, value in (await request.post()).items():
            given[name] = (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
    return {name: _nested(name, value) for name, value in given.items()}


def _nested(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if name in ("chat_id", "message_id"):
        return int(value)
    return json.loads(value) if value[:1] in "[{" and name not in ("text", "caption") else value
