// Places of a tile's vectors in memory.
#pragma once

#include "cpu/body/arithmetic.h"

namespace qmlx::cpu::QMLX_ISA {

// Vectors between two gaps, as a power of two: a page of 4 KiB of the widest vectors.
inline constexpr unsigned kGapBits = 6;

// Where the vectors of a tile lie. In the state, the bits of their index are spread over `mask`. In
// a worker's own memory they follow one another, with a vector left free after every 64 and every
// 4096: otherwise vectors that are a power of two apart, as the registers of a phase are, would
// compete for few places of the first cache.
template <typename Scalar>
struct Side {
  Scalar* base;
  std::uint64_t mask;
  std::uint64_t gaps;  // all ones if vectors are left free, else 0

  // Of an index whose bits lie in the mask, in vectors. Places of disjoint bits add up.
  std::uint64_t place(std::uint64_t index) const {
    return index + ((index >> kGapBits) & gaps) + ((index >> 2 * kGapBits) & gaps);
  }
  Scalar* at(std::uint64_t index) const { return base + place(index) * kElements<Scalar>; }

  static Side inner(Scalar* memory, unsigned vector_bits) {
    return {memory, (std::uint64_t{1} << vector_bits) - 1, ~std::uint64_t{0}};
  }
  // Vectors that the memory of a tile must hold.
  static std::uint64_t inner_size(unsigned vector_bits) {
    return inner(nullptr, vector_bits).place((std::uint64_t{1} << vector_bits) - 1) + 1;
  }
};

// Which vectors of a tile lie in memory: those with (position & mask) == value. The others are 0.
struct Support {
  std::uint32_t mask = 0;
  std::uint32_t value = 0;

  void without(std::uint32_t positions) {
    mask &= ~positions;
    value &= ~positions;
  }
};

// A side reduced to the vectors in memory, but for those that differ in `moved`, which are reached
// by distances.
template <typename Scalar>
Side<Scalar> reduced(Side<Scalar> side, const Support& support, std::uint32_t moved) {
  const std::uint64_t fixed = support.value & ~moved;
  side.base += side.place(deposit(fixed, side.mask)) * kElements<Scalar>;
  side.mask &= ~deposit<std::uint64_t>(support.mask | moved, side.mask);
  return side;
}

}  // namespace qmlx::cpu::QMLX_ISA
