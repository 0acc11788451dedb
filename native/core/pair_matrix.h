// The 4×4 matrix that several operations on two bits make, as a recipe for values.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/binding.h"

namespace qmlx {

struct PairMatrix {
  enum class Kind : std::uint8_t { rotation, reflection, flip, pauli, phase };

  // Masks over the matrix's two bits; bit 1 is the more significant one.
  struct Step {
    Kind kind = Kind::phase;
    std::uint8_t moved = 0;
    std::uint8_t control_mask = 0, control_value = 0;
    std::uint8_t z = 0;        // pauli: signs; phase: where it is conjugated
    std::uint8_t quarter = 0;  // pauli: of its partner's factor
    Angle angle;
  };

  static constexpr std::uint32_t kScalars = 32;

  std::uint32_t slot = 0;
  std::vector<Step> steps;  // first to last

  // Row by row, re then im.
  template <typename Scalar>
  void write(std::span<const double> angles, Scalar* values) const;
};

}  // namespace qmlx
