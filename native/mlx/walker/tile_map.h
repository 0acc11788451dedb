// A tile's bits, and where its amplitudes lie in shared memory.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "kernels/walk_format.h"

namespace qmlx::walker {

// The bits of a tile, lowest first. A tile has at least four.
struct Tile {
  explicit Tile(std::uint64_t tile_mask);
  // Of a bit of the tile.
  unsigned position_of(std::uint64_t bit) const {
    return static_cast<unsigned>(std::popcount(mask & (bit - 1)));
  }

  std::uint64_t mask;
  unsigned bits = 0;
  std::array<std::uint8_t, kernels::kTileBits> state_bits{};  // by position
};

// From positions of a tile to slots of its shared memory, linear over bits but for a constant. A
// flip under at most one control costs nothing if amplitudes stay where they are and the map
// changes.
class TileMap {
 public:
  TileMap() {
    for (unsigned position = 0; position < kernels::kTileBits; ++position)
      images_[position] = kernels::image_of(position);
  }

  void flip(unsigned target) { constant_ ^= images_[target]; }
  void flip(unsigned target, unsigned control, bool value) {
    if (!value) constant_ ^= images_[target];
    images_[control] ^= images_[target];
  }

  std::uint32_t image(unsigned position) const { return images_[position]; }
  std::uint32_t constant() const { return constant_; }

 private:
  std::array<std::uint32_t, kernels::kTileBits> images_{};
  std::uint32_t constant_ = 0;
};

}  // namespace qmlx::walker
