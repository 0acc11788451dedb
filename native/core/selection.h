// The question both levels of the scheduler ask: with these bits at hand, which of the remaining operations can run now?
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/ir.h"

namespace qmlx {

// Which bits the operations left behind act on, by axis. A later operation may overtake them only where it acts on the same axis.
class LeftBehind {
 public:
  explicit LeftBehind(std::uint64_t all_bits) : all_bits_(all_bits) {}

  bool stops(const Axes& axes) const { return ((axes.x & (y_ | z_)) | (axes.y & (x_ | z_)) | (axes.z & (x_ | y_))) != 0; }
  void add(const Axes& axes) {
    x_ |= axes.x;
    y_ |= axes.y;
    z_ |= axes.z;
  }
  // True when nothing that touches a bit can run any more.
  bool stops_everything() const { return (((x_ | y_) & (x_ | z_) & (y_ | z_)) & all_bits_) == all_bits_; }

 private:
  std::uint64_t all_bits_;
  std::uint64_t x_ = 0, y_ = 0, z_ = 0;
};

// What may be taken in one go.
struct Reach {
  std::uint64_t local = 0;    // bits whose amplitudes may be mixed
  bool terms = true;          // diagonal terms may run
  bool movers = true;         // operations that mix amplitudes may run
  std::size_t limit = SIZE_MAX;
};

// An operation reduced to what the scheduler looks at.
struct Candidate {
  Axes axes;
  std::uint32_t index = 0;  // into the Ir
  bool term = false;
};

// Calls take(position) for every candidate that can run and leave(position) for the others, in order, until nothing more can run.
// Returns the position where it stopped; those from there on are left as well.
template <typename Take, typename Leave>
std::size_t select(const std::vector<Candidate>& candidates, const Reach& reach, std::uint64_t all_bits, Take take, Leave leave) {
  LeftBehind behind(all_bits);
  std::size_t taken = 0, position = 0;
  for (; position < candidates.size() && taken < reach.limit; ++position) {
    const Candidate& candidate = candidates[position];
    const bool allowed = candidate.term ? reach.terms : reach.movers && (candidate.axes.moved() & ~reach.local) == 0;
    if (allowed && !behind.stops(candidate.axes)) {
      take(position);
      ++taken;
    } else {
      leave(position);
      behind.add(candidate.axes);
      if (behind.stops_everything()) return position + 1;
    }
  }
  return position;
}

// Moves the operations that can run out of `candidates`, keeping order in both.
std::vector<Candidate> extract(std::vector<Candidate>& candidates, const Reach& reach, std::uint64_t all_bits);

}  // namespace qmlx
