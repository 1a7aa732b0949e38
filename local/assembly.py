"""Deploys what synthesis wrote: resolves each template and creates its resources, all stacks as one graph, each
resource as soon as those it refers to exist. No CloudFormation is asked."""

from __future__ import annotations

import graphlib
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from local.cloud_assembly import CloudAssembly, Stack
from local.deployment import Deployment
from local.errors import UnknownIntrinsic
from local.intrinsics import Scope, holds, names_within, references, resolve
from local.linking import linked
from local.resources.creators import create, refuse_unknown
from local.resources.resource import Cloud, Created, Resource

AT_ONCE = 8
Node = tuple[str, str]  # (stack, logical id)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be created: resources with what each waits for, and the scope of each stack."""

    resources: Mapping[Node, Mapping[str, Any]]
    waits_for: Mapping[Node, frozenset[Node]]
    scopes: Mapping[str, Scope]
    outputs: Mapping[str, Mapping[str, Any]]  # by stack
    created: dict[str, dict[str, Created]] = field(default_factory=dict)
    exports: dict[str, str] = field(default_factory=dict)


def deploy(assembly: CloudAssembly, cloud: Cloud) -> Deployment:
    """Create everything; raises UnknownResource before the first call, NotCreated or UnknownIntrinsic at a bad one."""
    plan = plan_of(assembly, cloud.account, cloud.region)
    refuse_unknown({f"{stack}/{id_}": given["Type"] for (stack, id_), given in plan.resources.items()})
    _create_all(plan, cloud)
    facts = [fact for stack in plan.created.values() for made in stack.values() for fact in made.facts]
    outputs = {
        name: str(resolve(output["Value"], plan.scopes[stack]))
        for stack, given in plan.outputs.items()
        for name, output in given.items()
    }
    return linked(facts, outputs, account=cloud.account, region=cloud.region, vault=cloud.vault)


def plan_of(assembly: CloudAssembly, account: str, region: str) -> Plan:
    """The graph of all resources of all stacks; a condition that does not hold leaves its resource out."""
    created: dict[str, dict[str, Created]] = {stack.name: {} for stack in assembly.stacks}
    exports: dict[str, str] = {}
    scopes = {stack.name: _scope(stack, account, region, created[stack.name], exports) for stack in assembly.stacks}
    resources = {
        (stack.name, id_): given
        for stack in assembly.stacks
        for id_, given in stack.template.get("Resources", {}).items()
        if "Condition" not in given or holds(scopes[stack.name].conditions[given["Condition"]], scopes[stack.name])
    }
    exporters = _exporters(assembly, scopes)
    waits_for = {
        node: frozenset(_needs(node, given, exporters)) & resources.keys() for node, given in resources.items()
    }
    outputs = {stack.name: stack.template.get("Outputs", {}) for stack in assembly.stacks}
    return Plan(resources, waits_for, scopes, outputs, created, exports)


def _scope(stack: Stack, account: str, region: str, created: dict[str, Created], exports: dict[str, str]) -> Scope:
    return Scope(
        stack=stack.name,
        names=names_within(stack.name, account, region, stack.template),
        created=created,
        exports=exports,
        conditions=stack.template.get("Conditions", {}),
        mappings=stack.template.get("Mappings", {}),
    )


def _exporters(assembly: CloudAssembly, scopes: Mapping[str, Scope]) -> Mapping[str, tuple[str, Any]]:
    """Export → the stack that makes it and its value, not yet resolved."""
    return {
        resolve(output["Export"]["Name"], scopes[stack.name]): (stack.name, output["Value"])
        for stack in assembly.stacks
        for output in stack.template.get("Outputs", {}).values()
        if "Export" in output
    }


def _needs(node: Node, given: Mapping[str, Any], exporters: Mapping[str, tuple[str, Any]]) -> Iterator[Node]:
    stack, own = node
    explicit = given.get("DependsOn", ())
    for id_ in [explicit] if isinstance(explicit, str) else explicit:
        yield stack, id_
    for function, name in references(given.get("Properties", {})):
        if function == "Ref":
            if name != own:
                yield stack, name
        elif name not in exporters:
            raise UnknownIntrinsic(f"{stack}/{own}: no stack exports {name}", fix="deploy the exporting stack too")
        else:
            exporter, value = exporters[name]
            yield from ((exporter, id_) for _, id_ in references(value))


def _create_all(plan: Plan, cloud: Cloud) -> None:
    order = graphlib.TopologicalSorter(plan.waits_for)
    order.prepare()
    running: dict[Future[Created], Node] = {}
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="create") as pool:
        while order.is_active():
            for node in order.get_ready():
                running[pool.submit(_create, plan, cloud, node)] = node
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                stack, id_ = node = running.pop(future)
                plan.created[stack][id_] = future.result()
                _export(plan, stack)
                order.done(node)


def _create(plan: Plan, cloud: Cloud, node: Node) -> Created:
    stack, id_ = node
    given = plan.resources[node]
    properties = resolve(given.get("Properties", {}), plan.scopes[stack])
    return create(cloud, Resource(stack, id_, given["Type"], properties))


def _export(plan: Plan, stack: str) -> None:
    """Export what the resources created so far allow."""
    scope = plan.scopes[stack]
    for output in plan.outputs[stack].values():
        if "Export" in output:
            name = resolve(output["Export"]["Name"], scope)
            needed = {id_ for _, id_ in references(output["Value"])} - scope.names.keys()
            if name not in plan.exports and needed <= scope.created.keys():
                plan.exports[name] = str(resolve(output["Value"], scope))
