"""A subscription that Calendly switched off after failed deliveries: shown as such, and made anew with one press."""

from __future__ import annotations

from dataclasses import replace

from transcripts import Transcript, staged

HEAD = (("seed", "1"), ("route", "maton"))
MADE = (
    *("> connect calendly", "[Connect]", "visit", "[Check again]"),
    "> create a webhook for cancellations to https://hooks.example.com/in",
    "[Create webhook]",
    "< Created",
)
RESUMED = (
    "> resume the webhook",
    "< Nothing changes until you press Resume",
    "[Resume]",
    "< Resumed: the webhook was made anew",
)


async def test_what_calendly_switched_off_is_made_anew_with_two_writes_in_one_press() -> None:
    transcript = Transcript("disabled", HEAD, tuple(enumerate(MADE, start=1)))
    async with staged(transcript) as stage:
        assert not await stage.play()
        hooks = stage.sandbox.world.webhooks
        ((key, hook),) = [(key, one) for key, one in hooks.items() if "hooks.example.com" in one.url]
        hooks[key] = replace(hook, is_active=False)
        before = stage.writes()

        again = replace(transcript, lines=tuple(enumerate(RESUMED, start=1)))
        stage.transcript = again
        difference = await stage.play()
        standing = [(one.url, one.is_active) for one in hooks.values() if "hooks.example.com" in one.url]

        assert not difference, difference
        assert stage.writes() - before == 2
        assert standing == [(hook.url, True)]
