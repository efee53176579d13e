"""Everything that can go wrong with a write on its way, by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from bot.errors import ProviderDown, RateLimited

if TYPE_CHECKING:
    from gateway_fakes import Step

SHAPE_D = b'{"statusCode":500,"message":"Internal server error"}'
HTML = b"<html><head><title>502</title></head><body>Bad gateway</body></html>"


@dataclass
class Spoiler(httpx.AsyncBaseTransport):
    """Spoils writes while `mode` is set; counts those that reached the provider."""

    inner: httpx.AsyncBaseTransport
    mode: str = ""
    carried_out: list[str] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self.mode or request.method == "GET":
            return await self.inner.handle_async_request(request)
        before: dict[str, Step] = {
            "connect refused": httpx.ConnectError("refused"),
            "connect too slow": httpx.ConnectTimeout("slow"),
            "lost before": httpx.ReadError("reset"),
            "timeout before": httpx.ReadTimeout("slow"),
            "502 before": httpx.Response(502, content=HTML),
            "429": httpx.Response(429, content=b'{"statusCode":429,"message":"Too many requests"}'),
        }
        if self.mode in before:
            return self._end(before[self.mode])
        answer = await self.inner.handle_async_request(request)
        whole = await answer.aread()
        self.carried_out.append(f"{request.method} {request.url.path}")
        after: dict[str, Step] = {
            "answer lost": httpx.ReadError("reset"),
            "timeout": httpx.ReadTimeout("slow"),
            "500 after commit": httpx.Response(500, content=SHAPE_D),
            "502 HTML": httpx.Response(502, content=HTML),
            "504 empty": httpx.Response(504),
            "malformed": httpx.Response(answer.status_code, content=whole[: len(whole) // 2]),
        }
        return self._end(after[self.mode])

    @staticmethod
    def _end(step: Step) -> httpx.Response:
        if isinstance(step, Exception):
            raise step
        return step


NEVER_LEFT = [("connect refused", ProviderDown), ("connect too slow", ProviderDown), ("429", RateLimited)]
WRITTEN = ["answer lost", "timeout", "500 after commit", "502 HTML", "504 empty", "malformed"]
NOT_WRITTEN = ["lost before", "timeout before", "502 before"]
