#include "cpu/block_pool.h"

#include "cpu/memory.h"

namespace qmlx::cpu {

namespace {

constexpr std::uint64_t kLarge = std::uint64_t{1} << 20;  // of these only one is kept
constexpr std::size_t kMostSmall = 8;

}  // namespace

// Room for one block more than are kept, so that giving one back allocates nothing.
BlockPool::BlockPool() { kept_.reserve(kMostSmall + 2); }

Block BlockPool::take(std::uint64_t bytes) {
  for (std::size_t k = kept_.size(); k-- > 0;) {
    if (kept_[k].bytes != bytes) continue;
    const Block block = kept_[k];
    kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(k));
    kept_bytes_ -= bytes;
    return block;
  }
  if (bytes >= kLarge) release();
  return {static_cast<std::byte*>(allocate_pages(bytes)), bytes, true};
}

void BlockPool::give(Block block) noexcept {
  if (block.data == nullptr) return;
  const bool large = block.bytes >= kLarge;
  std::size_t alike = 0;
  for (const Block& kept : kept_) alike += (kept.bytes >= kLarge) == large ? 1 : 0;
  if (alike >= (large ? 1 : kMostSmall)) {
    std::size_t oldest = 0;
    while ((kept_[oldest].bytes >= kLarge) != large) ++oldest;
    drop(oldest);
  }
  kept_.push_back(block);
  kept_bytes_ += block.bytes;
}

void BlockPool::release() noexcept {
  while (!kept_.empty()) drop(kept_.size() - 1);
}

void BlockPool::drop(std::size_t index) noexcept {
  kept_bytes_ -= kept_[index].bytes;
  free_pages(kept_[index].data, kept_[index].bytes);
  kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(index));
}

}  // namespace qmlx::cpu
