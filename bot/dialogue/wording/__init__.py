"""Every sentence the bot says, one function each, a file per family. Plain text, 24-hour clock, no exclamation marks."""
