"""The commands, a file a verb or noun: verbs of the wheel change things, nouns are plural and only read."""
