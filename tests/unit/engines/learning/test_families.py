"""The families that a spec may name are the ones that can be learned."""

from shared.domain.spec import families
from shared.engines.learning.families import FAMILIES


def test_every_family_of_the_grammar_can_be_learned_and_no_other() -> None:
    named = {family for by_task in families.FAMILIES.values() for family in by_task}
    assert FAMILIES.keys() == named


def test_every_parameter_of_the_grammar_is_one_of_the_estimator() -> None:
    for by_task in families.FAMILIES.values():
        for family, parameters in by_task.items():
            assert parameters.keys() <= FAMILIES[family].estimator().get_params().keys()
