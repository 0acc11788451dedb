// Shots in the order of where they are in the tree of outcomes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace qmlx {

struct PlacedShot {
  std::uint64_t node;
  std::uint32_t shot;
};

// Sorts by the lowest `bits` of the nodes, keeping the order of equal ones. `spare` is at least as
// long.
inline void sort_by_node(std::span<PlacedShot> shots, std::span<PlacedShot> spare, unsigned bits) {
  constexpr unsigned kDigit = 11, kFew = 48;
  const std::uint64_t used = bits == 0 ? 0 : ~std::uint64_t{0} >> (64 - bits);
  if (shots.size() <= kFew) {
    for (std::size_t k = 1; k < shots.size(); ++k) {
      const PlacedShot moved = shots[k];
      std::size_t at = k;
      for (; at > 0 && (shots[at - 1].node & used) > (moved.node & used); --at)
        shots[at] = shots[at - 1];
      shots[at] = moved;
    }
    return;
  }
  std::span<PlacedShot> from = shots, to = spare.first(shots.size());
  for (unsigned done = 0; done < bits; done += kDigit) {
    std::array<std::uint32_t, std::size_t{1} << kDigit> place{};
    const auto digit = [&](const PlacedShot& shot) {
      return static_cast<std::size_t>((shot.node & used) >> done) & ((1U << kDigit) - 1);
    };
    for (const PlacedShot& shot : from) ++place[digit(shot)];
    std::uint32_t sum = 0;
    for (std::uint32_t& entry : place) {
      const std::uint32_t count = entry;
      entry = sum;
      sum += count;
    }
    for (const PlacedShot& shot : from) to[place[digit(shot)]++] = shot;
    std::swap(from, to);
  }
  if (from.data() != shots.data()) std::copy(from.begin(), from.end(), shots.begin());
}

}  // namespace qmlx
