"""Lightning through the methods of its C++ state vector; complex64, qubit 0 most significant as in qmlx."""

import importlib.metadata

import numpy as np
from pennylane_lightning import lightning_qubit_ops as ops

import matrices

NAMES = {
    "h": "Hadamard", "x": "PauliX", "z": "PauliZ", "cx": "CNOT", "cz": "CZ", "rx": "RX", "ry": "RY", "rz": "RZ",
    "cp": "ControlledPhaseShift", "rzz": "IsingZZ",
}


class Rival:
    version = importlib.metadata.version("pennylane-lightning")
    precision = "complex64"
    settings = ["as written"]

    def __init__(self, threads):
        del threads

    def load(self, qubits, gates, cost, shots):
        self.qubits = qubits
        self.shots = shots
        self.state = ops.StateVectorC64(qubits)
        self.calls = [self.call(*item) for item in gates]
        self.cost = None
        if cost:
            terms = []
            for _, term in cost:
                factors = [ops.observables.NamedObsC64("PauliZ", [q]) for q in matrices.z_qubits(term)]
                terms.append(ops.observables.TensorProdObsC64(factors))
            coefficients = np.array([coefficient for coefficient, _ in cost], dtype=np.float32)
            self.cost = ops.observables.HamiltonianC64(coefficients, terms)

    def call(self, name, angles, qubits, data=None):
        """A method of the state with its arguments."""
        if name in NAMES:
            return getattr(self.state, NAMES[name]), (qubits, False, angles)
        if name == "mcz":
            return self.state.PauliZ, (qubits[:-1], [True] * (len(qubits) - 1), qubits[-1:], False, [])
        matrix = matrices.u(*angles) if name == "u" else matrices.two_qubit(data)
        return self.state.applyMatrix, (matrix.astype(np.complex64), qubits, False)

    def choose(self, setting):
        del setting

    def run(self):
        self.state.resetStateVector()
        for method, arguments in self.calls:
            method(*arguments)
        if self.shots:
            self.samples = ops.MeasurementsC64(self.state).generate_samples(self.qubits, self.shots)
        if self.cost:
            self.value = ops.MeasurementsC64(self.state).expval(self.cost)

    def amplitudes(self, indices):
        amplitudes = np.zeros(2**self.qubits, dtype=np.complex64)
        self.state.getState(amplitudes)
        return amplitudes[indices]
