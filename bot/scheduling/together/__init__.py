"""People together: who counts, what is known of each, and the times that suit them all. Pure."""
