"""Cal.com's refusals: one exception that a handler raises, and the shapes in which it goes out.

Shapes as described in the provider notes: with `details` (most), a tree of property errors, without `details` (core and
router errors), and the raw `{statusCode, message}`.
"""

from __future__ import annotations

from typing import Any

from bot.sandbox.world.exchange import Answer

_NAMES = {
    400: ("BadRequestException", "Bad Request"),
    401: ("UnauthorizedException", "Unauthorized"),
    403: ("ForbiddenException", "Forbidden"),
    404: ("NotFoundException", "Not Found"),
    409: ("ConflictException", "Conflict"),
    422: ("UnprocessableEntityException", "Unprocessable Entity"),
    500: ("InternalServerErrorException", "Internal Server Error"),
}


class Refusal(Exception):
    """An answer other than success. Made through the functions below."""

    def __init__(self, status: int, body: dict[str, Any], *, is_wrapped: bool = True) -> None:
        super().__init__(f"refused with {status}")
        self.status = status
        self.body = body
        self.is_wrapped = is_wrapped

    def answer(self, *, path: str, timestamp: str) -> Answer:
        """As it goes out."""
        if not self.is_wrapped:
            return Answer(status=self.status, body=self.body)
        body = {"status": "error", "timestamp": timestamp, "path": path, "error": self.body}
        return Answer(status=self.status, body=body)


def refuse(status: int, message: str) -> Refusal:
    """The usual shape: the message twice, with the name of the status."""
    code, name = _NAMES[status]
    details = {"message": message, "error": name, "statusCode": status}
    return Refusal(status, {"code": code, "message": message, "details": details})


def refuse_properties(errors: list[dict[str, Any]]) -> Refusal:
    """The tree of property errors."""
    body = {"code": "BadRequestException", "message": "Bad Request Exception", "details": {"errors": errors}}
    return Refusal(400, body)


def refuse_sentence(errors: list[dict[str, Any]]) -> Refusal:
    """The same tree told in one sentence, as the booking and slot inputs do."""
    return refuse(400, sentence(errors))


def refuse_bare(status: int, code: str, message: str) -> Refusal:
    """Without details: what comes out of the booking core or the older router."""
    return Refusal(status, {"code": code, "message": message})


def refuse_doubled(status: int, message: str) -> Refusal:
    """The oldest API's shape, where details is the message again."""
    return Refusal(status, {"code": "HttpException", "message": message, "details": message})


def refuse_raw(status: int, message: str) -> Refusal:
    """Not wrapped at all."""
    return Refusal(status, {"statusCode": status, "message": message}, is_wrapped=False)


def sentence(errors: list[dict[str, Any]]) -> str:
    """A tree of property errors as the provider's one-line text, its odd spaces included."""
    return ", ".join(
        f"{error['property']} property is wrong,{', '.join(error.get('constraints', {}).values())} "
        f"{sentence(error['children'])}"
        for error in errors
    )
