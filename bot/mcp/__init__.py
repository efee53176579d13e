"""What other agents may ask, over the Model Context Protocol: tools that read, and tools that prepare a card for a press."""
