// Shots from a state. Every shot descends bit by bit from the most significant one, deciding at
// each level by its own draw against the conditional probability from a pyramid of float64 sums.
// One boundary a level keeps engines whose amplitudes differ in the last bits in agreement.
#pragma once

#include <cstdint>
#include <vector>

#include "core/simulator.h"

namespace qmlx {

class Sampler {
 public:
  Sampler(const State& state, const SampleRequest& request, const RunControl& control)
      : state_(state), request_(request), control_(control) {}

  Status run(Outcomes& outcomes);

 private:
  struct Leaf {
    std::uint64_t index;  // physical basis index
    std::uint64_t count;
  };
  // Shots that share the bits decided so far: [first, last) of shots_.
  struct Group {
    std::uint64_t node;
    std::uint32_t first, last;
  };

  Status prepare();
  Status chunk(std::uint64_t first_shot, std::uint32_t count);
  std::uint32_t split(const Group& group, std::uint32_t draw, double probability_of_zero);
  Status descend_blocks(const std::vector<Group>& groups);
  void descend_block(const Group& group, const float* amplitudes);
  void collect(Outcomes& outcomes);
  bool cancelled() const;

  const State& state_;
  const SampleRequest& request_;
  const RunControl& control_;
  unsigned bits_ = 0, block_bits_ = 0;
  std::vector<std::vector<double>> pyramid_;  // level k holds 2^k sums; the last one the block sums
  std::vector<double> block_;  // the same inside one block, as one array: node 1 is the root
  std::vector<std::uint32_t> shots_, spare_;
  std::uint64_t first_shot_ = 0;
  std::vector<float> amplitudes_;
  std::vector<Leaf> leaves_;
};

}  // namespace qmlx
