"""Kills its process group when its standard input ends, that is: when whoever started it is gone, however it went.

Run by path and without site-packages: it has to be there at once and to need nothing.
"""

import os
import signal
import sys

if __name__ == "__main__":
    for deadly in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(deadly, signal.SIG_IGN)
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGKILL)
