// Counting classical outcomes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
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

class OutcomeCollector {
 public:
  explicit OutcomeCollector(std::uint32_t bits) : bits_(bits) {}

  // Adds to the outcome held in `memory`. Returns its number, in order of first appearance.
  std::uint32_t add(const ClassicalMemory& memory, double weight);
  // Sorts. `rank` receives the place of every number that add() returned. Fails with Code::limit if
  // the keys are too many to hold.
  Status finish(Outcomes& outcomes, std::vector<std::uint32_t>& rank);

 private:
  struct Hash {
    std::size_t operator()(const std::vector<std::uint64_t>& words) const;
  };

  std::uint32_t bits_;
  std::unordered_map<std::vector<std::uint64_t>, std::uint32_t, Hash> numbers_;
  std::vector<const std::vector<std::uint64_t>*> keys_;
  std::vector<double> weights_;
};

}  // namespace qmlx
