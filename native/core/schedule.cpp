#include "core/schedule.h"

#include <algorithm>
#include <bit>
#include <random>

#include "core/selection.h"

namespace qmlx {

std::vector<Candidate> extract(std::vector<Candidate>& candidates, const Reach& reach, std::uint64_t all_bits) {
  std::vector<Candidate> taken, left;
  const std::size_t stop = select(
      candidates, reach, all_bits, [&](std::size_t position) { taken.push_back(candidates[position]); },
      [&](std::size_t position) { left.push_back(candidates[position]); });
  left.insert(left.end(), candidates.begin() + static_cast<std::ptrdiff_t>(stop), candidates.end());
  candidates = std::move(left);
  return taken;
}

namespace {

constexpr unsigned kRestarts = 12;
constexpr unsigned kCandidatesAtRandom = 4;
constexpr unsigned kMaxSweeps = 3;

std::uint64_t bit_mask(unsigned bit) { return std::uint64_t{1} << bit; }
std::uint64_t low_mask(unsigned count) { return count >= 64 ? ~std::uint64_t{0} : bit_mask(count) - 1; }

class Scheduler {
 public:
  Scheduler(const Ir& ir, const Geometry& geometry)
      : ir_(ir), geometry_(geometry), all_(low_mask(ir.bits)), tile_bits_(std::min(geometry.tile_bits, ir.bits)),
        lanes_(low_mask(std::min(geometry.lane_bits, tile_bits_))) {}

  std::vector<ScheduledPass> run() {
    std::vector<Candidate> remaining;
    remaining.reserve(ir_.operations.size());
    for (std::uint32_t index = 0; index < ir_.operations.size(); ++index) {
      remaining.push_back({ir_.operations[index].axes, index, ir_.operations[index].kind == IrKind::term});
    }
    std::vector<ScheduledPass> passes;
    while (!remaining.empty()) {
      const std::uint64_t tile = tile_bits_ == ir_.bits ? all_ : choose_tile(remaining);
      passes.push_back({tile, stages(extract(remaining, {.local = tile, .limit = limit()}, all_), tile)});
    }
    return passes;
  }

 private:
  std::size_t limit() const { return geometry_.max_operations == 0 ? SIZE_MAX : geometry_.max_operations; }

  // How much of the remaining work a tile allows: operations that move amplitudes count, terms only break ties, since they can run anywhere.
  std::size_t worth(const std::vector<Candidate>& remaining, std::uint64_t tile) const {
    std::size_t sum = 0;
    select(
        remaining, {.local = tile, .limit = limit()}, all_, [&](std::size_t position) { sum += remaining[position].term ? 1 : 16; }, [](std::size_t) {});
    return sum;
  }

  // Starts from the row bits and adds bits that the first blocked operations ask for; several restarts, each improved by exchanging single bits.
  std::uint64_t choose_tile(const std::vector<Candidate>& remaining) {
    const std::uint64_t rows = low_mask(std::min(geometry_.row_bits, tile_bits_));
    std::uint64_t best = 0;
    std::size_t best_worth = 0;
    for (unsigned restart = 0; restart < kRestarts; ++restart) {
      const std::uint64_t grown = grow(remaining, rows, restart > 0);
      const std::size_t grown_worth = worth(remaining, grown);
      if (best == 0 || grown_worth > best_worth) {
        best = grown;
        best_worth = grown_worth;
      }
    }
    return exchange(remaining, best, best_worth, rows);
  }

  std::uint64_t grow(const std::vector<Candidate>& remaining, std::uint64_t tile, bool at_random) {
    while (static_cast<unsigned>(std::popcount(tile)) < tile_bits_) {
      std::uint64_t wanted[kCandidatesAtRandom];
      unsigned count = 0;
      std::uint64_t seen = tile;
      select(
          remaining, {.local = tile}, all_, [](std::size_t) {},
          [&](std::size_t position) {
            const std::uint64_t missing = remaining[position].axes.moved() & ~seen;
            if (missing != 0 && count < kCandidatesAtRandom) {
              wanted[count++] = missing & (~missing + 1);
              seen |= wanted[count - 1];
            }
          });
      if (count == 0) wanted[count++] = (all_ & ~tile) & (~(all_ & ~tile) + 1);
      tile |= wanted[at_random ? random_() % count : 0];
    }
    return tile;
  }

  std::uint64_t exchange(const std::vector<Candidate>& remaining, std::uint64_t tile, std::size_t tile_worth, std::uint64_t fixed) const {
    for (unsigned sweep = 0; sweep < kMaxSweeps; ++sweep) {
      bool better = false;
      for (unsigned out = 0; out < ir_.bits; ++out) {
        if ((tile & ~fixed & bit_mask(out)) == 0) continue;
        for (unsigned in = 0; in < ir_.bits; ++in) {
          if ((tile & bit_mask(in)) != 0) continue;
          const std::uint64_t trial = (tile & ~bit_mask(out)) | bit_mask(in);
          const std::size_t trial_worth = worth(remaining, trial);
          if (trial_worth > tile_worth) {
            tile = trial;
            tile_worth = trial_worth;
            better = true;
            break;
          }
        }
      }
      if (!better) break;
    }
    return tile;
  }

  // Phases as long as any operation can run in one; a diagonal stage, with all terms that can run, only when none can.
  std::vector<ScheduledStage> stages(std::vector<Candidate> remaining, std::uint64_t tile) const {
    std::vector<ScheduledStage> result;
    while (!remaining.empty()) {
      const std::uint64_t registers = choose_registers(remaining, tile);
      ScheduledStage stage{StageKind::phase, registers, {}};
      std::vector<Candidate> taken = extract(remaining, {.local = registers | lanes_, .terms = false}, all_);
      if (taken.empty()) {
        stage = {StageKind::diagonal, 0, {}};
        taken = extract(remaining, {.local = tile, .movers = false}, all_);
      }
      for (const Candidate& candidate : taken) stage.operations.push_back(candidate.index);
      result.push_back(std::move(stage));
    }
    return result;
  }

  std::size_t phase_worth(const std::vector<Candidate>& remaining, std::uint64_t local) const {
    std::size_t sum = 0;
    select(
        remaining, {.local = local, .terms = false}, all_, [&](std::size_t) { ++sum; }, [](std::size_t) {});
    return sum;
  }

  // Adds the register bit that lets most operations run, one after another; equal ones in the order operations ask for them.
  std::uint64_t choose_registers(const std::vector<Candidate>& remaining, std::uint64_t tile) const {
    const auto count = std::min<unsigned>(geometry_.register_bits, static_cast<unsigned>(std::popcount(tile & ~lanes_)));
    std::uint64_t registers = 0;
    while (static_cast<unsigned>(std::popcount(registers)) < count) {
      std::uint64_t tried = 0, best = 0;
      std::size_t best_worth = 0;
      for (const Candidate& candidate : remaining) {
        for (std::uint64_t bits = candidate.axes.moved() & tile & ~lanes_ & ~registers & ~tried; bits != 0; bits &= bits - 1) {
          const std::uint64_t bit = bits & (~bits + 1);
          tried |= bit;
          const std::size_t bit_worth = phase_worth(remaining, registers | lanes_ | bit);
          if (best == 0 || bit_worth > best_worth) {
            best = bit;
            best_worth = bit_worth;
          }
        }
        if (tried == (tile & ~lanes_ & ~registers)) break;
      }
      if (best == 0) best = std::uint64_t{1} << (63 - std::countl_zero(tile & ~lanes_ & ~registers));
      registers |= best;
    }
    return registers;
  }

  const Ir& ir_;
  const Geometry& geometry_;
  std::uint64_t all_;
  unsigned tile_bits_;
  std::uint64_t lanes_;
  std::minstd_rand random_{1};
};

}  // namespace

std::vector<ScheduledPass> schedule(const Ir& ir, const Geometry& geometry) { return Scheduler(ir, geometry).run(); }

}  // namespace qmlx
