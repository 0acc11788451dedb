// Shots that descend a tree of sums side by side, each deciding at every node by a draw of its own.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/philox.h"

namespace qmlx {

// Node 1 is the root, the children of node k are 2k and 2k + 1; a node is the sum of its children.
inline void add_up(double* tree, std::size_t leaves) {
  for (std::size_t node = leaves; node-- > 1;) tree[node] = tree[2 * node] + tree[2 * node + 1];
}

class Descent {
 public:
  static constexpr unsigned kTogether = 8;

  std::array<std::uint64_t, kTogether> shots;   // of the seed's stream
  std::array<const double*, kTogether> trees;
  std::array<std::uint64_t, kTogether> nodes;

  explicit Descent(std::uint64_t seed) : seed_(seed) {}

  // One level down for each of the draws [draw, end).
  void descend(std::uint32_t draw, std::uint32_t end) {
    while (draw < end) {
      const std::uint32_t first = draw;
      const std::array<std::uint64_t, kTogether> before = nodes;
      const PhiloxBlocks<kTogether> words = draws(draw / 4);
      bool close = false;
      do {
        for (unsigned k = 0; k < kTogether; ++k) close |= step(k, words[draw % 4][k]);
      } while (++draw < end && draw % 4 != 0);
      if (close) [[unlikely]] {
        nodes = before;
        for (unsigned k = 0; k < kTogether; ++k) descend_exactly(k, first, draw);
      }
    }
  }

 private:
  PhiloxBlocks<kTogether> draws(std::uint32_t block) const {
    PhiloxBlocks<kTogether> words;
    for (unsigned k = 0; k < kTogether; ++k) {
      words[0][k] = static_cast<std::uint32_t>(shots[k]);
      words[1][k] = static_cast<std::uint32_t>(shots[k] >> 32);
      words[2][k] = block;
      words[3][k] = 0;
    }
    philox<kTogether>(seed_, words);
    return words;
  }

  // Whether the draw is too close to the boundary to decide by these few bits. Without a division:
  // the draw against the share of the 0, times the sum of both.
  bool step(unsigned k, std::uint32_t word) {
    const double* const both = trees[k] + 2 * nodes[k];
    const double sum = both[0] + both[1];
    const double beyond = word * 0x1p-32 * sum - both[0];
    nodes[k] = 2 * nodes[k] + (beyond > 0 ? 1 : 0);
    return std::abs(beyond) <= sum * 0x1p-31;
  }

  // Where both sums are 0 nothing can arrive but by rounding; 0 is taken then.
  void descend_exactly(unsigned k, std::uint32_t draw, std::uint32_t end) {
    ShotDraws own(seed_, shots[k]);
    for (; draw < end; ++draw) {
      const double* const both = trees[k] + 2 * nodes[k];
      const double sum = both[0] + both[1];
      nodes[k] = 2 * nodes[k] + (own.one(draw, sum > 0 ? both[0] / sum : 1) ? 1 : 0);
    }
  }

  std::uint64_t seed_;
};

}  // namespace qmlx
