"""scaluq in float32; the circuit optimiser is tuned."""

import importlib.metadata

import scaluq

import matrices

f32 = scaluq.scaluq_core.default.f32
gate = f32.gate


def build(name, angles, qubits, data=None):
    simple = {"h": gate.H, "x": gate.X, "z": gate.Z, "cx": gate.CX, "cz": gate.CZ}
    if name in simple:
        return simple[name](*qubits)
    if name in ("rx", "ry", "rz"):
        return {"rx": gate.RX, "ry": gate.RY, "rz": gate.RZ}[name](qubits[0], angles[0])
    if name == "u":
        return gate.U3(qubits[0], *angles)
    if name == "cp":
        return gate.U1(qubits[1], angles[0], [qubits[0]])
    if name == "mcz":
        return gate.Z(qubits[-1], qubits[:-1])
    if name == "rzz":
        return gate.PauliRotation(f32.PauliOperator(qubits, [3, 3]), angles[0])
    # The first listed qubit is the least significant one of the matrix.
    return gate.DenseMatrix(qubits[::-1], matrices.two_qubit(data), is_unitary=True)


class Rival:
    version = importlib.metadata.version("scaluq")
    precision = "complex64"
    settings = ["as written", 1, 2, 3]

    def __init__(self, threads):
        del threads

    def load(self, qubits, gates, cost, shots):
        self.qubits = qubits
        self.shots = shots
        self.plain = f32.Circuit()
        for item in gates:
            self.plain.add_gate(build(*item))
        self.state = f32.StateVector(qubits)
        self.cost = None
        if cost:
            terms = []
            for coefficient, term in cost:
                acted = matrices.z_qubits(term)
                terms.append(f32.PauliOperator(acted, [3] * len(acted), coefficient))
            self.cost = f32.Operator(terms)

    def choose(self, setting):
        self.circuit = self.plain.copy()
        if setting != "as written":
            self.circuit.optimize(setting)

    def run(self):
        self.state.set_zero_state()
        self.circuit.update_quantum_state(self.state)
        scaluq.synchronize()
        if self.shots:
            self.samples = self.state.sampling(self.shots, 1)
        if self.cost:
            self.value = self.cost.get_expectation_value(self.state)

    def amplitudes(self, indices):
        return [self.state.get_amplitude_at(matrices.reversed_index(index, self.qubits)) for index in indices]
