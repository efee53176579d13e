"""What all Cal.com wire code shares: versions, reading JSON into models, times. No I/O.

Pages: https://cal.com/docs/api-reference/v2/introduction (versions are matched exactly; a missing or unknown one falls back to
the shapes of April 2024 without a word, a known but wrong one is answered 404 `Cannot GET …`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AliasGenerator, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from bot.errors import ProviderChanged
from bot.gateway.shapes import read_as
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.gateway.calls import Pairs

M = TypeVar("M", bound="Model")

VERSION_HEADER = "cal-api-version"
MOST_A_PAGE = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The version each family of calls is pinned to. `none` sends no header at all."""

    bookings: str = "2024-08-13"
    slots: str = "2024-09-04"
    event_types: str = "2024-06-14"
    schedules: str = "2024-06-11"
    other: str = "2024-08-13"

    def header(self, family: str) -> Pairs:
        """The header of a family."""
        version = getattr(self, family)
        return ((VERSION_HEADER, str(version)),) if version else ()


class OldShape(Exception):
    """The answer has the shape of April 2024: the version header was dropped on the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A piece of an answer. Fields we do not name are ignored."""

    __pydantic_config__ = ConfigDict(
        extra="ignore", alias_generator=AliasGenerator(validation_alias=to_camel), populate_by_name=True
    )


def _lenient_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _identifier(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _lenient_list(value: object) -> object:
    return value if isinstance(value, list) else []


def _lenient_flag(value: object) -> bool:
    return value is True


def _instant(value: object) -> object:
    return parse_instant(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_lenient_text)]
"""Optional text: anything else reads as empty."""
Id = Annotated[str, BeforeValidator(_identifier)]
"""An id, number or text."""
Flag = Annotated[bool, BeforeValidator(_lenient_flag)]
"""True only for a plain true."""
Items = BeforeValidator(_lenient_list)
"""Makes a list of what may be missing or null."""
Instant = Annotated[datetime, BeforeValidator(_instant)]
"""A point in time, in UTC."""


Minutes = Annotated[int, Field(ge=1, le=525_600)]
"""A length: at least a minute, at most a year."""
Notice = Annotated[int, Field(ge=0, le=5_256_000)]
"""A time ahead, in minutes."""


def parse_instant(text: str) -> datetime:
    """`Z`, `.000Z`, `+02:00`, micro-seconds; without an offset it is UTC."""
    value = datetime.fromisoformat(text)
    try:
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text} is beyond the calendar") from error


def iso(instant: datetime) -> str:
    """An instant as Cal.com wants it."""
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds" if instant.microsecond else "seconds")
    return text.replace("+00:00", "Z")


def minutes(length: timedelta) -> int:
    """A length in whole minutes."""
    return int(length.total_seconds() // 60)


def data_of(answer: Any) -> Any:
    """What stands in the envelope; the status word beside it is not looked at, the HTTP status counts."""
    if not isinstance(answer, dict) or "data" not in answer:
        raise ProviderChanged(field="data")
    return answer["data"]


def read_one(model: type[M], data: Any, where: str = "data") -> M:
    """A model of a piece of JSON; `ProviderChanged` names the first field that is missing or unusable."""
    try:
        return read_as(model, data)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_input=False, include_url=False)[0]["loc"])
        raise ProviderChanged(field=f"{where}.{place}" if place else where) from None


def read_many(model: type[M], data: Any, where: str = "data") -> tuple[M, ...]:
    """Models of a list."""
    if not isinstance(data, list):
        raise ProviderChanged(field=where)
    return tuple(read_one(model, item, f"{where}[{index}]") for index, item in enumerate(data))


def nothing(_answer: Any) -> None:
    """For answers whose body tells nothing."""


def is_switched_on(policy: Any) -> bool:
    """Cal.com's optional policies: an object, unless it says `disabled: true`."""
    return policy is True or (isinstance(policy, dict) and bool(policy) and policy.get("disabled") is not True)
