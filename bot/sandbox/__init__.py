"""A practice world: a web app that answers like the Maton gateway with Cal.com (and Calendly) behind it."""

from bot.sandbox.app import Sandbox, create_sandbox
from bot.sandbox.controls.faults import FaultKind, FaultRule, load_faults, parse_faults
from bot.sandbox.settings_text import serve_settings_text

__all__ = [
    "FaultKind",
    "FaultRule",
    "Sandbox",
    "create_sandbox",
    "load_faults",
    "parse_faults",
    "serve_settings_text",
]
