#include "core/tile_choice.h"

#include <algorithm>

namespace qmlx {

namespace {

constexpr unsigned kRestarts = 12;
constexpr unsigned kWanted = 4;  // blocked operations a restart chooses among
constexpr unsigned kMaxSweeps = 3;
constexpr std::size_t kMoverWorth = 16;  // terms only break ties, since they can run in any pass

}  // namespace

TileChoice::TileChoice(const Geometry& geometry, unsigned bits)
    : bits_(bits),
      tile_bits_(std::min(geometry.tile_bits, bits)),
      rows_(low_mask(std::min(geometry.row_bits, tile_bits_))),
      all_(low_mask(bits)),
      limit_(geometry.max_operations == 0 ? SIZE_MAX : geometry.max_operations) {}

std::uint64_t TileChoice::choose(const std::vector<Candidate>& remaining) {
  if (tile_bits_ == bits_) return all_;
  std::uint64_t best = 0;
  std::size_t best_worth = 0;
  for (unsigned restart = 0; restart < kRestarts; ++restart) {
    const std::uint64_t grown = grow(remaining, restart > 0);
    const std::size_t grown_worth = worth(remaining, grown);
    if (best == 0 || grown_worth > best_worth) {
      best = grown;
      best_worth = grown_worth;
    }
  }
  return exchange(remaining, best, best_worth);
}

std::size_t TileChoice::worth(const std::vector<Candidate>& remaining, std::uint64_t tile) const {
  std::size_t sum = 0;
  select(
      remaining, {.local = tile, .all = 0, .limit = limit_},
      [&](std::size_t position) { sum += remaining[position].term ? 1 : kMoverWorth; },
      [](std::size_t) {});
  return sum;
}

std::uint64_t TileChoice::grow(const std::vector<Candidate>& remaining, bool at_random) {
  std::uint64_t tile = rows_;
  while (static_cast<unsigned>(std::popcount(tile)) < tile_bits_) {
    std::uint64_t wanted[kWanted];
    unsigned count = 0;
    std::uint64_t seen = tile;
    select(
        remaining, {.local = tile, .all = all_}, [](std::size_t) {},
        [&](std::size_t position) {
          const std::uint64_t missing = remaining[position].axes.moved() & ~seen;
          if (missing == 0 || count == kWanted) return;
          wanted[count++] = lowest(missing);
          seen |= lowest(missing);
        });
    if (count == 0) wanted[count++] = lowest(all_ & ~tile);
    tile |= wanted[at_random ? random_() % count : 0];
  }
  return tile;
}

std::uint64_t TileChoice::exchange(const std::vector<Candidate>& remaining, std::uint64_t tile,
                                   std::size_t tile_worth) const {
  for (unsigned sweep = 0; sweep < kMaxSweeps; ++sweep) {
    bool better = false;
    for (std::uint64_t out = tile & ~rows_; out != 0; out &= out - 1) {
      for (std::uint64_t in = all_ & ~tile; in != 0; in &= in - 1) {
        const std::uint64_t trial = (tile & ~lowest(out)) | lowest(in);
        const std::size_t trial_worth = worth(remaining, trial);
        if (trial_worth <= tile_worth) continue;
        tile = trial;
        tile_worth = trial_worth;
        better = true;
        break;
      }
    }
    if (!better) break;
  }
  return tile;
}

}  // namespace qmlx
