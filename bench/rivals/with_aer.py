"""Aer's state-vector method in single precision, fusion width tuned; times include its job handling."""

import numpy as np
import qiskit_aer
from qiskit import QuantumCircuit
from qiskit.circuit import library as gates
from qiskit.quantum_info import SparsePauliOp

import matrices

GATES = {
    "h": gates.HGate, "x": gates.XGate, "z": gates.ZGate, "cx": gates.CXGate, "cz": gates.CZGate, "rx": gates.RXGate,
    "ry": gates.RYGate, "rz": gates.RZGate, "cp": gates.CPhaseGate, "rzz": gates.RZZGate, "u": gates.UGate,
}


class Rival:
    version = qiskit_aer.__version__
    precision = "complex64"
    settings = [2, 3, 4, 5]

    def __init__(self, threads):
        self.threads = threads

    def load(self, qubits, gate_list, cost, shots):
        self.qubits = qubits
        self.shots = shots
        circuit = QuantumCircuit(qubits)
        for item in gate_list:
            self.append(circuit, *item)
        if shots:
            circuit.measure_all()
        elif cost:
            terms = [("ZZ", matrices.z_qubits(term), coefficient) for coefficient, term in cost]
            circuit.save_expectation_value(SparsePauliOp.from_sparse_list(terms, qubits), range(qubits))
        else:
            circuit.save_statevector()
        self.circuit = circuit

    def append(self, circuit, name, angles, qubits, data=None):
        if name in GATES:
            circuit.append(GATES[name](*angles), qubits)
        elif name == "mcz":
            circuit.append(gates.MCPhaseGate(np.pi, len(qubits) - 1), qubits)
        else:
            # The first listed qubit is the least significant one of the matrix.
            circuit.unitary(matrices.two_qubit(data), qubits[::-1])

    def choose(self, setting):
        self.backend = qiskit_aer.AerSimulator(
            method="statevector", precision="single", max_parallel_threads=self.threads, fusion_max_qubit=setting
        )

    def run(self):
        self.result = self.backend.run(self.circuit, shots=self.shots or 1, seed_simulator=1).result()
        if not self.result.success:
            raise RuntimeError(self.result.status)

    def amplitudes(self, indices):
        state = np.asarray(self.result.data(0)["statevector"])
        return [state[matrices.reversed_index(index, self.qubits)] for index in indices]
