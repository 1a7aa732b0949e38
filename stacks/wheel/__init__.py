"""The state machines: the table of contents of the product."""
