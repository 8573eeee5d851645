"""What a browser may do with a page: run no script but ours, keep nothing, show it in no frame that is not named."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def policy(frame_ancestors: str = "'none'", connect: str = "'none'") -> str:
    """The Content-Security-Policy of a page: who may frame it, and what its script may ask."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src {connect}",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {frame_ancestors}",
        )
    )


ALWAYS: Mapping[str, str] = {
    "Content-Security-Policy": policy(),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class SafeHeaders:
    """Every answer carries them, unless it says otherwise itself; what says nothing of keeping is kept nowhere."""

    def __init__(self, app: ASGIApp, *, secure: bool, always: Mapping[str, str] = ALWAYS) -> None:
        self.app = app
        by_default = {**always, "Cache-Control": "no-store"}
        if secure:
            by_default["Strict-Transport-Security"] = "max-age=31536000"
        self.by_default = [
            (name.lower().encode("ascii"), value.encode("latin-1")) for name, value in by_default.items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                more = [header for header in self.by_default if header[0] not in said]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, with_headers)
