"""Claims: one sentence for each target that attacks the registry, and the words around them in `RELIABILITY.md`."""

from collections.abc import Mapping

CLAIMS: Mapping[str, str] = {
    "interleave": "Eight people and functions at once, switched at every call to the store, with replies lost, "
    "conflicts and throttling put in, break no invariant and leave a history that is true",
    "interleave-fake": "The registry that the tests use passes the same schedules",
    "fake-is-engine": "It answers every sequence of commands as the registry on DynamoDB does: receipts, errors, "
    "pages, audit, as-of",
    "mutants": "Each condition, audit write and fence is needed: with any one of them taken out, the auditor notices",
    "chaos-kill": "A function killed before or after any call that it makes leaves a run that ends by name, no second "
    "version, no orphan",
    "chaos-reply": "With the reply of every write lost, once and twice, the registry is what it is without faults",
    "chaos-throttle": "With a fifth of all calls throttled, conflicting or failing, callers see 503 with Retry-After "
    "at worst, and nothing is lost",
    "events": "Uploads told of up to five times, in any order, or not at all: each is in exactly one run, and a sweep "
    "finds the lost ones",
    "fidelity": "What the local engines do differently from AWS is known, and a new version that changes one fails",
}
"""Target → what a run of it shows, in the order of the page."""

HEAD = """\
# What Treadle's registry is held to

A decision (promote, roll back, retire, restore, register, a run's begin and end) is one DynamoDB transaction: the
change, its condition, its audit item and the memory of its command are written whole or not at all. So there is at most
one champion a model, what a version is never changes, version numbers have no gaps, the audit chain has no break, every
upload belongs to exactly one run, and every run ends in a named state with a reason.

The targets below attack that, and an auditor (`tests/auditor.py`) reads the registry afterwards. It knows the rules and
nothing of the code that keeps them. Every target is seeded: a violation ends with exit status 1, its seed and the
command that repeats it. `make test` runs a small sample of those that need no cloud of their own, `make test-all` all.

| what is shown | command | seeds | figures | duration, machine |
|---|---|---|---|---|
"""

FOOT = """
Each row was written by its target (`PUBLISH=1 make …`), and a test holds this page to what they wrote.

## What is not claimed

- **No AWS account was used.** The transactions run on DynamoDB Local, AWS's own engine for one machine. It carries out
  one transaction after the other and never raises `TransactionConflict`, so conflicts, throttling and lost replies are
  put in where the AWS SDK sends its requests; the product has no line for that.
- **Nothing rests on moto's DynamoDB**, which is never asked. Step Functions, S3, SQS and EventBridge are moto's:
  [docs/local.md](docs/local.md) lists what they do differently, and each line there is a test.
- **A region that fails, a table deleted by hand, a person with the rights to write the table directly**: backups and
  policies are for those (point-in-time recovery and deletion protection are in the template), not these proofs.
- **Schedules are sampled**, not enumerated: a thousand seeds are much, not all. Another seed costs a second; more are
  welcome: `make interleave N=10000 SEED=77`.
"""
