"""What protects and shares a host's time at Cal.com: limits of types, private links, out of office, records of meetings."""
