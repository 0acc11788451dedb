// Reads rows of a state in an engine in logical order (qubit 0 most significant), whatever order
// plans left the bits in, divided by the norm.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/compiled_plan.h"
#include "core/engine.h"
#include "core/scalars.h"
#include "core/status.h"

namespace qmlx {

class Simulator;

struct PauliSum {
  std::vector<double> coefficients;
  std::vector<std::uint64_t> x_masks;  // bits of the basis index; a Y is in both masks
  std::vector<std::uint64_t> z_masks;
};

// Where the rows lie.
struct PlacedRows {
  const Simulator& simulator;
  const qmlx_state* handle;
  unsigned qubits;
  const BitOrder& order;
  std::uint32_t first = 0;
  std::span<const double> squared_norms;  // one a row

  std::uint8_t physical(std::uint32_t qubit) const { return order[qubits - 1 - qubit]; }
};

// Of the first row: 2·count scalars of the simulator's precision, re and im.
Status read_amplitudes(const PlacedRows& rows, std::uint64_t first, std::uint64_t count,
                       const Scalars& out);
// Of the first row: 2^size values, first qubit most significant.
Status read_probabilities(const PlacedRows& rows, std::span<const std::uint32_t> qubits,
                          std::span<double> out);
// One value a row.
Status read_expectations(const PlacedRows& rows, const PauliSum& sum, std::span<double> values);

}  // namespace qmlx
