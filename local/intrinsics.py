"""CloudFormation's intrinsic functions: what a template refers to, and what that resolves to once it exists."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from local.errors import UnknownIntrinsic
from local.resources.resource import Created

PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")


class Absent:
    """AWS::NoValue: the property is not there."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean within one stack. `created` and `exports` grow while the deployment goes on."""

    stack: str
    names: Mapping[str, Any]  # pseudo parameters and parameters
    created: Mapping[str, Created]  # by logical id
    exports: Mapping[str, str]  # of all stacks
    conditions: Mapping[str, Any]
    mappings: Mapping[str, Any]


def names_within(stack: str, account: str, region: str, template: Mapping[str, Any]) -> Mapping[str, Any]:
    """Pseudo parameters, and parameters at their defaults."""
    parameters = {
        name: given["Default"] for name, given in template.get("Parameters", {}).items() if "Default" in given
    }
    pseudo = {
        "AWS::AccountId": account,
        "AWS::Region": region,
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
        "AWS::StackName": stack,
        "AWS::StackId": f"arn:aws:cloudformation:{region}:{account}:stack/{stack}/local",
        "AWS::NotificationARNs": [],
        "AWS::NoValue": ABSENT,
    }
    return parameters | pseudo


def resolve(value: Any, scope: Scope) -> Any:
    """The value with every intrinsic replaced; raises UnknownIntrinsic for one that is not known."""
    if isinstance(value, Mapping):
        if len(value) == 1 and (function := next(iter(value))) in FUNCTIONS:
            return FUNCTIONS[function](value[function], scope)
        if strange := next((key for key in value if key.startswith("Fn::")), ""):
            raise UnknownIntrinsic(
                f"stack {scope.stack}: {strange} is not resolved", fix="add it to local/intrinsics.py"
            )
        resolved = {key: resolve(inner, scope) for key, inner in value.items()}
        return {key: inner for key, inner in resolved.items() if inner is not ABSENT}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [item for item in (resolve(inner, scope) for inner in value) if item is not ABSENT]
    return value


def references(value: Any) -> Iterator[tuple[str, str]]:
    """Every (function, name) that a value refers to: Ref and Fn::GetAtt by logical id, Fn::ImportValue by export."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from NAMED.get(key, _nothing)(inner)
            yield from references(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from references(inner)


def _nothing(_argument: Any) -> Iterator[tuple[str, str]]:
    return iter(())


def _named_by_ref(argument: Any) -> Iterator[tuple[str, str]]:
    yield "Ref", argument


def _named_by_get_att(argument: Any) -> Iterator[tuple[str, str]]:
    yield "Ref", argument.partition(".")[0] if isinstance(argument, str) else argument[0]


def _named_by_sub(argument: Any) -> Iterator[tuple[str, str]]:
    text = argument if isinstance(argument, str) else argument[0]
    yield from (("Ref", name.partition(".")[0]) for escaped, name in PLACEHOLDER.findall(text) if not escaped)


def _named_by_import(argument: Any) -> Iterator[tuple[str, str]]:
    if isinstance(argument, str):
        yield "Fn::ImportValue", argument


NAMED: Mapping[str, Callable[[Any], Iterator[tuple[str, str]]]] = {
    "Ref": _named_by_ref,
    "Fn::GetAtt": _named_by_get_att,
    "Fn::Sub": _named_by_sub,
    "Fn::ImportValue": _named_by_import,
}


def _ref(name: str, scope: Scope) -> Any:
    if name in scope.names:
        return scope.names[name]
    if name in scope.created:
        return scope.created[name].ref
    raise UnknownIntrinsic(f"stack {scope.stack}: nothing is called {name}", fix="synthesize again")


def _get_att(argument: Any, scope: Scope) -> Any:
    name, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
    attributes = scope.created[name].attributes if name in scope.created else {}
    if attribute not in attributes:
        raise UnknownIntrinsic(
            f"stack {scope.stack}: {name} has no attribute {attribute}",
            fix="let its creator in local/resources/ return it",
        )
    return attributes[attribute]


def _sub(argument: Any, scope: Scope) -> str:
    text, own = (argument, {}) if isinstance(argument, str) else (argument[0], resolve(argument[1], scope))

    def replaced(found: re.Match[str]) -> str:
        name = found[2]
        if found[1]:
            return f"${{{name}}}"
        if name in own:
            return str(own[name])
        return str(_get_att(name, scope) if "." in name else _ref(name, scope))

    return PLACEHOLDER.sub(replaced, text)


def _import(argument: Any, scope: Scope) -> str:
    name = resolve(argument, scope)
    if name not in scope.exports:
        raise UnknownIntrinsic(f"stack {scope.stack}: no stack exports {name}", fix="deploy the exporting stack too")
    return scope.exports[name]


def _if(argument: Any, scope: Scope) -> Any:
    name, yes, no = argument
    return resolve(yes if holds(scope.conditions[name], scope) else no, scope)


def holds(condition: Any, scope: Scope) -> bool:
    """Whether a condition of the template is true here."""
    return bool(resolve(condition, scope))


def _condition(argument: Any, scope: Scope) -> Any:
    """Another condition by its name; in a policy the same word is a property."""
    if isinstance(argument, str) and argument in scope.conditions:
        return holds(scope.conditions[argument], scope)
    return {"Condition": resolve(argument, scope)}


FUNCTIONS: Mapping[str, Callable[[Any, Scope], Any]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::ImportValue": _import,
    "Fn::If": _if,
    "Fn::Join": lambda argument, scope: argument[0].join(str(one) for one in resolve(argument[1], scope)),
    "Fn::Select": lambda argument, scope: resolve(argument[1], scope)[int(argument[0])],
    "Fn::Split": lambda argument, scope: resolve(argument[1], scope).split(argument[0]),
    "Fn::Base64": lambda argument, scope: base64.b64encode(resolve(argument, scope).encode()).decode(),
    "Fn::FindInMap": lambda argument, scope: _find(resolve(argument, scope), scope),
    "Fn::Equals": lambda argument, scope: len({str(one) for one in resolve(argument, scope)}) == 1,
    "Fn::And": lambda argument, scope: all(holds(one, scope) for one in argument),
    "Fn::Or": lambda argument, scope: any(holds(one, scope) for one in argument),
    "Fn::Not": lambda argument, scope: not holds(argument[0], scope),
    "Condition": _condition,
}


def _find(path: Sequence[str], scope: Scope) -> Any:
    first, second, third = path
    return scope.mappings[first][second][third]
