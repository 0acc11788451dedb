// Shots from a state. Every shot descends bit by bit from the most significant one, deciding at
// each level by its own draw against the conditional probability from a pyramid of float64 sums.
// One boundary a level keeps engines whose amplitudes differ in the last bits in agreement.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/simulator.h"

namespace qmlx {

class Sampler {
 public:
  // Receives a basis index and the shots that ended there.
  using Leaf = std::function<void(std::uint64_t index, std::span<const std::uint32_t> shots)>;

  // Draws are numbered from `first_draw`.
  Sampler(const State& state, std::uint64_t seed, std::uint32_t first_draw,
          const RunControl& control)
      : state_(state), seed_(seed), first_draw_(first_draw), control_(control) {}

  // Shot k of the run is first_shot + shots[k]; `shots` is put in another order.
  Status run(std::uint64_t first_shot, std::span<std::uint32_t> shots, const Leaf& leaf);
  // What a qubit measures in the basis state of a leaf.
  bool outcome(std::uint64_t index, std::uint32_t qubit) const {
    return (index >> state_.physical(qubit) & 1) != 0;
  }

 private:
  // Shots that share the bits decided so far: [first, last) of shots_.
  struct Group {
    std::uint64_t node;
    std::uint32_t first, last;
  };

  Status prepare();
  void split(const Group& group, unsigned level, double zero, double one, std::vector<Group>& into);
  Status descend_blocks(const std::vector<Group>& groups, const Leaf& leaf);
  void descend_block(const Group& group, const float* amplitudes, const Leaf& leaf);

  const State& state_;
  std::uint64_t seed_;
  std::uint32_t first_draw_;
  const RunControl& control_;
  unsigned bits_ = 0, block_bits_ = 0;
  std::vector<std::vector<double>> pyramid_;  // level k holds 2^k sums; the last one the block sums
  std::vector<double> block_;  // the same inside one block, as one array: node 1 is the root
  std::uint64_t first_shot_ = 0;
  std::span<std::uint32_t> shots_;
  std::vector<std::uint32_t> spare_;
  std::vector<Group> groups_, next_;
  std::vector<float> amplitudes_;
};

}  // namespace qmlx
