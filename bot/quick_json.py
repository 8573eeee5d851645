"""JSON, by the quick library where it is installed ("fast" in pyproject.toml), else by that of Python."""

import json
from contextlib import suppress
from typing import Any

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]


def loads(body: bytes) -> Any:
    """Read JSON; raises json.JSONDecodeError.

    Half of a surrogate pair becomes a question mark: the quick library refuses it, and nobody could be told it again.
    """
    if orjson:
        with suppress(orjson.JSONDecodeError):
            return orjson.loads(body)
    value = json.loads(body)
    if b"\\ud" not in body.lower():
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def dumps(value: Any) -> bytes:
    return orjson.dumps(value) if orjson else json.dumps(value).encode()
