"""Aer's state vector on circuits with feedback, as a line server: python feedback_with_aer.py THREADS.

  {"qasm": OpenQASM 2, "shots": count}  builds it, tries Aer's ways of running shots; answers {"setting": the fastest,
        "counts": outcomes with bit 0 leftmost}
  {"run": 1}                            answers {"time": ms}
"""

import json
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = sys.argv[1]

import qiskit  # noqa: E402
import qiskit_aer  # noqa: E402
from qiskit import qasm2  # noqa: E402

SETTINGS = {
    "shot by shot": {},
    "shot branching": {"shot_branching_enable": True, "shot_branching_sampling_enable": True},
}


class Feedback:
    def load(self, text, shots):
        self.circuit = qasm2.loads(text, custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
        self.shots = shots
        times = {}
        for setting in SETTINGS:
            self.choose(setting)
            # A first run touches memory and starts threads; the second one counts.
            self.run()
            times[setting] = self.run()
        setting = min(times, key=times.get)
        self.choose(setting)
        return {"setting": setting, "times": times, "counts": self.counts()}

    def choose(self, setting):
        self.backend = qiskit_aer.AerSimulator(
            method="statevector", precision="single", max_parallel_threads=int(sys.argv[1]), **SETTINGS[setting]
        )

    def run(self):
        start = time.perf_counter()
        self.result = self.backend.run(self.circuit, shots=self.shots, seed_simulator=1).result()
        if not self.result.success:
            raise RuntimeError(self.result.status)
        return (time.perf_counter() - start) * 1e3

    def counts(self):
        return {key.replace(" ", "")[::-1]: count for key, count in self.result.get_counts().items()}


def main():
    about = {"version": qiskit_aer.__version__, "qiskit": qiskit.__version__}
    print(json.dumps(about), flush=True)
    feedback = Feedback()
    for line in sys.stdin:
        request = json.loads(line)
        if "qasm" in request:
            answer = feedback.load(request["qasm"], request["shots"])
        else:
            answer = {"time": feedback.run()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
