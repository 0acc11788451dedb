"""Runs one rival simulator as a line server: python run.py NAME THREADS.

Each line on standard input is a JSON request, each line on standard output its answer, so that bench/rivals.mjs can
alternate between rivals and qmlx while every rival stays warm in a process of its own.

  {"circuit": {"qubits", "gates", "cost"?}, "shots"?}  builds it once and tries the settings the rival offers (fusion
        widths, optimisers); answers {"build": ms, "setting": the fastest one}
  {"run": count}           runs from |0...0> so many times, with shots or the expectation value of the cost if the
        circuit has them; answers {"times": [ms, ...]}
  {"amplitudes": [index]}  answers {"amplitudes": [[re, im], ...]} of the last state, qubit 0 most significant
  {"value": true}          answers {"value": the cost's expectation value in the last run}
  {"memory": true}         answers {"peak": bytes of the process so far}

Gates are [name, angles, qubits, {"matrix"}?] with controls before targets; `cost` is a list of [coefficient, 'Z0 Z3'].
"""

import importlib
import json
import os
import sys
import time


def milliseconds(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def peak_memory():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))


def load(simulator, request):
    circuit = request["circuit"]
    build = milliseconds(
        lambda: simulator.load(circuit["qubits"], circuit["gates"], circuit.get("cost"), request.get("shots"))
    )
    times = {}
    for setting in simulator.settings:
        simulator.choose(setting)
        # A first run touches memory and starts threads; the second one counts, unless that hardly matters.
        first = milliseconds(simulator.run)
        times[setting] = first if first > 1000 else milliseconds(simulator.run)
    best = min(times, key=times.get)
    simulator.choose(best)
    return {"build": build, "setting": best}


def answer(simulator, request):
    if "circuit" in request:
        return load(simulator, request)
    if "run" in request:
        return {"times": [milliseconds(simulator.run) for _ in range(request["run"])]}
    if "value" in request:
        value = simulator.value
        while isinstance(value, (list, tuple)):
            value = value[0]
        return {"value": complex(value).real}
    if "amplitudes" in request:
        values = simulator.amplitudes(request["amplitudes"])
        return {"amplitudes": [[float(value.real), float(value.imag)] for value in values]}
    return {"peak": peak_memory()}


def main():
    name, threads = sys.argv[1], sys.argv[2]
    # Libraries read these when they are loaded.
    for variable in ("OMP_NUM_THREADS", "QULACS_NUM_THREADS"):
        os.environ[variable] = threads
    os.environ.setdefault("OMP_PROC_BIND", "false")
    simulator = importlib.import_module(f"with_{name}").Rival(int(threads))
    print(json.dumps({"version": simulator.version, "precision": simulator.precision}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(simulator, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
