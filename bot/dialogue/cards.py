"""Cards: what is shown to be pressed, frozen when it was shown, and what each kind of press does.

Rule for the next editor: a new kind of press is a type here, a member of `Press`, and a case in `pressing.py`. Cards are
stored: new fields get defaults, and a released `kind` never changes its meaning.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from typing import Literal

from bot.dialogue.acts import ConversationKey, Form  # noqa: TC001  as above
from bot.dialogue.families import Request  # noqa: TC001  as above
from bot.scheduling.models import Booking, Person, Slot  # noqa: TC001  as above
from bot.scheduling.times import Interval  # noqa: TC001  as above
from bot.scheduling.together.polls import Poll  # noqa: TC001  as above
from bot.scheduling.together.sharing import Share  # noqa: TC001  as above
from bot.scheduling.writes import Write  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOut:
    """Press: these writes, once claimed; the later ones only after the earlier (`is_sequence`) or each for itself."""

    writes: tuple[Write, ...]
    is_sequence: bool = True
    despite: tuple[Interval, ...] = ()
    """What is taken at that time, as the card has named it: the press is meant all the same."""
    kind: Literal["write"] = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAnew:
    """Press: decide anew with that request; with `stays` in a new message, so that this card remains as it is."""

    request: Request
    stays: bool = False
    kind: Literal["anew"] = "anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeSlot:
    """Press: go on with that slot for the request of the card."""

    slot: Slot
    kind: Literal["take"] = "take"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeType:
    """Press: the request of the card with that event type, and with its own length where the type has it."""

    event_type: str
    length: timedelta | None = None
    kind: Literal["type"] = "type"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPage:
    """Press: other times for the request of the card: those of that day, else those behind that instant."""

    behind: datetime | None = None
    day: date | None = None
    kind: Literal["page"] = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class FillIn:
    """Press: the form opens; what it brings revises the request, which is the card's where none is named."""

    form: Form
    request: Request | None = None
    kind: Literal["fill"] = "fill"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterKey:
    """Press: the form opens; the key that it brings connects an account, and the request goes on with it."""

    form: Form
    request: Request
    provider: str
    kind: Literal["key"] = "key"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowLink:
    """Press: the surface opens an address; nothing is left to do."""

    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Press: the card is closed and nothing changes."""

    kind: Literal["keep"] = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckConnection:
    """Press: look again whether that account has become active."""

    account: str
    kind: Literal["check"] = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseAccount:
    """Press: that account is the one in use from now on."""

    account: str
    kind: Literal["use"] = "use"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetAll:
    """Press: everything kept about the person is deleted."""

    kind: Literal["forget"] = "forget"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLate:
    """Press: the colleague of that meeting is told that its person comes a little later."""

    booking: Booking
    member: str
    """The colleague, by the surface's own id."""
    name: str
    kind: Literal["late"] = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFree:
    """Press: colleagues may see when the person is free; with `viewer` that one member only, until then."""

    viewer: str = ""
    until: datetime | None = None
    kind: Literal["grant"] = "grant"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseFree:
    """Press: nobody may see when the person is free."""

    kind: Literal["refuse"] = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishShare:
    """Press: these times are put where colleagues can pick from them."""

    share: Share
    kind: Literal["share"] = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class PickTime:
    """Press, by any colleague: a card of their own for that time of a share."""

    share: str
    slot: Slot
    kind: Literal["pick"] = "pick"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndShare:
    """Press, by the sharer: nobody can pick any more."""

    share: str
    kind: Literal["end"] = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPoll:
    """Press: the poll is put where the others can vote."""

    poll: Poll
    kind: Literal["poll"] = "poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote:
    """Press, by anybody who sees it: that time on or off; None: none of them."""

    poll: str
    option: int | None = None
    kind: Literal["vote"] = "vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePoll:
    """Press, by the asker: no more votes."""

    poll: str
    kind: Literal["close"] = "close"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskColleague:
    """Press: that colleague is asked whether their free times may be seen."""

    person: Person
    kind: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberPerson:
    """Press: name and address are kept, for this person only."""

    person: Person
    kind: Literal["remember"] = "remember"


Together = (
    GrantFree
    | RefuseFree
    | PublishShare
    | PickTime
    | EndShare
    | PublishPoll
    | CastVote
    | ClosePoll
    | AskColleague
    | RememberPerson
)
"""Presses about colleagues; `together/pressing.py` answers them."""

Press = (
    WriteOut
    | DecideAnew
    | TakeSlot
    | TakeType
    | TurnPage
    | FillIn
    | EnterKey
    | FollowLink
    | Keep
    | CheckConnection
    | UseAccount
    | ForgetAll
    | RunLate
    | Together
)
"""What pressing an option does; told apart by `kind`. Only `WriteOut` reaches a provider's writes, and only claimed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One button of a card, with what it does."""

    id: str
    label: str
    press: Press

    @property
    def writes(self) -> tuple[Write, ...]:
        """What it would write; nothing for most."""
        return self.press.writes if isinstance(self.press, WriteOut) else ()

    @property
    def is_sequence(self) -> bool:
        """Whether a later write of it waits for the earlier ones."""
        return not isinstance(self.press, WriteOut) or self.press.is_sequence

    @property
    def form(self) -> Form | None:
        """What it opens."""
        return self.press.form if isinstance(self.press, FillIn | EnterKey) else None

    @property
    def request(self) -> Request | None:
        """What it goes on with, where that is not the request of its card."""
        match self.press:
            case DecideAnew() | FillIn() | EnterKey():
                return self.press.request
            case _:
                return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card: frozen when it was shown. `id` is unguessable. After `expires_at` no option may write.

    `request` is what it was shown for; None for a list that nobody asked for (the home page, news).
    """

    id: str
    key: ConversationKey
    account: str
    request: Request | None
    options: tuple[Option, ...]
    offered_at: datetime
    expires_at: datetime
    is_open: bool = False
    """Everybody who sees it may press; what a press may do is then decided for each of them."""
    asker: str = ""
    """The name of the person it belongs to, for telling somebody else who pressed it."""

    def option(self, option_id: str) -> Option | None:
        """The option of that id."""
        return next((option for option in self.options if option.id == option_id), None)
