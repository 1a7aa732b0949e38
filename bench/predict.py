"""Predict: how long a call takes over HTTP and inside the handler, how many a second, and how cold a start is.

One boosted model of the flights (the better of two trials), in an embedded cloud on loopback, with its
token checked. Callers and platform share the machine's processors, so more callers show queueing as well.
"""

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import boto3
import httpx2

from bench import _processes
from bench._cloud import Cloud, cloud, until_serving
from samples.flights import calls
from samples.flights.data import BROKEN, make
from treadle.profile import Profile
from treadle.upload import upload

MODEL, FUNCTION = "flights", "treadle-predict"
QUARTER, ASKED = "january_to_march.csv", "april.csv"
SPEC = BROKEN.with_name("model.yaml").read_text()
WARM_UP, CALLS, COLD_STARTS = 200, 2000, 5
ROWS, CALLERS = (1, 20), (1, 4)
Row = dict[str, Any]
Milliseconds = Sequence[float]


def main() -> None:
    """Train once, then measure and print."""
    print(f"predict; {_processes.load()}", flush=True)
    with cloud() as here:
        rows = _ready(here)
        print(f"{'':26}{'p50':>10} {'p99':>10} {'calls/s':>9} {'errors':>7}")
        for size in ROWS:
            bodies = [json.dumps({"instances": rows[at : at + size]}) for at in range(0, 40 * size, size)]
            for callers in CALLERS:
                _print_http(here.client.profile, bodies, size, callers)
            event = _event(here.folder, bodies[0])
            _print_inside(_in_a_process(here, "bench._handler", event, CALLS)["warm_ms"], size)
            _print_capture(_in_a_process(here, "bench._capture", event, CALLS), size)
        one = _event(here.folder, json.dumps({"instances": rows[:1]}))
        _print_cold([_in_a_process(here, "bench._handler", one, 0) for _ in range(COLD_STARTS)])
    print(f"afterwards: {_processes.load()}")


def _ready(here: Cloud) -> list[Row]:
    """A version serves; flights of April to ask for."""
    made = make(here.folder, (QUARTER, ASKED))
    here.client.apply(SPEC.replace("{method: halving, trials: 12,", "{method: random, trials: 2,"))
    upload(here.client.profile, MODEL, made[QUARTER])
    until_serving(here.client, MODEL)
    return calls.rows(made[ASKED])


def _print_http(profile: Profile, bodies: Sequence[str], size: int, callers: int) -> None:
    """So many callers, each with a connection of its own that is kept."""
    token = _token(profile)
    with ThreadPoolExecutor(callers) as pool:
        list(pool.map(lambda _: _asked(profile, token, bodies, WARM_UP // callers), range(callers)))
        began = perf_counter()
        took = list(pool.map(lambda _: _asked(profile, token, bodies, CALLS // callers), range(callers)))
        seconds = perf_counter() - began
    all_took = [each for part in took for each in part]
    errors = CALLS - len(all_took)
    print(f"HTTP, {size:2} rows, {callers} callers   {_spread(all_took)} {CALLS / seconds:9.0f} {errors:7}", flush=True)


def _asked(profile: Profile, token: str, bodies: Sequence[str], count: int) -> Milliseconds:
    """Milliseconds of each call that was answered with 200."""
    address = urlsplit(profile.api_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    took = []
    for body in islice(cycle(bodies), count):
        began = perf_counter()
        connection.request("POST", f"/models/{MODEL}/predict", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == http.client.OK:
            took.append(1000 * (perf_counter() - began))
    connection.close()
    return took


def _token(profile: Profile) -> str:
    form = {"grant_type": "client_credentials", "client_id": profile.client_id, "client_secret": profile.client_secret}
    token: str = httpx2.post(profile.token_url, data=form, trust_env=False).raise_for_status().json()["access_token"]
    return token


def _event(folder: Path, body: str) -> Path:
    """The gateway's event (payload 2.0) for this body, as a file."""
    http_ = {"method": "POST", "path": f"/models/{MODEL}/predict", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"}
    key = "POST /models/{model}/predict"
    claims = {"client_id": "bench", "scope": "treadle/predict", "token_use": "access"}
    context = {"http": http_, "requestId": "bench", "authorizer": {"jwt": {"claims": claims, "scopes": []}}}
    event = {
        "version": "2.0",
        "routeKey": key,
        "rawPath": http_["path"],
        "rawQueryString": "",
        "headers": {"content-type": "application/json"},
        "pathParameters": {"model": MODEL},
        "requestContext": {**context, "routeKey": key, "stage": "$default", "domainName": "127.0.0.1"},
        "body": body,
        "isBase64Encoded": False,
    }
    file = folder / "event.json"
    file.write_text(json.dumps(event))
    return file


def _in_a_process(here: Cloud, module: str, event: Path, count: int) -> Mapping[str, Any]:
    """What a new process that has the function's own environment measures with so many warm calls."""
    command = [sys.executable, "-m", module, str(event), str(count)]
    said = subprocess.run(command, env=_environment(here), check=True, stdout=subprocess.PIPE, text=True).stdout
    found: Mapping[str, Any] = json.loads(said)
    return found


def _environment(here: Cloud) -> Mapping[str, str]:
    """What the template gives the function, and where its cloud is."""
    kept = json.loads((here.folder.parent / "local.json").read_text())
    account = boto3.Session("local", "local", region_name=kept["region"])
    function = account.client("lambda", endpoint_url=kept["aws_endpoint_url"])
    variables = function.get_function_configuration(FunctionName=FUNCTION)["Environment"]["Variables"]
    addresses = {name.upper(): kept[name] for name in ("aws_endpoint_url", "aws_endpoint_url_dynamodb")}
    keys = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_DEFAULT_REGION": kept["region"]}
    return {**os.environ, **variables, **addresses, **keys, "OMP_NUM_THREADS": "1"}


def _print_inside(took: Milliseconds, size: int) -> None:
    print(f"inside,{size:3} rows             {_spread(took)} {1000 * len(took) / sum(took):9.0f}", flush=True)


def _print_capture(took: Mapping[str, Milliseconds], size: int) -> None:
    """The medians' difference."""
    added = 1000 * (median(took["on_ms"][1:]) - median(took["off_ms"][1:]))
    print(f"capture,{size:2} rows             adds {added:.0f} µs", flush=True)


def _spread(took: Milliseconds) -> str:
    return f"{median(took):7.2f} ms {quantiles(took, n=100)[98]:7.2f} ms"


def _print_cold(starts: Sequence[Mapping[str, float]]) -> None:
    """The median of some starts; the interpreter's own 20 ms or so are not in it."""
    imported, first = (median(start[name] for start in starts) for name in ("import_ms", "first_ms"))
    print(f"cold start: import {imported:.0f} ms, first call {first:.0f} ms (median of {len(starts)})")


if __name__ == "__main__":
    main()
