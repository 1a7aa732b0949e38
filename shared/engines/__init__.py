"""The heavy libraries with our words on them: deterministic, no AWS, no clock, no network; one package a verb."""
