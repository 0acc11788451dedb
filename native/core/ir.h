// What gates are lowered to before scheduling: rotations, flips, Pauli rotations and diagonal
// terms, each with controls on any bits.
#pragma once

#include <cstdint>
#include <vector>

#include "core/binding.h"
#include "core/compiled_plan.h"
#include "core/pair_matrix.h"
#include "core/plan.h"

namespace qmlx {

enum class IrKind : std::uint8_t { rotation, reflection, flip, pauli, term, dense };

// Bits on which an operation acts as a function of X, of Y or of Z alone. Two operations commute if
// they agree on the axis of every bit they share.
struct Axes {
  std::uint64_t x = 0, y = 0, z = 0;

  std::uint64_t moved() const { return x | y; }  // bits whose amplitudes it mixes
  std::uint64_t all() const { return x | y | z; }
};

struct IrOperation {
  IrKind kind = IrKind::term;
  Axes axes;
  std::uint64_t control_mask = 0, control_value = 0;  // where it acts
  std::uint64_t z_mask = 0;  // pauli: its signs (a Y is in axes.y and here); term: parity
  Angle angle;  // rotation, pauli: θ; term: the phase (conjugated where the parity is odd)
  std::uint32_t matrix = 0;  // dense: index into the Ir's matrices
};

struct Ir {
  unsigned bits = 0;
  std::vector<IrOperation> operations;
  std::vector<AngleRun>
      runs;  // angles derived from runs of one-qubit gates, in the order of their evaluation
  std::vector<PairMatrix> matrices;
  std::uint32_t angle_count = 0;   // the program's and the derived ones
  BitOrder order = kNaturalOrder;  // logical bit → physical bit after the last operation
};

// Turns gates into operations on physical bits: expands rows of the gate table, merges runs of
// one-qubit gates, turns swaps into relabelling, gathers global phases. A Pauli rotation that flips
// more bits than a phase holds becomes a parity between basis changes. What fuse.h says is fused.
Ir lower(const PlanSource& source, const Geometry& geometry);

}  // namespace qmlx
