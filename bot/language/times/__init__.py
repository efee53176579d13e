"""Times in a text: pieces are parsed, refined together and resolved to moments."""
