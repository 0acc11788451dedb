"""qulacs; complex128 only. The circuit optimiser is tuned."""

import qulacs
from qulacs import gate

import matrices


def build(name, angles, qubits, data=None):
    simple = {"h": gate.H, "x": gate.X, "z": gate.Z, "cx": gate.CNOT, "cz": gate.CZ}
    if name in simple:
        return simple[name](*qubits)
    if name in ("rx", "ry", "rz"):
        # The angle of RX, RY and RZ has the opposite sign here.
        return {"rx": gate.RX, "ry": gate.RY, "rz": gate.RZ}[name](qubits[0], -angles[0])
    if name == "u":
        return gate.U3(qubits[0], *angles)
    if name == "rzz":
        return gate.PauliRotation(qubits, [3, 3], -angles[0])
    if name in ("cp", "mcz"):
        base = gate.to_matrix_gate(gate.U1(qubits[-1], angles[0]) if name == "cp" else gate.Z(qubits[-1]))
        for control in qubits[:-1]:
            base.add_control_qubit(control, 1)
        return base
    # The first listed qubit is the least significant one of the matrix.
    return gate.DenseMatrix(qubits[::-1], matrices.two_qubit(data))


class Rival:
    version = qulacs.__version__
    precision = "complex128"
    settings = ["as written", "light", 1, 2, 3, 4]

    def __init__(self, threads):
        del threads

    def load(self, qubits, gates, cost, shots):
        self.qubits = qubits
        self.shots = shots
        self.plain = qulacs.QuantumCircuit(qubits)
        for item in gates:
            self.plain.add_gate(build(*item))
        self.state = qulacs.QuantumState(qubits)
        self.cost = None
        if cost:
            self.cost = qulacs.Observable(qubits)
            for coefficient, term in cost:
                self.cost.add_operator(coefficient, " ".join(f"Z {q}" for q in matrices.z_qubits(term)))

    def choose(self, setting):
        self.circuit = self.plain.copy()
        optimizer = qulacs.circuit.QuantumCircuitOptimizer()
        if setting == "light":
            optimizer.optimize_light(self.circuit)
        elif setting != "as written":
            optimizer.optimize(self.circuit, setting)

    def run(self):
        self.state.set_zero_state()
        self.circuit.update_quantum_state(self.state)
        if self.shots:
            self.samples = self.state.sampling(self.shots, 1)
        if self.cost:
            self.value = self.cost.get_expectation_value(self.state)

    def amplitudes(self, indices):
        return [self.state.get_amplitude(matrices.reversed_index(index, self.qubits)) for index in indices]
