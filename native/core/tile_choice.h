// Which bits the next pass should hold in its tile.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "core/plan.h"
#include "core/selection.h"

namespace qmlx {

// Starts from the row bits and adds bits that the first blocked operations ask for; several
// restarts, the best one improved by exchanging single bits.
class TileChoice {
 public:
  TileChoice(const Geometry& geometry, unsigned bits);

  std::uint64_t choose(const std::vector<Candidate>& remaining);

 private:
  std::size_t worth(const std::vector<Candidate>& remaining, std::uint64_t tile) const;
  std::uint64_t grow(const std::vector<Candidate>& remaining, bool at_random);
  std::uint64_t exchange(const std::vector<Candidate>& remaining, std::uint64_t tile,
                         std::size_t tile_worth) const;

  unsigned bits_;
  unsigned tile_bits_;
  std::uint64_t rows_;  // bits every tile has
  std::uint64_t all_;
  std::size_t limit_;
  std::minstd_rand random_{1};
};

}  // namespace qmlx
