"""What the whole suite shares. One file: the test folders are no packages, so there is room for one `conftest`."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator


settings.register_profile("suite", deadline=None)  # a busy machine is no fault; speed is measured in benchmarks/
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Where Python may not write bytecode beside the code, keep it in pytest's cache, for the tests' processes too.

    Without it every process that a test starts compiles every library anew.
    """
    cache = getattr(config, "cache", None)
    if sys.dont_write_bytecode and cache is not None:
        kept = str(cache.mkdir("bytecode"))
        sys.dont_write_bytecode, sys.pycache_prefix = False, kept
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = kept


SLOW_FOLDERS = frozenset({"reliability"})
"""Whole houses that are crashed, raced and restarted: not on every save."""
SLOW_MODULES = frozenset(
    {
        "test_agents",
        "test_by_itself",
        "test_calcom_reading",
        "test_calcom_requests",
        "test_calendly_described",
        "test_calendly_failures",
        "test_calendly_samples",
        "test_calendly_site",
        "test_call_counts",
        "test_channel_news",
        "test_colleagues",
        "test_contract",
        "test_earlier",
        "test_edges",
        "test_edit_form",
        "test_failures",
        "test_forgetting",
        "test_home",
        "test_hosting",
        "test_leftover",
        "test_looking_for_news",
        "test_news_thread",
        "test_no_undo",
        "test_oauth",
        "test_odd_people",
        "test_offered",
        "test_offered_to_several",
        "test_opening",
        "test_own_settings",
        "test_questions_asked",
        "test_reminders",
        "test_replay",
        "test_serving",
        "test_sessions",
        "test_shortcuts",
        "test_specs",
        "test_status",
        "test_steps",
        "test_telling",
        "test_upkeep",
        "test_values",
        "test_warming",
        "test_whole_house",
    }
)
"""A house or a service of its own for each test, or many of one kind: what they hold is rarely broken by a change elsewhere."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in a slow folder or module."""
    for item in items:
        if item.path.parent.name in SLOW_FOLDERS or item.path.stem in SLOW_MODULES:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What stands after collection stays to the end; the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """One schema of the storage tests for the whole run: `opened` empties it, cheaper than a new one for each file."""
    from storage_worlds import postgres_schema  # noqa: PLC0415  importable only where those tests are collected

    with postgres_schema() as url:
        yield url


_BEYOND_LIMITS: list[str] = []
"""What Slack would refuse of the replies of the test that runs."""


@pytest.fixture(autouse=True)
def keeps_to_slacks_limits() -> Iterator[None]:
    """Every reply and home page that any test brings about is drawn as Slack would get it, and keeps to its limits."""
    _watch_replies()
    _BEYOND_LIMITS.clear()
    yield
    assert _BEYOND_LIMITS == []


def _watch_replies() -> None:
    """Draw whatever the assistant answers, beside the test; once a run, and only where there is an assistant."""
    module = sys.modules.get("bot.loop.assistant")
    if module is None or hasattr(module.Assistant, "is_watched"):
        return
    from bot.slack.drawing.limits import message_problems, view_problems  # noqa: PLC0415  beside its only use
    from bot.slack.drawing.render import render  # noqa: PLC0415  as above
    from bot.slack.drawing.views import form_view, home_view  # noqa: PLC0415  as above
    from bot.slack.ids import FormOrigin  # noqa: PLC0415  as above

    take_turn, home = module.Assistant.take_turn, module.Assistant.home

    async def watched_turn(self: Any, *arguments: Any, **named: Any) -> Any:
        reply = await take_turn(self, *arguments, **named)
        for one in (reply, reply.closes):
            if one is not None and not one.is_silent:
                drawn = render(one)
                _BEYOND_LIMITS.extend(message_problems(drawn.as_arguments()))
                _BEYOND_LIMITS.extend(message_problems({"text": drawn.text, "blocks": list(drawn.plain)}))
                forms = [choice.form for choice in one.choices if choice.form is not None]
                for form in (*forms, *((one.form,) if one.form is not None else ())):
                    _BEYOND_LIMITS.extend(view_problems(form_view(form, FormOrigin(card="card", option="option"))))
        return reply

    async def watched_home(self: Any, *arguments: Any, **named: Any) -> Any:
        page = await home(self, *arguments, **named)
        _BEYOND_LIMITS.extend(view_problems(home_view(page)))
        return page

    module.Assistant.take_turn, module.Assistant.home, module.Assistant.is_watched = watched_turn, watched_home, True
