// Arithmetic on indices. Every engine's kernels use it: no includes, no pointers.
#pragma once

// Never a function of its own: a linker could pick the copy compiled for another instruction set.
#define QMLX_INLINE inline __attribute__((always_inline))

namespace qmlx {

// The next larger number whose set bits all lie in `mask`; 0 after the largest.
template <typename Index>
QMLX_INLINE constexpr Index next_within(Index index, Index mask) {
  return ((index | static_cast<Index>(~mask)) + 1) & mask;
}

// Moves the low bits of `value` to the set bits of `mask`, in order.
template <typename Index>
QMLX_INLINE constexpr Index deposit(Index value, Index mask) {
  if ((mask & (mask + 1)) == 0) return value & mask;
  Index result = 0;
  while (mask != 0) {
    const Index lowest = mask & (~mask + 1);
    if ((value & 1) != 0) result |= lowest;
    value >>= 1;
    mask ^= lowest;
  }
  return result;
}

// The reverse: the bits of `value` at the set bits of `mask`, moved together.
template <typename Index>
QMLX_INLINE constexpr Index extract(Index value, Index mask) {
  if ((mask & (mask + 1)) == 0) return value & mask;
  Index result = 0;
  Index place = 1;
  while (mask != 0) {
    const Index lowest = mask & (~mask + 1);
    if ((value & lowest) != 0) result |= place;
    place <<= 1;
    mask ^= lowest;
  }
  return result;
}

}  // namespace qmlx
