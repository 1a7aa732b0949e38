"""The stored form: everything written out, and the same spec again from it."""

import json

from hypothesis import given

from shared.documents.spec import read
from shared.domain.spec import Spec, digest, resolve, stored
from tests.strategies import plain_specs, specs
from tests.strategies_data import Plain


@given(specs())
def test_the_stored_form_of_any_spec_gives_the_same_spec_again(spec: Spec) -> None:
    assert resolve(stored(spec)) == spec
    assert Spec.model_validate(stored(spec)) == spec


@given(specs())
def test_the_stored_form_read_as_text_gives_the_same_spec_again(spec: Spec) -> None:
    assert read(json.dumps(stored(spec)), "spec.json") == spec
    assert read(json.dumps(stored(spec), indent=2), "spec.json") == spec


@given(specs())
def test_the_digest_of_any_spec_does_not_depend_on_the_way_it_came(spec: Spec) -> None:
    shuffled = dict(reversed(list(stored(spec).items())))
    assert digest(resolve(shuffled)) == digest(spec)


@given(plain_specs())
def test_a_default_that_is_written_out_changes_nothing(plain: Plain) -> None:
    written_out = {"about": "", "deploy": {"approval": "none"}, "monitor": {}, **plain}
    assert digest(resolve(written_out)) == digest(resolve(plain))
