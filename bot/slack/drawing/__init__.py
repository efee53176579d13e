"""What a reply looks like in Slack: blocks, views, text."""
