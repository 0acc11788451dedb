// Spreads an operation's values over vectors, with its conditions on lanes folded in: lanes where
// it does not act get the identity.
#pragma once

#include "cpu/body/prepared.h"
#include "cpu/body/scaled_rotation.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
class OperationPreparer {
  using V = Simd<Scalar>;
  using Vector = typename V::Vector;
  using Bits = typename V::Bits;
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

  OperationPreparer(const Operation& operation, const Scalar* values, unsigned registers,
                    PendingScale& pending, Scalar* coefficients, PreparedOperation<Scalar>& out)
      : acts_(lanes_with<Scalar>(operation.lane_mask, operation.lane_value)),
        in_(operation),
        values_(values + operation.slot),
        pending_(pending),
        next_(coefficients),
        out_(out) {
    everywhere_ = in_.register_mask == 0;
    all_lanes_ = in_.lane_mask == 0;
    const bool has_z = in_.kind == OperationKind::pauli || in_.kind == OperationKind::factor;
    out_.coefficients = coefficients;
    out_.outside_mask = in_.outside_mask;
    out_.outside_value = in_.outside_value;
    out_.outside_z = has_z ? in_.outside_z : 0;
    out_.tile_mask = in_.tile_mask >> kL;
    out_.tile_value = in_.tile_value >> kL;
    out_.tile_z = has_z ? in_.tile_z >> kL : 0;
    out_.matches = everywhere_ ? std::uint16_t{0xffff} : matches(registers);
    out_.signs = 0;
    out_.terms = 0;
  }

  // Returns the first free place after the operation's vectors.
  Scalar* run() {
    switch (in_.kind) {
      case OperationKind::real2:
        real2();
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

  void put(Vector value) {
    store<Scalar>(next_, value);
    next_ += kSize;
  }
  void put(Bits value) {
    *reinterpret_cast<Bits*>(next_) = value;
    next_ += kSize;
  }

  // A factor where the operation acts and `otherwise` in other lanes.
  void spread(Scalar otherwise, Vector value) {
    put(all_lanes_ ? value : V::select(acts_, value, V::broadcast(otherwise)));
  }
  void spread(Scalar otherwise, Scalar value) { spread(otherwise, V::broadcast(value)); }

  static Bits in_all(unsigned bits) {
    return V::broadcast_bits(static_cast<typename V::Integer>(bits));
  }

  // For permute(): lanes and parts exchanged by masks.
  static Bits exchanged(unsigned lane_flips, unsigned part_flip) {
    const unsigned flips = lane_flips << 1 | part_flip;
    return V::places(element_numbers<Scalar>() ^ in_all(flips));
  }

  void real2() {
    Scalar taken_up[4];
    if (PendingScale::everywhere(in_)) {
      const ScaledRotation<Scalar> scaled(values_);
      if (scaled.possible && !pending_.ends_at(in_)) {
        pending_.divide(scaled.scale);
        return in_.target < kL ? scaled_rotation_of_lanes(scaled) : scaled_rotation(scaled);
      }
      const auto scale = static_cast<Scalar>(pending_.take());
      for (unsigned k = 0; k < 4; ++k) taken_up[k] = values_[k] * scale;
      values_ = taken_up;
    }
    in_.target < kL ? rotation_of_lanes() : rotation();
  }

  void scaled_rotation(const ScaledRotation<Scalar>& scaled) {
    const unsigned form = (scaled.own ? 0U : 2U) + (scaled.minus ? 1U : 0U);
    out_.kernel = static_cast<std::uint8_t>(kernel::scaled + 4 * form + in_.target - kL);
    put(V::broadcast(scaled.first));
    put(V::broadcast(scaled.second));
  }

  void scaled_rotation_of_lanes(const ScaledRotation<Scalar>& scaled) {
    out_.kernel = scaled.own ? kernel::scaled_lanes : kernel::scaled_lanes_cross;
    const unsigned bit = 1U << in_.target;
    const Bits second = lanes_with<Scalar>(bit, bit);
    put(V::select(second, V::broadcast(scaled.second), V::broadcast(scaled.first)));
    // The sign is that of the second row in the own form, of the first row in the other.
    const Bits where = scaled.own ? second : ~second;
    put(scaled.minus ? where & sign_bits<Scalar>() : Bits{});
    put(exchanged(bit, 0));
  }

  void rotation() {
    out_.kernel = static_cast<std::uint8_t>((everywhere_ ? kernel::rotate : kernel::rotate_where) +
                                            in_.target - kL);
    spread(1, values_[0]);
    spread(0, values_[1]);
    spread(0, values_[2]);
    spread(1, values_[3]);
  }

  void rotation_of_lanes() {
    out_.kernel = kernel::mix;
    const unsigned bit = 1U << in_.target;
    const Bits second = lanes_with<Scalar>(bit, bit);
    const auto by_row = [&](unsigned in_first, unsigned in_second) {
      return V::select(second, V::broadcast(values_[in_second]), V::broadcast(values_[in_first]));
    };
    spread(1, by_row(0, 3));
    spread(0, by_row(1, 2));
    next_ += kSize;  // nothing is ever negated
    put(exchanged(bit, 0));
  }

  void flip() {
    const unsigned target = in_.target - kL;
    if (all_lanes_) {
      out_.kernel = static_cast<std::uint8_t>(
          (everywhere_ ? kernel::exchange : kernel::exchange_where) + target);
      return;
    }
    out_.kernel = static_cast<std::uint8_t>(kernel::exchange_lanes + target);
    put(acts_);
  }

  void flip_of_lanes() {
    out_.kernel = kernel::permute;
    put(V::places(element_numbers<Scalar>() ^ (acts_ & in_all(2U << in_.target))));
  }

  void set_signs(unsigned register_x) {
    if (in_.register_z == 0) return;
    unsigned signs = 0;
    for (unsigned j = 0; j < 1U << kMaxExecutorRegisterBits; ++j)
      signs |= parity((j ^ register_x) & in_.register_z) << j;
    out_.signs = static_cast<std::uint16_t>(signs);
  }

  // own·(first vector) + permuted partner·(second vector, or third where a sign is odd)
  void mix(unsigned register_x, Scalar own, Vector partner, Bits index) {
    out_.kernel = static_cast<std::uint8_t>(kernel::mix + register_x);
    set_signs(register_x);
    spread(1, own);
    spread(0, partner);
    spread(0, flip_signs<Scalar>(partner, sign_bits<Scalar>()));
    put(index);
  }

  // The partner's factor is s·i^quarter with a sign by the partner's lane: its own lane but for the
  // flips, which change the sign in all lanes or in none.
  void pauli() {
    const unsigned quarter = in_.quarter & 3;
    Bits signs = lane_signs<Scalar>(in_.lane_z);
    if ((parity(in_.lane_x & in_.lane_z) ^ (quarter >> 1)) != 0)
      signs = signs ^ sign_bits<Scalar>();
    if ((quarter & 1) != 0) signs = signs ^ negate_re<Scalar>();  // i·(re, im) = (−im, re)
    mix(in_.register_x, values_[0], flip_signs<Scalar>(V::broadcast(values_[1]), signs),
        exchanged(in_.lane_x, quarter & 1));
  }

  static unsigned factor_kernel(unsigned registers) {
    if (registers == 0) return kernel::factor_all;
    const auto low = static_cast<unsigned>(__builtin_ctz(registers));
    const unsigned rest = registers & (registers - 1);
    if (rest == 0) return kernel::factor_bit + low;
    const auto high = static_cast<unsigned>(__builtin_ctz(rest));
    return kernel::factor_pair + high * (high - 1) / 2 + low;
  }

  void factor() {
    const Bits signs = lane_signs<Scalar>(in_.lane_z) ^ negate_re<Scalar>();
    const unsigned mask = in_.register_mask;
    if (in_.register_value == mask && __builtin_popcount(mask) <= 2 && in_.register_z == 0 &&
        out_.tile_z == 0 && out_.outside_z == 0) {
      out_.kernel = static_cast<std::uint8_t>(factor_kernel(mask));
      spread(1, values_[0]);
      spread(0, flip_signs<Scalar>(V::broadcast(values_[1]), signs));
      return;
    }
    mix(0, values_[0], flip_signs<Scalar>(V::broadcast(values_[1]), signs), exchanged(0, 1));
  }

  Scalar entry(unsigned row, unsigned column, unsigned size, unsigned part) const {
    return values_[2 * (row * size + column) + part];
  }

  // The two vectors that multiply by an entry of the matrix: re, and −im, im in turn.
  template <typename Row, typename Column>
  void spread_entry(unsigned size, const Row& row, const Column& column, Scalar otherwise) {
    Vector re{}, im{};
    for (unsigned lane = 0; lane < kLanes<Scalar>; ++lane) {
      for (unsigned part = 0; part < 2; ++part) {
        re[2 * lane + part] = entry(row(lane), column(lane), size, 0);
        im[2 * lane + part] = entry(row(lane), column(lane), size, 1);
      }
    }
    spread(otherwise, re);
    spread(0, flip_signs<Scalar>(im, negate_re<Scalar>()));
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
    for (unsigned flip = 0; flip < 2; ++flip) put(exchanged(flip << bit, 0));
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
    put(exchanged(1U << lane_bit, 0));
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
    for (const unsigned flip : flips) put(exchanged(flip, 0));
  }

  Bits acts_;  // all ones in the lanes where the operation acts
  const Operation& in_;
  const Scalar* values_;
  PendingScale& pending_;
  Scalar* next_;
  PreparedOperation<Scalar>& out_;
  bool all_lanes_;
  bool everywhere_;
};

}  // namespace qmlx::cpu::QMLX_ISA
