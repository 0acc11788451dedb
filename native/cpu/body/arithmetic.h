// Complex arithmetic on vectors, and the small tools of the kernels. A vector_*.h comes first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "cpu/executor.h"
#include "kernels/bits.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
inline constexpr unsigned kLanes = 1U << Simd<Scalar>::kLaneBits;

// Scalars in a vector: re and im of every lane.
template <typename Scalar>
inline constexpr unsigned kElements = 2 * kLanes<Scalar>;

// Calls body with the constants 0 … Count−1, so that arrays indexed by them stay in registers.
template <unsigned... Index, typename Body>
QMLX_INLINE void each_of(std::integer_sequence<unsigned, Index...>, const Body& body) {
  (body(std::integral_constant<unsigned, Index>{}), ...);
}
template <unsigned Count, typename Body>
QMLX_INLINE void each(const Body& body) {
  each_of(std::make_integer_sequence<unsigned, Count>{}, body);
}

template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Vector load(const Scalar* from) {
  return *reinterpret_cast<const typename Simd<Scalar>::Vector*>(from);
}
template <typename Scalar>
QMLX_INLINE void store(Scalar* to, typename Simd<Scalar>::Vector value) {
  *reinterpret_cast<typename Simd<Scalar>::Vector*>(to) = value;
}

// A complex number ready to multiply vectors by: re everywhere, and −im, im in turn.
template <typename Scalar>
struct Multiplier {
  typename Simd<Scalar>::Vector re, im;
};

template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Vector multiply(typename Simd<Scalar>::Vector a,
                                                   const Multiplier<Scalar>& by) {
  using V = Simd<Scalar>;
  return V::fused(by.im, V::swap_parts(a), by.re * a);
}

// Number of the element: its lane, and its part in bit 0.
template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Bits element_numbers() {
  typename Simd<Scalar>::Bits numbers{};
  each<kElements<Scalar>>([&](auto constant) __attribute__((always_inline)) {
    constexpr unsigned element = constant;
    numbers[element] = element;
  });
  return numbers;
}

// All ones in elements whose lane has (lane & mask) == value, else 0.
template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Bits lanes_with(unsigned mask, unsigned value) {
  using V = Simd<Scalar>;
  using Integer = typename V::Integer;
  const auto lanes = element_numbers<Scalar>() >> 1;
  return (typename V::Bits)((lanes & V::broadcast_bits(static_cast<Integer>(mask))) ==
                            V::broadcast_bits(static_cast<Integer>(value)));
}

// Place of a scalar's sign bit.
template <typename Scalar>
inline constexpr unsigned kSignPlace = 8 * sizeof(Scalar) - 1;

// The sign bit in every element.
template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Bits sign_bits() {
  return (typename Simd<Scalar>::Bits)Simd<Scalar>::broadcast(-Scalar{0});
}

// The sign bit in elements whose lane has an odd number of bits in `mask`.
template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Bits lane_signs(unsigned mask) {
  static_assert(kLanes<Scalar> <= 8);
  using V = Simd<Scalar>;
  const auto bits =
      (element_numbers<Scalar>() >> 1) & V::broadcast_bits(static_cast<typename V::Integer>(mask));
  return (bits ^ (bits >> 1) ^ (bits >> 2)) << kSignPlace<Scalar>;
}

template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Bits negate_re() {
  return (element_numbers<Scalar>() << kSignPlace<Scalar>)^sign_bits<Scalar>();
}

template <typename Scalar>
QMLX_INLINE typename Simd<Scalar>::Vector flip_signs(typename Simd<Scalar>::Vector a,
                                                     typename Simd<Scalar>::Bits signs) {
  return (typename Simd<Scalar>::Vector)((typename Simd<Scalar>::Bits)a ^ signs);
}

// From numbers that differ by lane, (re, im) in each.
template <typename Scalar>
QMLX_INLINE Multiplier<Scalar> multiplier(typename Simd<Scalar>::Vector numbers) {
  using V = Simd<Scalar>;
  return {V::duplicate_re(numbers),
          flip_signs<Scalar>(V::duplicate_im(numbers), negate_re<Scalar>())};
}

// From one number.
template <typename Scalar>
QMLX_INLINE Multiplier<Scalar> multiplier(Scalar re, Scalar im) {
  using V = Simd<Scalar>;
  return {V::broadcast(re), flip_signs<Scalar>(V::broadcast(im), negate_re<Scalar>())};
}

// One complex number, rounded as the vectors' are.
template <typename Scalar>
QMLX_INLINE void multiply_one(const Scalar* a, Scalar re, Scalar im, Scalar* to) {
  using V = Simd<Scalar>;
  const Scalar first = a[0], second = a[1];
  to[0] = V::fused(-im, second, re * first);
  to[1] = V::fused(im, first, re * second);
}

// Scalar complex numbers in double precision, for what is computed once and not per amplitude.
struct Phasor {
  double re, im;

  friend Phasor operator*(Phasor a, Phasor b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
};

QMLX_INLINE unsigned parity(std::uint64_t bits) {
  return static_cast<unsigned>(__builtin_parityll(bits));
}

// Hands out aligned pieces of a block. With a null block it only counts.
class Bump {
 public:
  explicit Bump(std::byte* block) : block_(block) {}

  template <typename Item>
  Item* take(std::size_t count) {
    Item* items = block_ == nullptr ? nullptr : reinterpret_cast<Item*>(block_ + used_);
    used_ += (count * sizeof(Item) + kVectorAlignment - 1) / kVectorAlignment * kVectorAlignment;
    return items;
  }
  std::size_t used() const { return used_; }

 private:
  std::byte* block_;
  std::size_t used_ = 0;
};

}  // namespace qmlx::cpu::QMLX_ISA
