// One operation on the vectors a phase holds in registers. Every index of `r` is a constant. Sums
// begin with an amplitude's own part, then its partners' by ascending local bits, so that results
// do not depend on which bits are lanes and which are registers.
//
// Most of the addon is this code, for every register and vector. Long kernels therefore exist for
// one pair of registers, to which others are moved, or take their registers from a copy in memory.
#pragma once

#include "cpu/body/prepared.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar, unsigned Registers>
struct Operations {
  using V = Simd<Scalar>;
  using Vector = typename V::Vector;
  using Bits = typename V::Bits;
  using Prepared = PreparedOperation<Scalar>;
  static constexpr unsigned kCount = 1U << Registers;
  static constexpr unsigned kSize = kElements<Scalar>;

  static QMLX_INLINE bool acts(const Prepared& op, unsigned j) {
    return (op.matches >> j & 1) != 0;
  }

  // Calls body(j, partner of j) for the pairs of registers that differ in `Bit`.
  template <unsigned Bit, bool Where, typename Body>
  static QMLX_INLINE void each_pair(const Prepared& op, const Body& body) {
    each<kCount>([&](auto index) __attribute__((always_inline)) {
      constexpr unsigned j = index;
      if constexpr ((j >> Bit & 1) == 0) {
        if (Where && !acts(op, j)) return;
        body(std::integral_constant<unsigned, j>{},
             std::integral_constant<unsigned, (j | 1U << Bit)>{});
      }
    });
  }

  template <unsigned Bit, bool Where>
  static QMLX_INLINE void rotate(Vector* r, const Prepared& op) {
    const Vector m00 = load<Scalar>(op.coefficients), m01 = load<Scalar>(op.coefficients + kSize),
                 m10 = load<Scalar>(op.coefficients + 2 * kSize),
                 m11 = load<Scalar>(op.coefficients + 3 * kSize);
    each_pair<Bit, Where>(op, [&](auto j, auto k) __attribute__((always_inline)) {
      const Vector a = r[j], b = r[k];
      r[j] = V::fused(m01, b, m00 * a);
      r[k] = V::fused(m10, a, m11 * b);
    });
  }

  template <unsigned Bit, bool Own, bool Minus>
  static QMLX_INLINE void rotate_scaled(Vector* r, const Prepared& op) {
    const Vector first = load<Scalar>(op.coefficients),
                 second = load<Scalar>(op.coefficients + kSize);
    each_pair<Bit, false>(op, [&](auto j, auto k) __attribute__((always_inline)) {
      const Vector a = r[j], b = r[k];
      if constexpr (Own) {
        r[j] = V::fused(first, b, a);
        r[k] = Minus ? V::fused_minus(second, a, b) : V::fused(second, a, b);
      } else {
        r[j] = Minus ? V::fused_minus(first, a, b) : V::fused(first, a, b);
        r[k] = V::fused(second, b, a);
      }
    });
  }

  // The other part of the sum has a sign by lane.
  template <bool Own>
  static QMLX_INLINE void rotate_lanes_scaled(Vector* r, const Prepared& op) {
    const Vector factor = load<Scalar>(op.coefficients);
    const Bits signs = *reinterpret_cast<const Bits*>(op.coefficients + kSize);
    const Bits index = *reinterpret_cast<const Bits*>(op.coefficients + 2 * kSize);
    each<kCount>([&](auto j) __attribute__((always_inline)) {
      const Vector own = r[j], partner = V::permute(own, index);
      r[j] = Own ? V::fused(factor, partner, flip_signs<Scalar>(own, signs))
                 : V::fused(factor, own, flip_signs<Scalar>(partner, signs));
    });
  }

  template <unsigned Bit, bool Where>
  static QMLX_INLINE void exchange(Vector* r, const Prepared& op) {
    each_pair<Bit, Where>(op, [&](auto j, auto k) __attribute__((always_inline)) {
      const Vector a = r[j];
      r[j] = r[k];
      r[k] = a;
    });
  }

  template <unsigned Bit>
  static QMLX_INLINE void exchange_lanes(Vector* r, const Prepared& op) {
    const Bits mask = *reinterpret_cast<const Bits*>(op.coefficients);
    each_pair<Bit, true>(op, [&](auto j, auto k) __attribute__((always_inline)) {
      const Vector a = r[j], b = r[k];
      r[j] = V::select(mask, b, a);
      r[k] = V::select(mask, a, b);
    });
  }

  static QMLX_INLINE void permute(Vector* r, const Prepared& op) {
    const Bits index = *reinterpret_cast<const Bits*>(op.coefficients);
    each<kCount>([&](auto j) __attribute__((always_inline)) {
      if (acts(op, j)) r[j] = V::permute(r[j], index);
    });
  }

  // With `Mask` 0 a register is its own partner.
  template <unsigned Mask>
  static QMLX_INLINE void mix(Vector* r, const Prepared& op, unsigned sign) {
    const Vector own = load<Scalar>(op.coefficients);
    const Scalar* partner = op.coefficients + kSize;
    const Bits index = *reinterpret_cast<const Bits*>(op.coefficients + 3 * kSize);
    const unsigned signs = op.signs ^ (sign != 0 ? 0xffffU : 0U);
    const auto factor = [&](unsigned j) __attribute__((always_inline)) {
      return load<Scalar>(partner + (signs >> j & 1) * kSize);
    };
    each<kCount>([&](auto constant) __attribute__((always_inline)) {
      constexpr unsigned j = constant, k = j ^ Mask;
      if constexpr (j <= k) {
        if (!acts(op, j)) return;
        const Vector a = V::permute(r[j], index);
        if constexpr (j == k) {
          r[j] = V::fused(factor(j), a, own * r[j]);
        } else {
          const Vector b = V::permute(r[k], index);
          r[j] = V::fused(factor(j), b, own * r[j]);
          r[k] = V::fused(factor(k), a, own * r[k]);
        }
      }
    });
  }

  // A factor on the registers that have all bits of `Mask`.
  template <unsigned Mask>
  static QMLX_INLINE void multiply_where(Vector* r, const Prepared& op) {
    const Multiplier<Scalar> by{load<Scalar>(op.coefficients),
                                load<Scalar>(op.coefficients + kSize)};
    each<kCount>([&](auto j) __attribute__((always_inline)) {
      if constexpr ((j & Mask) == Mask) r[j] = multiply<Scalar>(r[j], by);
    });
  }

  // sum + the entry whose two vectors begin at `entry`, times a
  static QMLX_INLINE Vector add_product(const Scalar* entry, Vector a, Vector swapped, Vector sum) {
    return V::fused(load<Scalar>(entry + kSize), swapped, V::fused(load<Scalar>(entry), a, sum));
  }
  static QMLX_INLINE Vector product(const Scalar* entry, Vector a, Vector swapped) {
    return V::fused(load<Scalar>(entry + kSize), swapped, load<Scalar>(entry) * a);
  }

  template <unsigned Bit>
  static QMLX_INLINE void dense2(Vector* r, const Prepared& op) {
    const Scalar* m = op.coefficients;
    each_pair<Bit, true>(op, [&](auto j, auto k) __attribute__((always_inline)) {
      const Vector a = r[j], b = r[k], sa = V::swap_parts(a), sb = V::swap_parts(b);
      r[j] = add_product(m + 2 * kSize, b, sb, product(m, a, sa));
      r[k] = add_product(m + 4 * kSize, a, sa, product(m + 6 * kSize, b, sb));
    });
  }

  // Lets two bits of the registers' numbers change places.
  template <unsigned High, unsigned Low>
  static QMLX_INLINE void exchange_bits(Vector* r, unsigned& matches) {
    if constexpr (High < Registers) {
      unsigned moved = 0;
      each<kCount>([&](auto constant) __attribute__((always_inline)) {
        constexpr unsigned j = constant, k = j ^ (1U << High | 1U << Low);
        if constexpr ((j >> High & 1) != (j >> Low & 1)) moved |= (matches >> k & 1) << j;
        if constexpr ((j >> High & 1) != 0 && (j >> Low & 1) == 0) {
          const Vector a = r[j];
          r[j] = r[k];
          r[k] = a;
        } else if constexpr ((j >> High & 1) == (j >> Low & 1)) {
          moved |= matches & 1U << j;
        }
      });
      matches = moved;
    }
  }

  // Registers of any pair of bits, by their numbers, as those of bits 1 and 0, and back.
  static QMLX_INLINE void bring_low(Vector* r, unsigned low, unsigned& matches) {
    if (low == 1) exchange_bits<1, 0>(r, matches);
    if (low == 2) exchange_bits<2, 0>(r, matches);
    if (low == 3) exchange_bits<3, 0>(r, matches);
  }
  static QMLX_INLINE void bring_high(Vector* r, unsigned high, unsigned& matches) {
    if (high == 2) exchange_bits<2, 1>(r, matches);
    if (high == 3) exchange_bits<3, 1>(r, matches);
  }

  // A row of a matrix by four vectors.
  template <unsigned Row>
  static QMLX_INLINE Vector row_of_four(const Scalar* entries, const Vector (&a)[4],
                                        const Vector (&swapped)[4]) {
    Vector sum = product(entries + 2 * kSize * Row, a[Row], swapped[Row]);
    each<3>([&](auto other) __attribute__((always_inline)) {
      constexpr unsigned column = Row ^ (other + 1);
      sum = add_product(entries + 2 * kSize * column, a[column], swapped[column], sum);
    });
    return sum;
  }

  static QMLX_INLINE void dense4(Vector* r, const Prepared& op) {
    const unsigned pair = op.kernel - kernel::dense4;
    const unsigned high = pair < 1 ? 1 : pair < 3 ? 2 : 3, low = pair - high * (high - 1) / 2;
    unsigned matches = op.matches;
    bring_low(r, low, matches);
    bring_high(r, high, matches);
    each<kCount / 4>([&](auto group) __attribute__((always_inline)) {
      constexpr unsigned first = 4 * group;
      if ((matches >> first & 1) == 0) return;
      Vector a[4], swapped[4];
      each<4>([&](auto k) __attribute__((always_inline)) {
        a[k] = r[first + k];
        swapped[k] = V::swap_parts(a[k]);
      });
      each<4>([&](auto row) __attribute__((always_inline)) {
        r[first + row] = row_of_four<row>(op.coefficients + 8 * kSize * row, a, swapped);
      });
    });
    bring_high(r, high, matches);
    bring_low(r, low, matches);
  }

  static QMLX_INLINE void dense4_mixed(Vector* r, const Prepared& op) {
    const Scalar* m = op.coefficients;
    const Bits index = *reinterpret_cast<const Bits*>(m + 16 * kSize);
    const unsigned bit = op.kernel - kernel::dense4_mixed;
    unsigned matches = op.matches;
    bring_low(r, bit, matches);
    each<kCount / 2>([&](auto pair) __attribute__((always_inline)) {
      constexpr unsigned j = 2 * pair, k = j + 1;
      if ((matches >> j & 1) == 0) return;
      const Vector a[4] = {r[j], V::permute(r[j], index), r[k], V::permute(r[k], index)};
      const Vector swapped[4] = {V::swap_parts(a[0]), V::swap_parts(a[1]), V::swap_parts(a[2]),
                                 V::swap_parts(a[3])};
      r[j] = row_of_four<0>(m, a, swapped);
      r[k] = row_of_four<2>(m + 8 * kSize, a, swapped);
    });
    bring_low(r, bit, matches);
  }

  static QMLX_INLINE void dense_lanes(Vector* r, const Prepared& op) {
    const Scalar* indices = op.coefficients + 2 * kSize * op.terms;
    Vector copy[kCount];
    each<kCount>([&](auto j) __attribute__((always_inline)) { copy[j] = r[j]; });
    for (unsigned j = 0; j < kCount; ++j) {
      if (!acts(op, j)) continue;
      const Vector own = copy[j];
      Vector sum = product(op.coefficients, own, V::swap_parts(own));
      for (unsigned term = 1; term < op.terms; ++term) {
        const Bits index = *reinterpret_cast<const Bits*>(indices + term * kSize);
        const Vector a = V::permute(own, index);
        sum = add_product(op.coefficients + 2 * kSize * term, a, V::swap_parts(a), sum);
      }
      copy[j] = sum;
    }
    each<kCount>([&](auto j) __attribute__((always_inline)) { r[j] = copy[j]; });
  }

  // The code of one kernel number; numbers for registers this phase does not have mean nothing.
  template <unsigned Number>
  static QMLX_INLINE void run(Vector* r, const Prepared& op, unsigned sign) {
    constexpr unsigned bit = Number % 4;
    constexpr bool exists = bit < Registers;
    if constexpr (Number == kernel::factor_all) {
      multiply_where<0>(r, op);
    } else if constexpr (Number >= kernel::factor_pair) {
      constexpr unsigned pair = Number - kernel::factor_pair;
      constexpr unsigned high = pair < 1 ? 1 : pair < 3 ? 2 : 3;
      constexpr unsigned low = pair - high * (high - 1) / 2;
      if constexpr (high < Registers && pair < 6) multiply_where<(1U << high | 1U << low)>(r, op);
    } else if constexpr (Number >= kernel::factor_bit && Number < kernel::mix) {
      if constexpr (exists && Number < kernel::factor_bit + 4) multiply_where<(1U << bit)>(r, op);
    } else if constexpr (Number >= kernel::scaled) {
      constexpr unsigned form = (Number - kernel::scaled) / 4;
      if constexpr (exists) rotate_scaled<bit, (form < 2), (form % 2 == 1)>(r, op);
    } else if constexpr (Number == kernel::scaled_lanes || Number == kernel::scaled_lanes_cross) {
      rotate_lanes_scaled<Number == kernel::scaled_lanes>(r, op);
    } else if constexpr (Number >= kernel::mix) {
      if constexpr (Number - kernel::mix < kCount) mix<Number - kernel::mix>(r, op, sign);
    } else if constexpr (Number == kernel::permute) {
      permute(r, op);
    } else if constexpr (Number == kernel::dense_lanes) {
      dense_lanes(r, op);
    } else if constexpr (Number >= kernel::dense4) {
      if constexpr (Registers >= 2) dense4(r, op);
    } else if constexpr (Number >= kernel::dense4_mixed) {
      if constexpr (Registers >= 1) dense4_mixed(r, op);
    } else if constexpr (exists && Number >= kernel::dense2) {
      dense2<bit>(r, op);
    } else if constexpr (exists && Number >= kernel::exchange_lanes) {
      exchange_lanes<bit>(r, op);
    } else if constexpr (exists && Number >= kernel::exchange) {
      exchange<bit, (Number >= kernel::exchange_where)>(r, op);
    } else if constexpr (exists) {
      rotate<bit, (Number >= kernel::rotate_where)>(r, op);
    }
  }

#define QMLX_CASE(number) \
  case number:            \
    return run<number>(r, op, sign);
#define QMLX_CASES_4(first) \
  QMLX_CASE((first)) QMLX_CASE((first) + 1) QMLX_CASE((first) + 2) QMLX_CASE((first) + 3)
#define QMLX_CASES_16(first) \
  QMLX_CASES_4(first) QMLX_CASES_4((first) + 4) QMLX_CASES_4((first) + 8) QMLX_CASES_4((first) + 12)

  // `sign` is the parity of the bits outside the phase that negate a partner's factor.
  static QMLX_INLINE void apply(Vector* r, const Prepared& op, unsigned sign) {
    switch (op.kernel) {
      QMLX_CASES_16(kernel::rotate)
      QMLX_CASES_4(kernel::exchange_lanes)
      QMLX_CASES_4(kernel::dense2)
      case kernel::dense4_mixed:
      case kernel::dense4_mixed + 1:
      case kernel::dense4_mixed + 2:
      case kernel::dense4_mixed + 3:
        return run<kernel::dense4_mixed>(r, op, sign);
      case kernel::dense4:
      case kernel::dense4 + 1:
      case kernel::dense4 + 2:
      case kernel::dense4 + 3:
      case kernel::dense4 + 4:
      case kernel::dense4 + 5:
        return run<kernel::dense4>(r, op, sign);
        QMLX_CASE(kernel::dense_lanes)
        QMLX_CASE(kernel::permute)
        QMLX_CASE(kernel::scaled_lanes)
        QMLX_CASE(kernel::scaled_lanes_cross)
        QMLX_CASES_4(kernel::factor_bit)
        QMLX_CASES_16(kernel::mix)
        QMLX_CASES_16(kernel::scaled)
        QMLX_CASES_4(kernel::factor_pair)
        QMLX_CASE(kernel::factor_pair + 4)
        QMLX_CASE(kernel::factor_pair + 5)
        QMLX_CASE(kernel::factor_all)
      default:
        __builtin_unreachable();
    }
  }

#undef QMLX_CASES_16
#undef QMLX_CASES_4
#undef QMLX_CASE
};

}  // namespace qmlx::cpu::QMLX_ISA
