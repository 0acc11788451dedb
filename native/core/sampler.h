// Shots from a state. Every shot descends bit by bit from the most significant one, deciding at
// each level by its own draw against the conditional probability from a pyramid of float64 sums.
// One boundary a level keeps engines whose amplitudes differ in the last bits in agreement.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/sampler_memory.h"
#include "core/shot_order.h"
#include "core/simulator.h"

namespace qmlx {

class Sampler {
 public:
  // Draws are numbered from `first_draw`. The state and the control have to outlive it.
  Sampler(const State& state, std::uint64_t seed, std::uint32_t first_draw,
          const RunControl& control);
  Sampler(const State&, std::uint64_t, std::uint32_t, RunControl&&) = delete;
  ~Sampler();
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;

  // Shot k of the run is first_shot + shots[k], k < PlacedShot::kMostShots.
  Status run(std::uint64_t first_shot, std::span<const std::uint32_t> shots);
  // The same for the shots first_shot … first_shot + count − 1.
  Status run(std::uint64_t first_shot, std::uint32_t count);
  // The shots of the last run, in ascending order of the basis index that each of them ended at.
  std::span<const PlacedShot> placed() const { return memory_.placed; }
  // What a qubit measures in a basis state.
  bool outcome(std::uint64_t index, std::uint32_t qubit) const {
    return (index >> state_.physical(qubit) & 1) != 0;
  }

 private:
  template <typename Scalar>
  struct Blocks;
  template <typename Scalar>
  class BlockTrees;

  Status prepare();
  Status choose_threads(std::size_t shots);
  Status place();
  void descend_pyramid(std::span<PlacedShot> shots) const;
  void order_by_block();
  void sort_buckets(unsigned bits);
  template <typename Scalar>
  Status descend_blocks(const Scalar* amplitudes);
  template <typename Scalar>
  Status descend_read_blocks(std::vector<Scalar>& amplitudes);
  template <typename Scalar>
  void descend_few_blocks(std::span<PlacedShot> shots, const Blocks<Scalar>& blocks) const;

  const State& state_;
  std::uint64_t seed_;
  std::uint32_t first_draw_;
  const RunControl& control_;
  unsigned bits_ = 0, block_bits_ = 0, leaf_bits_ = 0, bucket_bits_ = 0;
  unsigned threads_ = 1;
  bool prepared_ = false;
  const void* view_ = nullptr;
  std::uint64_t first_shot_ = 0;
  SamplerMemory& memory_;
};

}  // namespace qmlx
