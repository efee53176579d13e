"""Who is named: names, those that are words too, companies of several, who need not come."""
