from __future__ import annotations

import json

import pytest
from calendly_samples import sample

from bot.errors import NotConnected, NotFound, PencilError, Refused
from bot.gateway.calendly.refusals import refusal
from bot.gateway.calls import read_problem


def understood(case: str, status: int) -> PencilError:
    return refusal(status, read_problem(json.dumps(sample(case, status)).encode()))


@pytest.mark.parametrize(
    ("case", "status", "code", "part"),
    [
        ("invitee-created", 403, "plan", "paid plans"),
        ("refused", 403, "permission", "plan, your role or the granted permissions"),
        ("cancellation-twice", 403, "already_cancelled", "cancelled already"),
        ("cancellation-past", 403, "in_the_past", "over"),
        ("webhook", 409, "exists", "already"),
        ("refused", 424, "external_calendar", "in Calendly's own calendar settings"),
        ("refused", 400, "invalid", "email must be filled"),
    ],
)
def test_a_refusal_says_what_it_means(case: str, status: int, code: str, part: str) -> None:
    error = understood(case, status)

    assert isinstance(error, Refused)
    assert error.code == code
    assert part in error.for_person


def test_a_refused_token_asks_to_connect_again() -> None:
    error = understood("refused", 401)

    assert isinstance(error, NotConnected)
    assert error.repair


def test_an_unknown_id_is_not_found() -> None:
    assert isinstance(understood("refused", 404), NotFound)


def test_an_unknown_wording_is_a_refusal_with_its_own_words() -> None:
    problem = read_problem(b'{"title": "Teapot", "message": "short and stout, write to tea@example.com"}')

    error = refusal(418, problem)

    assert isinstance(error, Refused)
    assert error.reason == "short and stout, write to [mail]"
