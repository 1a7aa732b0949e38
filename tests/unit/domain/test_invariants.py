"""The design's invariants hold whatever happens to a model."""

from hypothesis import settings

from tests.life import Life

TestTheLifeOfAModel = Life.TestCase
TestTheLifeOfAModel.settings = settings(stateful_step_count=40)
