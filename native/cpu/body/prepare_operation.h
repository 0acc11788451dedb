// Spreads an operation's values over vectors, with its conditions on lanes folded in: lanes where
// it does not act get the identity.
#pragma once

#include "cpu/body/prepared.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
class OperationPreparer {
  using V = Simd<Scalar>;
  static constexpr unsigned kL = V::kLaneBits;
  static constexpr unsigned kSize = kElements<Scalar>;

 public:
  // Most vectors any operation of this kind needs.
  static std::size_t vectors(OperationKind kind) {
    switch (kind) {
      case OperationKind::flip:
        return 1;
      case OperationKind::dense2:
        return 8;
      case OperationKind::dense4:
        return 32;
      default:
        return 4;
    }
  }

  OperationPreparer(const Operation& operation, const float* values, unsigned registers,
                    Scalar* coefficients, PreparedOperation<Scalar>& out)
      : in_(operation), values_(values + operation.slot), next_(coefficients), out_(out) {
    lanes_ = 0;
    for (unsigned lane = 0; lane < kLanes<Scalar>; ++lane) {
      if ((lane & in_.lane_mask) == in_.lane_value) lanes_ |= 1U << lane;
    }
    out_.coefficients = coefficients;
    out_.outside_mask = in_.outside_mask;
    out_.outside_value = in_.outside_value;
    const bool has_z = in_.kind == OperationKind::pauli || in_.kind == OperationKind::factor;
    out_.outside_z = has_z ? in_.outside_z : 0;
    out_.tile_mask = in_.tile_mask >> kL;
    out_.tile_value = in_.tile_value >> kL;
    out_.tile_z = has_z ? in_.tile_z >> kL : 0;
    out_.signs = 0;
    out_.terms = 0;
    out_.matches = matches(registers);
    everywhere_ = in_.register_mask == 0;
  }

  // Returns the first free place after the operation's vectors.
  Scalar* run() {
    switch (in_.kind) {
      case OperationKind::real2:
        in_.target < kL ? rotation_of_lanes() : rotation();
        break;
      case OperationKind::dense2:
        in_.target < kL ? dense2_of_lanes() : dense2();
        break;
      case OperationKind::flip:
        in_.target < kL ? flip_of_lanes() : flip();
        break;
      case OperationKind::pauli:
        pauli();
        break;
      case OperationKind::dense4:
        dense4();
        break;
      case OperationKind::factor:
        factor();
        break;
    }
    return next_;
  }

 private:
  std::uint16_t matches(unsigned registers) const {
    unsigned result = 0;
    for (unsigned j = 0; j < 1U << registers; ++j) {
      if ((j & in_.register_mask) == in_.register_value) result |= 1U << j;
    }
    return static_cast<std::uint16_t>(result);
  }

  bool acts_in(unsigned lane) const { return (lanes_ >> lane & 1) != 0; }

  // A vector whose element is value(lane, part) where the operation acts and `otherwise` elsewhere.
  template <typename Value>
  void spread(Scalar otherwise, const Value& value) {
    for (unsigned element = 0; element < kSize; ++element) {
      const unsigned lane = element / 2;
      next_[element] = acts_in(lane) ? static_cast<Scalar>(value(lane, element % 2)) : otherwise;
    }
    next_ += kSize;
  }

  void spread_one(Scalar otherwise, Scalar value) {
    if (in_.lane_mask == 0) {
      store<Scalar>(next_, V::broadcast(value));
      next_ += kSize;
    } else {
      spread(otherwise, [&](unsigned, unsigned) { return value; });
    }
  }

  // A vector of element numbers for permute(): lane and part exchanged by masks.
  void exchange_index(unsigned lane_flips, unsigned part_flip) {
    auto* index = reinterpret_cast<std::int32_t*>(next_);
    static_assert(sizeof(std::int32_t) == sizeof(Scalar));
    for (unsigned element = 0; element < kSize; ++element)
      index[element] = static_cast<std::int32_t>(element ^ (lane_flips << 1 | part_flip));
    next_ += kSize;
  }

  void rotation() {
    out_.kernel = static_cast<std::uint8_t>((everywhere_ ? kernel::rotate : kernel::rotate_where) +
                                            in_.target - kL);
    spread_one(1, values_[0]);
    spread_one(0, values_[1]);
    spread_one(0, values_[2]);
    spread_one(1, values_[3]);
  }

  void rotation_of_lanes() {
    out_.kernel = kernel::mix;
    const unsigned bit = in_.target;
    spread(1, [&](unsigned lane, unsigned) { return values_[(lane >> bit & 1) != 0 ? 3 : 0]; });
    spread(0, [&](unsigned lane, unsigned) { return values_[(lane >> bit & 1) != 0 ? 2 : 1]; });
    next_ += kSize;  // nothing is ever negated
    exchange_index(1U << bit, 0);
  }

  void flip() {
    const unsigned target = in_.target - kL;
    if (in_.lane_mask == 0) {
      out_.kernel = static_cast<std::uint8_t>(
          (everywhere_ ? kernel::exchange : kernel::exchange_where) + target);
      return;
    }
    out_.kernel = static_cast<std::uint8_t>(kernel::exchange_lanes + target);
    auto* mask = reinterpret_cast<std::int32_t*>(next_);
    for (unsigned element = 0; element < kSize; ++element)
      mask[element] = acts_in(element / 2) ? -1 : 0;
    next_ += kSize;
  }

  void flip_of_lanes() {
    out_.kernel = kernel::permute;
    auto* index = reinterpret_cast<std::int32_t*>(next_);
    for (unsigned element = 0; element < kSize; ++element) {
      index[element] =
          static_cast<std::int32_t>(acts_in(element / 2) ? element ^ (2U << in_.target) : element);
    }
    next_ += kSize;
  }

  void set_signs(unsigned register_x) {
    unsigned signs = 0;
    for (unsigned j = 0; j < 1U << kMaxExecutorRegisterBits; ++j)
      signs |= parity((j ^ register_x) & in_.register_z) << j;
    out_.signs = static_cast<std::uint16_t>(signs);
  }

  // own·(first vector) + permuted partner·(second vector, or third where a sign is odd)
  template <typename Value>
  void mix(unsigned register_x, Scalar own, unsigned lane_x, unsigned part_flip,
           const Value& partner) {
    out_.kernel = static_cast<std::uint8_t>(kernel::mix + register_x);
    set_signs(register_x);
    spread_one(1, own);
    spread(0, partner);
    spread(0, [&](unsigned lane, unsigned part) { return -partner(lane, part); });
    exchange_index(lane_x, part_flip);
  }

  void pauli() {
    const Scalar s = values_[1];
    const unsigned quarter = in_.quarter & 3;
    mix(in_.register_x, values_[0], in_.lane_x, quarter & 1, [&](unsigned lane, unsigned part) {
      unsigned sign = parity((lane ^ in_.lane_x) & in_.lane_z) ^ (quarter >> 1);
      if ((quarter & 1) != 0) sign ^= 1 - part;  // i·(re, im) = (−im, re)
      return sign != 0 ? -s : s;
    });
  }

  void factor() {
    const Scalar im = values_[1];
    mix(0, values_[0], 0, 1, [&](unsigned lane, unsigned part) {
      return (parity(lane & in_.lane_z) ^ (1 - part)) != 0 ? -im : im;
    });
  }

  Scalar entry(unsigned row, unsigned column, unsigned size, unsigned part) const {
    return values_[2 * (row * size + column) + part];
  }

  // The two vectors that multiply by an entry of the matrix: re, and −im, im in turn.
  template <typename Row, typename Column>
  void spread_entry(unsigned size, const Row& row, const Column& column, Scalar otherwise) {
    spread(otherwise,
           [&](unsigned lane, unsigned) { return entry(row(lane), column(lane), size, 0); });
    spread(0, [&](unsigned lane, unsigned part) {
      const Scalar im = entry(row(lane), column(lane), size, 1);
      return part == 0 ? -im : im;
    });
  }

  void dense2() {
    out_.kernel = static_cast<std::uint8_t>(kernel::dense2 + in_.target - kL);
    for (unsigned row = 0; row < 2; ++row) {
      for (unsigned column = 0; column < 2; ++column) {
        spread_entry(
            2, [=](unsigned) { return row; }, [=](unsigned) { return column; },
            row == column ? Scalar{1} : Scalar{0});
      }
    }
  }

  void dense2_of_lanes() {
    out_.kernel = kernel::dense_lanes;
    out_.terms = 2;
    const unsigned bit = in_.target;
    for (unsigned flip = 0; flip < 2; ++flip) {
      spread_entry(
          2, [=](unsigned lane) { return lane >> bit & 1; },
          [=](unsigned lane) { return (lane >> bit & 1) ^ flip; },
          flip == 0 ? Scalar{1} : Scalar{0});
    }
    for (unsigned flip = 0; flip < 2; ++flip) exchange_index(flip << bit, 0);
  }

  void dense4() {
    const bool first_in_lanes = in_.target < kL, second_in_lanes = in_.target2 < kL;
    if (first_in_lanes && second_in_lanes) {
      dense4_of_lanes();
    } else if (first_in_lanes || second_in_lanes) {
      dense4_mixed(first_in_lanes);
    } else {
      dense4_of_registers();
    }
  }

  void dense4_of_registers() {
    const unsigned first = in_.target - kL, second = in_.target2 - kL;
    const unsigned high = first > second ? first : second, low = first > second ? second : first;
    out_.kernel = static_cast<std::uint8_t>(kernel::dense4 + high * (high - 1) / 2 + low);
    // Number of a matrix row for the bits of the higher and the lower register.
    const auto number = [&](unsigned bits) {
      return first > second ? bits : (bits >> 1 | (bits & 1) << 1);
    };
    for (unsigned row = 0; row < 4; ++row) {
      for (unsigned column = 0; column < 4; ++column) {
        spread_entry(
            4, [&](unsigned) { return number(row); }, [&](unsigned) { return number(column); },
            row == column ? Scalar{1} : Scalar{0});
      }
    }
  }

  void dense4_mixed(bool first_in_lanes) {
    const unsigned lane_bit = first_in_lanes ? in_.target : in_.target2;
    const unsigned register_bit = (first_in_lanes ? in_.target2 : in_.target) - kL;
    out_.kernel = static_cast<std::uint8_t>(kernel::dense4_mixed + register_bit);
    const auto number = [&](unsigned in_register, unsigned in_lane) {
      return first_in_lanes ? in_lane << 1 | in_register : in_register << 1 | in_lane;
    };
    for (unsigned row = 0; row < 2; ++row) {
      for (unsigned column = 0; column < 2; ++column) {
        for (unsigned flip = 0; flip < 2; ++flip) {
          spread_entry(
              4, [&](unsigned lane) { return number(row, lane >> lane_bit & 1); },
              [&](unsigned lane) { return number(column, (lane >> lane_bit & 1) ^ flip); },
              row == column && flip == 0 ? Scalar{1} : Scalar{0});
        }
      }
    }
    exchange_index(1U << lane_bit, 0);
  }

  void dense4_of_lanes() {
    out_.kernel = kernel::dense_lanes;
    out_.terms = 4;
    const unsigned first = 1U << in_.target, second = 1U << in_.target2;
    const unsigned low = first < second ? first : second, high = first ^ second ^ low;
    const auto number = [&](unsigned lane) {
      return ((lane & first) != 0 ? 2U : 0U) | ((lane & second) != 0 ? 1U : 0U);
    };
    const unsigned flips[4] = {0, low, high, low | high};
    for (const unsigned flip : flips) {
      spread_entry(
          4, number, [&](unsigned lane) { return number(lane ^ flip); },
          flip == 0 ? Scalar{1} : Scalar{0});
    }
    for (const unsigned flip : flips) exchange_index(flip, 0);
  }

  const Operation& in_;
  const float* values_;
  Scalar* next_;
  PreparedOperation<Scalar>& out_;
  unsigned lanes_;
  bool everywhere_;
};

}  // namespace qmlx::cpu::QMLX_ISA
