// Runs a plan one operation after another on float64 amplitudes, straight from the definitions of
// core/plan.h: the truth the engines are compared with.
#pragma once

#include <bit>
#include <complex>
#include <cstdint>
#include <vector>

#include "core/plan.h"

namespace qmlx::reference {

using Amplitude = std::complex<double>;

class PlanInterpreter {
 public:
  template <typename Scalar>
  PlanInterpreter(const void* plan, const Scalar* values)
      : plan_(plan), values_(values, values + plan_.header().value_count) {}

  void run(std::vector<Amplitude>& state) {
    for (const Pass& pass : plan_.passes()) {
      pass_ = &pass;
      for (const Stage& stage : plan_.stages(pass)) {
        stage_ = &stage;
        if (stage.kind == StageKind::diagonal) {
          for (const Term& term : plan_.terms(stage)) apply(term, state);
        } else {
          for (const Operation& operation : plan_.operations(stage)) apply(operation, state);
        }
      }
    }
  }

 private:
  // The index's bits in the tile, and what the plan calls its four parts.
  struct Parts {
    std::uint64_t lane, in_register, tile, outside;
  };

  std::uint64_t tile_index(std::uint64_t index) const {
    std::uint64_t result = 0;
    for (unsigned p = 0; p < plan_.header().tile_bits; ++p)
      result |= (index >> pass_->tile_bits[p] & 1) << p;
    return result;
  }

  Parts parts(std::uint64_t index) const {
    const std::uint64_t tile = tile_index(index);
    Parts result{tile & ((1ULL << plan_.header().lane_bits) - 1), 0, tile,
                 index & ~pass_->tile_mask};
    for (unsigned r = 0; r < plan_.header().register_bits; ++r)
      result.in_register |= (tile >> stage_->register_positions[r] & 1) << r;
    return result;
  }

  // The bit of the state behind a local bit of the phase.
  std::uint64_t state_bit(unsigned local) const {
    const unsigned lanes = plan_.header().lane_bits;
    const unsigned position = local < lanes ? local : stage_->register_positions[local - lanes];
    return 1ULL << pass_->tile_bits[position];
  }

  static bool odd(std::uint64_t bits) { return (std::popcount(bits) & 1) != 0; }

  Amplitude number(std::uint32_t slot) const { return {values_[slot], values_[slot + 1]}; }

  bool acts(const Operation& op, std::uint64_t index) const {
    const Parts part = parts(index);
    return (part.lane & op.lane_mask) == op.lane_value &&
           (part.in_register & op.register_mask) == op.register_value &&
           (part.tile & op.tile_mask) == op.tile_value &&
           (part.outside & op.outside_mask) == op.outside_value;
  }

  bool odd_z(const Operation& op, std::uint64_t index) const {
    const Parts part = parts(index);
    const bool local = odd(part.lane & op.lane_z) != odd(part.in_register & op.register_z);
    return local != (odd(part.tile & op.tile_z) != odd(part.outside & op.outside_z));
  }

  void apply(const Term& term, std::vector<Amplitude>& state) const {
    for (std::uint64_t index = 0; index < state.size(); ++index) {
      const std::uint64_t tile = tile_index(index), outside = index & ~pass_->tile_mask;
      if ((tile & term.tile_mask) != term.tile_value ||
          (outside & term.outside_mask) != term.outside_value)
        continue;
      const bool conjugate = odd(tile & term.tile_parity) != odd(outside & term.outside_parity);
      state[index] *= conjugate ? std::conj(number(term.slot)) : number(term.slot);
    }
  }

  void apply(const Operation& op, std::vector<Amplitude>& state) const {
    const std::vector<Amplitude> before = state;
    for (std::uint64_t index = 0; index < state.size(); ++index) {
      if (acts(op, index)) state[index] = result(op, index, before);
    }
  }

  Amplitude result(const Operation& op, std::uint64_t index,
                   const std::vector<Amplitude>& before) const {
    const double* v = values_.data() + op.slot;
    switch (op.kind) {
      case OperationKind::real2: {
        const std::uint64_t bit = state_bit(op.target);
        const bool second = (index & bit) != 0;
        const double own = v[second ? 3 : 0], other = v[second ? 2 : 1];
        return own * before[index] + other * before[index ^ bit];
      }
      case OperationKind::flip:
        return before[index ^ state_bit(op.target)];
      case OperationKind::dense2:
        return product(op, {0, state_bit(op.target)}, index, before);
      case OperationKind::dense4: {
        const std::uint64_t high = state_bit(op.target), low = state_bit(op.target2);
        return product(op, {0, low, high, high | low}, index, before);
      }
      case OperationKind::factor:
        return before[index] * (odd_z(op, index) ? std::conj(number(op.slot)) : number(op.slot));
      case OperationKind::pauli: {
        std::uint64_t flips = 0;
        const unsigned lanes = plan_.header().lane_bits;
        for (unsigned bit = 0; bit < 16; ++bit) {
          if ((op.lane_x >> bit & 1) != 0) flips |= state_bit(bit);
          if ((op.register_x >> bit & 1) != 0) flips |= state_bit(lanes + bit);
        }
        static const Amplitude kPowers[4] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
        const std::uint64_t partner = index ^ flips;
        const double sine = odd_z(op, partner) ? -v[1] : v[1];
        return v[0] * before[index] + sine * kPowers[op.quarter & 3] * before[partner];
      }
    }
    return 0;
  }

  // A row of the matrix times the amplitudes that differ in its bits.
  Amplitude product(const Operation& op, const std::vector<std::uint64_t>& offsets,
                    std::uint64_t index, const std::vector<Amplitude>& before) const {
    const std::uint64_t moved = offsets.back(), base = index & ~moved;
    std::uint32_t row = 0;
    while (offsets[row] != (index & moved)) ++row;
    Amplitude sum = 0;
    const auto size = static_cast<std::uint32_t>(offsets.size());
    for (std::uint32_t column = 0; column < size; ++column)
      sum += number(op.slot + 2 * (row * size + column)) * before[base | offsets[column]];
    return sum;
  }

  PlanView plan_;
  std::vector<double> values_;
  const Pass* pass_ = nullptr;
  const Stage* stage_ = nullptr;
};

}  // namespace qmlx::reference
