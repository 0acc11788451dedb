// Observables and outcomes between typed arrays and the core.
#pragma once

#include <napi.h>

#include "core/simulator.h"

namespace qmlx::addon {

// From {coefficients: Float64Array, xMasks: BigUint64Array, zMasks: BigUint64Array}; masks are over
// bits of the basis index.
PauliSum read_pauli_sum(const Napi::Value& value, unsigned qubits);

// Sets `keys` (Uint8Array, ⌈bits/8⌉ bytes an outcome) and `counts` (Float64Array) on the object.
void write_outcomes(Napi::Object& object, const Outcomes& outcomes);

// Qubit indices, each below `qubits` and named once.
std::vector<std::uint32_t> read_qubits(const Napi::Value& value, unsigned qubits);

// Every qubit into the classical bit of the same number.
std::vector<Measurement> measure_all(unsigned qubits);

}  // namespace qmlx::addon
