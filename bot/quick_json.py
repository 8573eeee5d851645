"""JSON, by the quick library where it is installed ("fast" in pyproject.toml), else by that of Python."""

import json
from contextlib import suppress
from typing import Any

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]


def loads(body: bytes) -> Any:
    """Read JSON, half of a surrogate pair too, which the quick library refuses; raises json.JSONDecodeError."""
    if orjson:
        with suppress(orjson.JSONDecodeError):
            return orjson.loads(body)
    return json.loads(body)


def dumps(value: Any) -> bytes:
    return orjson.dumps(value) if orjson else json.dumps(value).encode()
