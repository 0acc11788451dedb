"""Matrices that rivals without a gate of the same name are given."""

import cmath
import math

import numpy as np


def u(theta, phi, lam):
    c, s = math.cos(theta / 2), math.sin(theta / 2)
    return np.array([[c, -cmath.exp(1j * lam) * s], [cmath.exp(1j * phi) * s, cmath.exp(1j * (phi + lam)) * c]])


def two_qubit(entries):
    """The 4x4 matrix of a `unitary` gate; the first qubit is the most significant."""
    return np.array([[complex(*entry) for entry in row] for row in entries["matrix"]])


def reversed_index(index, qubits):
    """The basis index with qubit 0 as the least significant bit."""
    return int(f"{index:0{qubits}b}"[::-1], 2)


def z_qubits(term):
    """Qubits of a product of Z such as 'Z0 Z3'."""
    return [int(factor[1:]) for factor in term.split()]
