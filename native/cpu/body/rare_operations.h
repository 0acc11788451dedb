// Operations that take a phase's vectors from memory to memory: unrolled for every register, as the
// others are, they would be most of the addon's code.
#pragma once

#include "cpu/body/prepared.h"

namespace qmlx::cpu::QMLX_ISA {

// sum + the entry whose two vectors begin at `entry`, times a
template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Vector add_product(const Scalar* entry,
                                                      typename Simd<Scalar>::Vector a,
                                                      typename Simd<Scalar>::Vector sum) {
  using V = Simd<Scalar>;
  return V::fused(load<Scalar>(entry + kElements<Scalar>), V::swap_parts(a),
                  V::fused(load<Scalar>(entry), a, sum));
}
template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Vector product(const Scalar* entry,
                                                  typename Simd<Scalar>::Vector a) {
  using V = Simd<Scalar>;
  return V::fused(load<Scalar>(entry + kElements<Scalar>), V::swap_parts(a),
                  load<Scalar>(entry) * a);
}

// Whether RareOperation runs the kernel.
constexpr bool is_rare(unsigned number) {
  return (number >= kernel::dense4_mixed && number <= kernel::dense_lanes) ||
         (number > kernel::mix && number < kernel::scaled);
}

// Where the vectors of a group lie.
template <typename Scalar>
struct Place {
  Scalar* base;
  const std::uint64_t* distances;  // from `base`, by register

  Scalar* at(unsigned j) const { return base + distances[j]; }
};

// Takes a group through one operation. From and to may be the same place, but not places that
// overlap otherwise.
template <typename Scalar>
class RareOperation {
  using V = Simd<Scalar>;
  using Vector = typename V::Vector;
  using Bits = typename V::Bits;
  static constexpr unsigned kSize = kElements<Scalar>;

 public:
  // `sign` is the parity of the bits outside the phase that negate a partner's factor.
  static __attribute__((noinline)) void run(const Place<Scalar>& from, const Place<Scalar>& to,
                                            unsigned count, const PreparedOperation<Scalar>& op,
                                            unsigned sign) {
    const RareOperation rare{from, to, count, op};
    const unsigned number = op.kernel;
    if (number >= kernel::mix) return rare.mix(number - kernel::mix, sign);
    if (number == kernel::dense_lanes) return rare.dense_lanes();
    if (number >= kernel::dense4) return rare.dense4(number - kernel::dense4);
    rare.dense4_mixed(number - kernel::dense4_mixed);
  }

 private:
  RareOperation(const Place<Scalar>& from, const Place<Scalar>& to, unsigned count,
                const PreparedOperation<Scalar>& op)
      : from_(from), to_(to), count_(count), op_(op), m_(op.coefficients) {}

  bool acts(unsigned j) const { return (op_.matches >> j & 1) != 0; }
  Vector get(unsigned j) const { return load<Scalar>(from_.at(j)); }
  void put(unsigned j, Vector value) const { store<Scalar>(to_.at(j), value); }
  void pass_on(unsigned j) const { put(j, get(j)); }

  // The number with a 0 put in at a bit.
  static unsigned parted(unsigned number, unsigned bit) {
    const unsigned low = (1U << bit) - 1;
    return (number & ~low) << 1 | (number & low);
  }

  // Calls body(a register, its partner) for the pairs that differ in `mask` and are acted on.
  template <typename Body>
  QMLX_INLINE void each_pair(unsigned mask, const Body& body) const {
    const auto highest = 31 - static_cast<unsigned>(__builtin_clz(mask));
    for (unsigned pair = 0; pair < count_ / 2; ++pair) {
      const unsigned j = parted(pair, highest), k = j ^ mask;
      if (acts(j)) {
        body(j, k);
      } else {
        pass_on(j);
        pass_on(k);
      }
    }
  }

  Bits bits_at(unsigned vector) const {
    return *reinterpret_cast<const Bits*>(m_ + vector * kSize);
  }

  void mix(unsigned mask, unsigned sign) const {
    const Vector own = load<Scalar>(m_);
    const Bits index = bits_at(3);
    const unsigned signs = op_.signs ^ (sign != 0 ? 0xffffU : 0U);
    const auto factor = [&](unsigned j) __attribute__((always_inline)) {
      return load<Scalar>(m_ + kSize + (signs >> j & 1) * kSize);
    };
    each_pair(mask, [&](unsigned j, unsigned k) __attribute__((always_inline)) {
      const Vector a = get(j), b = get(k);
      put(j, V::fused(factor(j), V::permute(b, index), own * a));
      put(k, V::fused(factor(k), V::permute(a, index), own * b));
    });
  }

  // A row of a matrix by four vectors. Sums begin with the row's own column.
  template <unsigned Row>
  QMLX_INLINE Vector row_of_four(const Scalar* entries, const Vector (&a)[4]) const {
    Vector sum = product(entries + 2 * kSize * Row, a[Row]);
    each<3>([&](auto other) __attribute__((always_inline)) {
      constexpr unsigned column = Row ^ (other + 1);
      sum = add_product(entries + 2 * kSize * column, a[column], sum);
    });
    return sum;
  }

  void dense4(unsigned pair) const {
    const unsigned high = pair < 1 ? 1 : pair < 3 ? 2 : 3, low = pair - high * (high - 1) / 2;
    for (unsigned group = 0; group < count_ / 4; ++group) {
      const unsigned j = parted(parted(group, low), high);
      const unsigned k[4] = {j, j | 1U << low, j | 1U << high, j | 1U << high | 1U << low};
      const Vector a[4] = {get(k[0]), get(k[1]), get(k[2]), get(k[3])};
      const bool acted = acts(j);
      each<4>([&](auto row) __attribute__((always_inline)) {
        put(k[row], acted ? row_of_four<row>(m_ + 8 * kSize * row, a) : a[row]);
      });
    }
  }

  void dense4_mixed(unsigned bit) const {
    const Bits index = bits_at(16);
    each_pair(1U << bit, [&](unsigned j, unsigned k) __attribute__((always_inline)) {
      const Vector first = get(j), second = get(k);
      const Vector a[4] = {first, V::permute(first, index), second, V::permute(second, index)};
      put(j, row_of_four<0>(m_, a));
      put(k, row_of_four<2>(m_ + 8 * kSize, a));
    });
  }

  void dense_lanes() const {
    const unsigned indices = 2 * op_.terms;
    for (unsigned j = 0; j < count_; ++j) {
      const Vector own = get(j);
      Vector sum = product(m_, own);
      for (unsigned term = 1; term < op_.terms; ++term)
        sum = add_product(m_ + 2 * kSize * term, V::permute(own, bits_at(indices + term)), sum);
      put(j, acts(j) ? sum : own);
    }
  }

  const Place<Scalar> from_, to_;
  const unsigned count_;
  const PreparedOperation<Scalar>& op_;
  const Scalar* const m_;
};

}  // namespace qmlx::cpu::QMLX_ISA
