"""Everything that can go wrong, sorted by who can do something about it.

    PencilError
    ├── PersonError            the person who asked can do something
    │   ├── SlotTaken          the time is not (or no longer) free
    │   ├── NotFound           the booking, event type, hold … does not exist (any more), or is not theirs
    │   ├── Refused            the provider understood and said no; `reason` is its wording, cut and redacted
    │   ├── Unsupported        this provider cannot do it at all
    │   ├── DryRun             writes are shown and recorded here, not sent
    │   └── NotConnected       no account, or its grant or key is dead: connect (again)
    ├── OperatorError          who runs Pencil can do something
    │   ├── BadSettings        a setting is missing or wrong
    │   └── StoreDown          our own database does not answer
    ├── ProviderError          nobody here can do anything; waiting may help
    │   ├── ProviderDown       no usable answer; nothing was written
    │   ├── RateLimited        too many calls; `retry_after` says how long to wait
    │   ├── ProviderChanged    the answer lacks a field that we need
    │   └── Uncertain          a write was sent and no answer came: look it up before saying anything
    └── Bug                    we did something that must not happen

Each error carries facts as attributes and two texts: `str(error)` is for the log (no personal data), `for_person` is one
sentence for a person. The next step (a button) is chosen by the dialogue from the class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta


class PencilError(Exception):
    """The root. `for_person` is what a person may read: what happened and, where it is short, what to do."""

    for_person = "Something went wrong on my side. Nothing was written."

    def __init__(self, message: str = "", *, for_person: str | None = None) -> None:
        super().__init__(message or type(self).__name__)
        if for_person is not None:
            self.for_person = for_person


class PersonError(PencilError):
    """The person who asked can do something."""


class SlotTaken(PersonError):
    """The time is not (or no longer) free; nothing was written."""

    for_person = "That time is no longer free."


class NotFound(PersonError):
    """The thing does not exist any more, or is not theirs (the two are told apart to nobody)."""

    for_person = "I could not find that any more."


class Refused(PersonError):
    """The provider understood and said no; nothing was written. `reason` is its wording, cut and redacted."""

    for_person = "The calendar service refused that."

    def __init__(self, message: str = "", *, reason: str = "", code: str = "", for_person: str | None = None) -> None:
        super().__init__(message or reason, for_person=for_person)
        self.reason = reason
        self.code = code


class Unsupported(PersonError):
    """This provider cannot do it; `for_person` names the nearest thing it can."""

    for_person = "Your calendar service cannot do that."


class DryRun(PersonError):
    """The operator has set PENCIL_DRY_RUN: the write was recorded and not sent."""

    for_person = "This is a dry run: I recorded it and sent nothing."


class NotConnected(PersonError):
    """There is no account, or its key or grant is dead. `repair` is true when an account exists but must be renewed."""

    for_person = "Your calendar is not connected."

    def __init__(self, message: str = "", *, repair: bool = False, for_person: str | None = None) -> None:
        super().__init__(message, for_person=for_person)
        self.repair = repair


class OperatorError(PencilError):
    """Whoever runs Pencil can do something."""


class BadSettings(OperatorError):
    """A setting is missing or wrong. The message names it, what is wrong, and where to get it."""

    for_person = "I am not set up correctly; whoever runs me finds the reason in my log."


class StoreDown(OperatorError):
    """Our own database does not answer; what it was told may or may not be kept. Asking again is safe: it compares first."""

    for_person = "My own memory is not answering right now. Try again in a minute."


class ProviderError(PencilError):
    """The provider's side failed. `request_id` is the provider's own, for their support."""

    for_person = "The calendar service is not answering properly. Nothing was written."

    def __init__(
        self,
        message: str = "",
        *,
        status: int | None = None,
        request_id: str = "",
        origin: str = "unknown",
        for_person: str | None = None,
    ) -> None:
        super().__init__(message, for_person=for_person)
        self.status = status
        self.request_id = request_id
        self.origin = origin
        """`gateway`, `upstream` or `unknown`: whose error it is."""


class ProviderDown(ProviderError):
    """No usable answer to a read, or a write that certainly was not sent or not carried out."""


class RateLimited(ProviderError):
    """Too many calls. Answered before any write, so asking again after `retry_after` is safe."""

    for_person = "The calendar service asked me to slow down. Nothing was written."

    def __init__(self, message: str = "", *, retry_after: timedelta, origin: str = "unknown") -> None:
        super().__init__(message, status=429, origin=origin)
        self.retry_after = retry_after


class ProviderChanged(ProviderError):
    """The answer lacks something that we need; `field` names it."""

    for_person = "The calendar service answered in a way I do not understand. Nothing was written."

    def __init__(self, message: str = "", *, field: str) -> None:
        super().__init__(message or f"the answer lacks {field}")
        self.field = field


class Uncertain(ProviderError):
    """A write was sent and its fate is unknown. Never sent again; looked up by its reference."""

    for_person = "No answer came, so I am checking whether it was written."

    def __init__(
        self,
        message: str = "",
        *,
        is_hung: bool = False,
        is_lasting: bool = False,
        status: int | None = None,
        origin: str = "unknown",
    ) -> None:
        super().__init__(message, status=status, origin=origin)
        self.is_lasting = is_lasting
        """The provider has no way to say; asking again later would not help."""
        self.is_hung = is_hung
        """The call timed out: the provider may still be at work on it, so «not written» takes longer to know."""


class Bug(PencilError):
    """Ours. The message names the state and what arrived."""
