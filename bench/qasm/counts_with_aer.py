"""Counts of an OpenQASM 2 file by Qiskit Aer, keys with the first bit leftmost:  counts_with_aer.py FILE SHOTS"""

import json
import sys

from qiskit import qasm2, transpile
from qiskit_aer import AerSimulator

circuit = qasm2.load(sys.argv[1], custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS)
simulator = AerSimulator(method="statevector", precision="double", max_parallel_threads=1)
job = simulator.run(transpile(circuit, simulator), shots=int(sys.argv[2]), seed_simulator=1)
counts = job.result().get_counts()
json.dump({key.replace(" ", "")[::-1]: count for key, count in counts.items()}, sys.stdout)
