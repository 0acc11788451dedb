// The question both levels of the scheduler ask: with these bits at hand, which of the remaining
// operations can run now?
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/ir.h"

namespace qmlx {

inline constexpr std::uint64_t bit_mask(unsigned bit) { return std::uint64_t{1} << bit; }
inline constexpr std::uint64_t low_mask(unsigned count) {
  return count >= 64 ? ~std::uint64_t{0} : bit_mask(count) - 1;
}
inline constexpr std::uint64_t lowest(std::uint64_t mask) { return mask & (~mask + 1); }

// Whether one phase can hold all the bits that an operation moves.
inline bool fits_phase(std::uint64_t moved, const Geometry& geometry) {
  const auto above = [&](unsigned low) {
    return static_cast<unsigned>(std::popcount(moved & ~low_mask(low)));
  };
  return above(geometry.lane_bits) <= geometry.register_bits &&
         above(geometry.row_bits) <= geometry.tile_bits - geometry.row_bits;
}

// Which bits the operations left behind act on, by axis. A later operation may overtake them only
// where it acts on the same axis.
class LeftBehind {
 public:
  bool stops(const Axes& axes) const {
    return ((axes.x & (y_ | z_)) | (axes.y & (x_ | z_)) | (axes.z & (x_ | y_))) != 0;
  }
  void add(const Axes& axes) {
    x_ |= axes.x;
    y_ |= axes.y;
    z_ |= axes.z;
  }
  // True when nothing can run any more that moves one of these bits.
  bool stops_movers(std::uint64_t bits) const { return ((y_ | z_) & (x_ | z_) & bits) == bits; }
  // True when nothing can run any more that touches one of these bits.
  bool stops_everything(std::uint64_t bits) const {
    return ((x_ | y_) & (x_ | z_) & (y_ | z_) & bits) == bits;
  }

 private:
  std::uint64_t x_ = 0, y_ = 0, z_ = 0;
};

// An operation reduced to what the scheduler looks at.
struct Candidate {
  Axes axes;
  std::uint32_t index = 0;  // into the Ir
  bool term = false;
};

// What may be taken in one go.
struct Reach {
  std::uint64_t local = 0;                  // bits whose amplitudes may be mixed
  std::uint64_t terms = ~std::uint64_t{0};  // a term may run if it touches only these bits
  std::uint64_t all = ~std::uint64_t{0};    // of the state; 0: stop looking when no mover can run
  std::size_t limit = SIZE_MAX;
};

// Calls take(position) for every candidate that can run and leave(position) for the others, in
// order, until nothing more can run.
template <typename Take, typename Leave>
void select(const std::vector<Candidate>& candidates, const Reach& reach, Take take, Leave leave) {
  LeftBehind behind;
  std::size_t taken = 0;
  for (std::size_t position = 0; position < candidates.size() && taken < reach.limit; ++position) {
    const Candidate& candidate = candidates[position];
    const std::uint64_t out_of_reach =
        candidate.term ? candidate.axes.z & ~reach.terms : candidate.axes.moved() & ~reach.local;
    if (out_of_reach == 0 && !behind.stops(candidate.axes)) {
      take(position);
      ++taken;
    } else {
      leave(position);
      behind.add(candidate.axes);
      if (reach.all == 0 ? behind.stops_movers(reach.local) : behind.stops_everything(reach.all)) {
        return;
      }
    }
  }
}

// Takes the candidates at `positions` (ascending) out, keeping the order of the others.
std::vector<Candidate> take_out(std::vector<Candidate>& candidates,
                                const std::vector<std::size_t>& positions);

}  // namespace qmlx
