// Counting classical outcomes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/classical.h"
#include "core/status.h"

namespace qmlx {

// Distinct outcomes in ascending order of their keys. A key is ⌈bits/8⌉ bytes; classical bit c is
// bit 7 − c mod 8 of byte ⌊c/8⌋, so that keys sort as strings do.
struct Outcomes {
  std::uint32_t bits = 0;
  std::vector<std::uint8_t> keys;
  std::vector<double> weights;  // counts, or probabilities of an exact distribution
};

// The bits of a word in reverse order.
inline std::uint64_t reversed(std::uint64_t word) {
  const auto swap = [&](unsigned distance, std::uint64_t mask) {
    word = (word >> distance & mask) | (word & mask) << distance;
  };
  swap(1, 0x5555555555555555);
  swap(2, 0x3333333333333333);
  swap(4, 0x0f0f0f0f0f0f0f0f);
  swap(8, 0x00ff00ff00ff00ff);
  swap(16, 0x0000ffff0000ffff);
  return word >> 32 | word << 32;
}

class OutcomeCollector {
 public:
  explicit OutcomeCollector(std::uint32_t bits)
      : bits_(bits), words_((bits + 63) / 64), last_(words_) {}

  // Adds to the outcome held in `memory`. Returns its number, in order of first appearance.
  // Outcomes that come in the order of their keys are not searched for.
  std::uint32_t add(const ClassicalMemory& memory, double weight);
  // Sorts. `rank` receives the place of every number that add() returned. Fails with Code::limit if
  // the keys are too many to hold.
  Status finish(Outcomes& outcomes, std::vector<std::uint32_t>& rank);

 private:
  int compare(const std::uint64_t* a, const std::uint64_t* b) const;
  const std::uint64_t* key(std::uint32_t number) const { return keys_.data() + words_ * number; }
  std::uint32_t append(double weight);
  std::size_t find_place(const std::uint64_t* key) const;
  void fill_table(std::size_t size);

  std::uint32_t bits_;
  std::size_t words_;
  std::vector<std::uint64_t> last_;    // key being added
  std::vector<std::uint64_t> keys_;    // by number; the first classical bit is the highest one
  std::vector<double> weights_;        // by number
  std::vector<std::uint32_t> places_;  // hash table of numbers; empty while keys come in order
};

}  // namespace qmlx
