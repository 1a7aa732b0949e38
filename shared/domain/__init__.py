"""Nouns and their rules: pydantic and the standard library only."""
