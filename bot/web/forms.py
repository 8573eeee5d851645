"""What a form sent: read with limits, so that nobody fills the memory; it takes no files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 64 * 1024  # bytes
MOST_FIELDS = 1000
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; one that was not sent is empty."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """What was typed or chosen, without the spaces around it."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def raw(self, name: str) -> str:
        """As it was typed: in a password spaces count."""
        return next(iter(self.fields.get(name, ())), "")

    def all(self, name: str) -> Sequence[str]:
        """Everything that was ticked."""
        return self.fields.get(name, ())

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    @classmethod
    def of(cls, text: str) -> "Form":
        """Read `a=1&b=2`; raises HTTPException when it has too many fields."""
        try:
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE) from None
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            # NUL is no text to PostgreSQL, and half a surrogate to nobody.
            fields.setdefault(name, []).append(value.replace("\0", "").replace("\r\n", "\n"))
        return cls(fields)


async def read_form(request: Request) -> Form:
    """The form of a request; raises HTTPException when it is too large, or is something else."""
    if request.headers.get("content-type", FORM).partition(";")[0].strip().lower() != FORM:
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return Form.of(body.decode("utf-8", "replace"))
