"""The line protocol between the benchmark and a peer process.

The peer prepares everything first (model, preallocated inputs and outputs), prints lines `info ...`, then `ready NAME NAME ...`,
and blocks on standard input. Commands, one a line:
    run NAME ITERATIONS     -> microseconds, as a plain number, for all iterations together (a few untimed ones go before)
    call NAME ARGUMENTS     -> whatever that function returns, on one line
An empty line or the end of input ends the process.
"""
import sys
import time


def serve(works, calls=None):
    """works: name -> (prepare, step); prepare() runs untimed before each measurement, step() is one iteration."""
    calls = calls or {}
    print("ready " + " ".join(list(works) + list(calls)), flush=True)
    for line in sys.stdin:
        words = line.split()
        if not words:
            break
        if words[0] == "call":
            print(calls[words[1]](*words[2:]), flush=True)
            continue
        prepare, step = works[words[1]]
        iterations = int(words[2])
        prepare()
        for _ in range(min(3, iterations)):
            step()
        start = time.perf_counter()
        for _ in range(iterations):
            step()
        print(f"{(time.perf_counter() - start) * 1e6:.3f}", flush=True)
