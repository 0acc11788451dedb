"""qsim through its own module calls on a circuit translated once; complex64, fusion width tuned."""

import cirq
import numpy as np
import qsimcirq
from qsimcirq import qsim_circuit
from qsimcirq.qsim_simulator import qsim

import matrices

SIMPLE = {"h": cirq.H, "x": cirq.X, "z": cirq.Z, "cx": cirq.CNOT, "cz": cirq.CZ}
ROTATIONS = {"rx": cirq.rx, "ry": cirq.ry, "rz": cirq.rz}


def operation(name, angles, qubits, data=None):
    line = [cirq.LineQubit(qubit) for qubit in qubits]
    if name in SIMPLE:
        return SIMPLE[name](*line)
    if name in ROTATIONS:
        return ROTATIONS[name](angles[0])(*line)
    if name == "cp":
        return cirq.CZPowGate(exponent=angles[0] / np.pi)(*line)
    if name == "rzz":
        return cirq.ZZPowGate(exponent=angles[0] / np.pi, global_shift=-0.5)(*line)
    if name == "u":
        return cirq.MatrixGate(matrices.u(*angles))(*line)
    if name == "mcz":
        return cirq.Z(line[-1]).controlled_by(*line[:-1])
    return cirq.MatrixGate(matrices.two_qubit(data))(*line)


class Rival:
    version = qsimcirq.__version__
    precision = "complex64"
    settings = [2, 3, 4]

    def __init__(self, threads):
        self.threads = threads

    def load(self, qubits, gates, cost, shots):
        self.qubits = qubits
        order = cirq.LineQubit.range(qubits)
        circuit = cirq.Circuit(operation(*gate) for gate in gates)
        if shots:
            circuit.append(cirq.measure(*order))
        translated = qsim_circuit.QSimCircuit(circuit).translate_cirq_to_qsim(order)
        self.circuit = translated[0] if isinstance(translated, tuple) else translated
        self.shots = shots
        self.cost = self.opsum(cost) if cost else None

    def opsum(self, cost):
        strings = []
        for coefficient, term in cost:
            string = qsim.OpString()
            string.weight = coefficient
            for qubit in matrices.z_qubits(term):
                index = {cirq.LineQubit(qubit): self.qubits - 1 - qubit}
                qsim_circuit.add_op_to_opstring(cirq.Z(cirq.LineQubit(qubit)), index, string)
            strings.append(string)
        return [(strings, 2)]

    def choose(self, setting):
        options = qsimcirq.QSimOptions(max_fused_gate_size=setting, cpu_threads=self.threads).as_dict()
        self.options = {**options, "c": self.circuit, "s": 1}

    def run(self):
        if self.shots:
            self.samples = qsim.qsim_sample_final(self.options, self.shots)
        elif self.cost:
            self.value = qsim.qsim_simulate_expectation_values(self.options, self.cost, 0)
        else:
            self.state = qsim.qsim_simulate_fullstate(self.options, 0)

    def amplitudes(self, indices):
        return self.state.view(np.complex64)[indices]
