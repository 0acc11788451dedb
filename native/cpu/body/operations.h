// One operation on the vectors a phase holds in registers. Every index of `r` is a constant. Sums
// begin with an amplitude's own part, then its partners' by ascending local bits, so that results
// do not depend on which bits are lanes and which are registers.
#pragma once

#include "cpu/body/rare_operations.h"

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

  // The partner is the same register.
  static QMLX_INLINE void mix(Vector* r, const Prepared& op, unsigned sign) {
    const Vector own = load<Scalar>(op.coefficients);
    const Scalar* partner = op.coefficients + kSize;
    const Bits index = *reinterpret_cast<const Bits*>(op.coefficients + 3 * kSize);
    const unsigned signs = op.signs ^ (sign != 0 ? 0xffffU : 0U);
    each<kCount>([&](auto j) __attribute__((always_inline)) {
      if (!acts(op, j)) return;
      const Vector factor = load<Scalar>(partner + (signs >> j & 1) * kSize);
      r[j] = V::fused(factor, V::permute(r[j], index), own * r[j]);
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

  template <unsigned Bit>
  static QMLX_INLINE void dense2(Vector* r, const Prepared& op) {
    const Scalar* m = op.coefficients;
    each_pair<Bit, true>(op, [&](auto j, auto k) __attribute__((always_inline)) {
      const Vector a = r[j], b = r[k];
      r[j] = add_product(m + 2 * kSize, b, product(m, a));
      r[k] = add_product(m + 4 * kSize, a, product(m + 6 * kSize, b));
    });
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
      if constexpr (high < Registers) multiply_where<(1U << high | 1U << low)>(r, op);
    } else if constexpr (Number >= kernel::scaled) {
      constexpr unsigned form = (Number - kernel::scaled) / 4;
      if constexpr (exists) rotate_scaled<bit, (form < 2), (form % 2 == 1)>(r, op);
    } else if constexpr (Number == kernel::mix) {
      mix(r, op, sign);
    } else if constexpr (Number >= kernel::factor_bit) {
      if constexpr (exists) multiply_where<(1U << bit)>(r, op);
    } else if constexpr (Number >= kernel::scaled_lanes) {
      rotate_lanes_scaled<Number == kernel::scaled_lanes>(r, op);
    } else if constexpr (Number == kernel::permute) {
      permute(r, op);
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

  // For kernels that are not rare. `sign` is the parity of the bits outside the phase that negate a
  // partner's factor.
  static QMLX_INLINE void apply(Vector* r, const Prepared& op, unsigned sign) {
    switch (op.kernel) {
      QMLX_CASES_16(kernel::rotate)
      QMLX_CASES_4(kernel::exchange_lanes)
      QMLX_CASES_4(kernel::dense2)
      QMLX_CASE(kernel::permute)
      QMLX_CASE(kernel::scaled_lanes)
      QMLX_CASE(kernel::scaled_lanes_cross)
      QMLX_CASES_4(kernel::factor_bit)
      QMLX_CASE(kernel::mix)
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
