// Blocks of memory for states. A few freed ones are kept for the next state of the same size:
// touching fresh memory for the first time costs more than a circuit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace qmlx::cpu {

struct Block {
  std::byte* data = nullptr;
  std::uint64_t bytes = 0;
  bool fresh = true;  // never written: takes no memory of the machine yet
};

class BlockPool {
 public:
  BlockPool();
  ~BlockPool() { release(); }
  BlockPool(const BlockPool&) = delete;
  BlockPool& operator=(const BlockPool&) = delete;

  // A block without data if there is no memory.
  Block take(std::uint64_t bytes);
  void give(Block block) noexcept;
  // Frees the blocks kept.
  void release() noexcept;
  std::uint64_t kept_bytes() const { return kept_bytes_; }

 private:
  void drop(std::size_t index) noexcept;

  std::vector<Block> kept_;  // oldest first
  std::uint64_t kept_bytes_ = 0;
};

}  // namespace qmlx::cpu
