"""Pencil: a Slack bot that schedules."""
