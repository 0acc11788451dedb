// Shots that descend a tree of sums side by side, each deciding at every node by a draw of its own.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/philox.h"

namespace qmlx {

// In a tree node 1 is the root, the children of node k are 2k and 2k + 1, and a node is the sum of
// its children.
class Descent {
 public:
  static constexpr unsigned kTogether = 32;

  std::array<std::uint64_t, kTogether> shots;  // numbers of the seed's streams
  std::array<const double*, kTogether> trees;
  std::array<std::uint64_t, kTogether> nodes;
  unsigned count = kTogether;  // shots that matter: the first ones

  // `wide`: by the widest vectors of the processor, where they are; the nodes are the same.
  explicit Descent(std::uint64_t seed, bool wide = true)
      : seed_(seed), descend_roughly_(wide ? fastest() : &descend_anywhere) {}

  // One level down for each of the draws [draw, end).
  void descend(std::uint32_t draw, std::uint32_t end) {
    for (std::uint32_t next; draw < end; draw = next) {
      next = std::min(end, (draw / 4 + 1) * 4);
      const std::array<std::uint64_t, kTogether> before = nodes;
      if (!descend_roughly_(*this, draw, next)) [[unlikely]] {
        nodes = before;
        for (unsigned k = 0; k < count; ++k) descend_exactly(k, draw, next);
      }
    }
  }

 private:
  // Down by draws of one block of words; false if a draw was too close to a boundary to decide by
  // rounded numbers. Without a division: the draw times the sum of both, against the share of the
  // 0.
  using Rough = bool (*)(Descent& descent, std::uint32_t draw, std::uint32_t end);

  static bool descend_anywhere(Descent& descent, std::uint32_t draw, std::uint32_t end);
  static bool descend_with_avx512(Descent& descent, std::uint32_t draw, std::uint32_t end);
  static Rough fastest();
  void descend_exactly(unsigned k, std::uint32_t draw, std::uint32_t end);

  std::uint64_t seed_;
  Rough descend_roughly_;
};

}  // namespace qmlx
