"""Our own key of a message, in its metadata: by it, what may have been posted before a crash is found again.

An answer bears its turn's key and its card. A line that only says that we are at work, or that an answer was private, bears
the key alone. «Not sure yet» bears a key of its own, and what came of a write that of its offer. https://docs.slack.dev/messaging/message-metadata
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.logs import get_logger
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from bot.dialogue.acts import Reply
    from bot.scheduling.accounts import Owner
    from bot.slack.sending.api import SlackApi
    from bot.slack.workspaces import Workspaces

log = get_logger("slack.standing")

_TOLD = "pencil_told"
"""The type of our messages' metadata."""
_UNSURE = "unsure:"
_CLOCKS_APART = timedelta(minutes=2)
_MOST_LOOKED_AT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A message of ours: where in its channel it stands, and whether it is an answer, with which card.

    `thread` is the message below which it stands; empty for one in the channel itself, also when a thread hangs on it.
    """

    ts: str
    thread: str
    key: str
    is_answer: bool
    card: str

    @property
    def is_unsure(self) -> bool:
        """Whether it calls a write undecided."""
        return self.key.startswith(_UNSURE)


def answer_key(reply: Reply, claim: str) -> str:
    """The key of an answer to the turn of that claim."""
    if reply.awaits:
        return unsure_key(claim)
    return told_key(reply) if reply.tells else claim


def unsure_key(claim: str) -> str:
    """The key of «not sure yet»."""
    return _UNSURE + claim


def told_key(reply: Reply) -> str:
    """The key of what came of a write, whoever tells it; empty for other replies."""
    return f"told:{reply.tells[0]}" if reply.tells else ""


def marked(key: str, *, card: str | None = None) -> dict[str, Any]:
    """The argument that puts the key on a message; `card` makes it an answer. Nothing without a key."""
    if not key:
        return {}
    payload = {"key": key} if card is None else {"key": key, "card": card}
    return {"metadata": {"event_type": _TOLD, "event_payload": payload}}


class Standing:
    """Finds messages by their key. Asked only when somebody may have died in between."""

    def __init__(self, api: SlackApi, workspaces: Workspaces) -> None:
        self._api = api
        self._workspaces = workspaces

    async def since(
        self, owner: Owner, keys: Collection[str], since: datetime, *, channel: str, thread: str = ""
    ) -> Found | None:
        """The newest message with one of those keys since then; None also when we may not look.

        https://docs.slack.dev/reference/methods/conversations.history (scopes im:history, channels:history)
        """
        oldest = f"{(since - _CLOCKS_APART).timestamp():.6f}"
        return await self._look(owner, keys, channel=channel, thread=thread, oldest=oldest, limit=_MOST_LOOKED_AT)

    async def at(self, owner: Owner, keys: Collection[str], *, channel: str, thread: str, ts: str) -> Found | None:
        """That very message, if it bears one of the keys."""
        return await self._look(
            owner, keys, channel=channel, thread=thread, oldest=ts, latest=ts, inclusive="true", limit=1
        )

    async def _look(
        self, owner: Owner, keys: Collection[str], *, channel: str, thread: str, **where: Any
    ) -> Found | None:
        workspace = await self._workspaces.find(owner.enterprise, owner.team)
        if workspace is None:
            return None
        method = "conversations.replies" if thread else "conversations.history"
        asked = {"channel": channel, **({"ts": thread} if thread else {}), **where, "include_all_metadata": "true"}
        try:
            answer = await self._api.ask(method, workspace.token, **asked)
        except (SlackRefusal, SlackDown) as error:
            log.warning("slack.history_refused", code=getattr(error, "code", "down"))
            return None
        messages = answer.get("messages")
        found = (one for message in (messages if isinstance(messages, list) else ()) for one in _ours(message, keys))
        return max(found, key=lambda one: one.ts, default=None)


def _ours(message: object, keys: Collection[str]) -> Iterator[Found]:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(metadata, dict) or metadata.get("event_type") != _TOLD:
        return
    payload = metadata.get("event_payload")
    key = str(payload.get("key") or "") if isinstance(payload, dict) else ""
    if isinstance(payload, dict) and key in keys:
        card, ts, thread = payload.get("card"), str(message.get("ts") or ""), str(message.get("thread_ts") or "")
        below = "" if thread == ts else thread
        yield Found(ts=ts, thread=below, key=key, is_answer=card is not None, card=str(card or ""))
