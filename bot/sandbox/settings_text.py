"""The settings that point a bot at a served sandbox."""

from __future__ import annotations


def serve_settings_text(base_url: str) -> str:
    """Lines for an `.env` file or a shell. Either the gateway lines or the direct ones are needed."""
    base = base_url.rstrip("/")
    return "\n".join(
        (
            "# through the gateway: any key will do, connecting makes the account",
            f"MATON_API_URL={base}",
            "MATON_API_KEY=practice",
            "# or directly: any key that begins with cal_ is an account of its own",
            f"CALCOM_API_URL={base}/v2",
            f"CALENDLY_API_URL={base}",
        )
    )
