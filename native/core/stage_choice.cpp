#include "core/stage_choice.h"

#include <algorithm>

namespace qmlx {

namespace {

// In units of work saved: an operation that need not wait for another phase against the cost of a
// factor, which halves with every bit that narrows where it applies.
constexpr std::int64_t kMoverWorth = 16;

std::int64_t factor_cost(const Axes& axes) {
  return kMoverWorth >> std::min(std::popcount(axes.z), 4);
}

}  // namespace

StageChoice::StageChoice(const Geometry& geometry, std::uint64_t tile, std::uint64_t& reached)
    : tile_(tile), reached_(reached) {
  const auto tile_bits = static_cast<unsigned>(std::popcount(tile));
  lanes_ = low_mask(std::min(geometry.lane_bits, tile_bits));
  register_bits_ =
      std::min(geometry.register_bits, static_cast<unsigned>(std::popcount(tile & ~lanes_)));
}

std::vector<ScheduledStage> StageChoice::run(std::vector<Candidate> remaining) {
  std::vector<ScheduledStage> result;
  while (!remaining.empty()) {
    // Bits that nothing moves or touches any more would keep a search from ending.
    moved_ = touched_ = 0;
    for (const Candidate& candidate : remaining) {
      moved_ |= candidate.axes.moved();
      touched_ |= candidate.axes.all();
    }
    ScheduledStage stage{StageKind::phase, choose_registers(remaining), {}};
    std::vector<std::size_t> positions = best_phase(remaining, stage.registers | lanes_);
    if (positions.empty()) {
      stage = {StageKind::diagonal, 0, {}};
      select(
          remaining, {.all = touched_},
          [&](std::size_t position) { positions.push_back(position); }, [](std::size_t) {});
    }
    for (const Candidate& candidate : take_out(remaining, positions)) {
      stage.operations.push_back(candidate.index);
    }
    result.push_back(std::move(stage));
  }
  return result;
}

// The better of a phase without factors and one with those that touch only local bits.
std::vector<std::size_t> StageChoice::best_phase(const std::vector<Candidate>& remaining,
                                                 std::uint64_t local) {
  const std::int64_t plain = worth(remaining, local, 0);
  std::vector<std::size_t> best = taken_;
  if (worth(remaining, local, local) > plain) best = taken_;
  std::sort(best.begin(), best.end());
  return best;
}

// Takes what can run up to the operation where worth is highest; the rest waits. A factor is taken
// only when an operation that moves one of its bits follows.
std::int64_t StageChoice::worth(const std::vector<Candidate>& remaining, std::uint64_t local,
                                std::uint64_t terms) {
  taken_.clear();
  waiting_.clear();
  std::uint64_t waiting_bits = 0;  // that some factor in waiting depends on
  std::size_t kept = 0;
  std::int64_t sum = 0, best = 0;
  const auto take = [&](std::size_t position) {
    const Axes& axes = remaining[position].axes;
    if (remaining[position].term) {
      waiting_.push_back(position);
      waiting_bits |= axes.z;
      return;
    }
    if ((waiting_bits & axes.moved()) != 0) {
      std::erase_if(waiting_, [&](std::size_t term) {
        const bool needed = (remaining[term].axes.z & axes.moved()) != 0;
        if (needed) {
          taken_.push_back(term);
          sum -= factor_cost(remaining[term].axes);
        }
        return needed;
      });
    }
    taken_.push_back(position);
    sum += kMoverWorth;
    if (sum > best) {
      best = sum;
      kept = taken_.size();
    }
  };
  select(remaining, {.local = local & moved_, .terms = terms, .all = 0}, take, [](std::size_t) {});
  taken_.resize(kept);
  return best;
}

// Adds the bit that makes the best phase, one after another; equal ones in the order operations ask
// for them.
std::uint64_t StageChoice::choose_registers(const std::vector<Candidate>& remaining) {
  const std::uint64_t possible = tile_ & ~lanes_;
  std::uint64_t registers = 0;
  while (static_cast<unsigned>(std::popcount(registers)) < register_bits_) {
    const std::uint64_t wanted = possible & moved_;
    std::uint64_t tried = registers, best = 0;
    std::int64_t best_worth = 0;
    for (const Candidate& candidate : remaining) {
      for (std::uint64_t bits = candidate.axes.moved() & wanted & ~tried; bits != 0;
           bits &= bits - 1) {
        tried |= lowest(bits);
        const std::uint64_t local = registers | lanes_ | lowest(bits);
        const std::int64_t bit_worth = worth(remaining, local, local);
        if (best == 0 || bit_worth > best_worth) {
          best = lowest(bits);
          best_worth = bit_worth;
        }
      }
      if ((wanted & ~tried) == 0) break;
    }
    if (best == 0) best = idle_register(possible & ~registers);
    registers |= best;
  }
  reached_ |= registers;
  return registers;
}

// For registers that nothing asks for: the lowest bits, since a phase then walks through memory in
// order, but no new ones if possible, since a run from a basis state knows that amplitudes beyond
// the bits reached so far are zero.
std::uint64_t StageChoice::idle_register(std::uint64_t possible) const {
  return lowest((possible & reached_) != 0 ? possible & reached_ : possible);
}

}  // namespace qmlx
