// Shots from a state. Every shot descends bit by bit from the most significant one, deciding at
// each level by its own draw against the conditional probability from a pyramid of float64 sums.
// One boundary a level keeps engines whose amplitudes differ in the last bits in agreement.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/shot_order.h"
#include "core/simulator.h"

namespace qmlx {

class Sampler {
 public:
  static constexpr unsigned kTogether = 8;  // shots that descend side by side

  // Receives a basis index and the shots that ended there. Indices come in ascending order.
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
  using Few = std::array<PlacedShot*, kTogether>;

  Status prepare();
  Status choose_threads(std::size_t shots);
  void descend_pyramid(std::span<PlacedShot> shots) const;
  template <typename Scalar>
  Status descend_blocks(std::vector<Scalar>& amplitudes);
  template <typename Scalar>
  void descend_block(std::span<PlacedShot> shots, const Scalar* amplitudes,
                     std::vector<double>& tree) const;
  template <typename Boundary>
  void descend(const Few& shots, unsigned level, unsigned end, const Boundary& boundary) const;
  void hand_over(std::span<std::uint32_t> shots, const Leaf& leaf);

  const State& state_;
  std::uint64_t seed_;
  std::uint32_t first_draw_;
  const RunControl& control_;
  unsigned bits_ = 0, block_bits_ = 0, leaf_bits_ = 0;
  unsigned threads_ = 1;
  std::vector<double> pyramid_;  // tree of shares down to blocks: node 1 is the root
  std::uint64_t first_shot_ = 0;
  std::vector<PlacedShot> placed_, spare_;
  std::vector<std::vector<double>> trees_;  // one a thread, for sums inside a block
  ScalarVector amplitudes_;
};

}  // namespace qmlx
