"""What comes in: somebody wrote, pressed, sent a form, opened a page, pointed at a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.scheduling.accounts import Owner  # noqa: TC001  stored by pydantic adapters, which read annotations
from bot.scheduling.models import Person  # noqa: TC001  as above
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.families import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationKey:
    """Whose conversation, and where. `channel` and `thread` are opaque ids of the surface; `thread` is empty outside one."""

    owner: Owner
    channel: str
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Somebody wrote something to us. `people` are the members mentioned; `text` has their ids as `<@ID>`."""

    text: str
    people: tuple[Person, ...] = ()
    is_addressed: bool = True
    """False for a message in a thread we take part in that does not mention us: answered only when it is for us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chose:
    """Somebody pressed a button: option `option` of the card `card`."""

    card: str
    option: str
    is_replayed: bool = False
    """Taken up again after a crash or an outage: an outcome that is known by then is recovery's to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Somebody sent a form that an option of a card had opened. `values` are (field name, text), empty ones included."""

    card: str
    option: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody opened our home page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    """A wish that came as fields instead of words: from a form that no card opened, a workflow step, an agent's tool."""

    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """Somebody pointed at a message and wants a time for what it says. `people`: who wrote it, who is named in it, and who
    else speaks in its thread, without the one who pointed.
    """

    text: str
    people: tuple[Person, ...] = ()


Turn = Said | Chose | Submitted | Opened | Wished | Pointed
