// Which bits of the state are a thread's number and which its registers, in one phase of a walk.
#pragma once

#include <array>
#include <cstdint>

#include "kernels/walk_format.h"
#include "mlx/walker/tile_map.h"

namespace qmlx::walker {

// A mask split by digits: four register bits, the low and the high four thread bits.
struct Digits {
  std::uint32_t registers = 0, low = 0, high = 0;

  std::uint32_t threads() const { return low | high << 4; }
};

class Layout {
 public:
  // `registers` are bits of the state, at most four, all in the tile; others are added.
  // Without any, registers are the highest bits, so that neighbouring threads have neighbouring
  // amplitudes.
  Layout(const Tile& tile, std::uint64_t registers, const TileMap& map = {});

  // Whether threads in their order read long rows of the state.
  bool reads_rows() const { return reads_rows_; }
  Digits digits(std::uint64_t state_mask) const;
  unsigned register_of(unsigned state_bit) const;
  // The records of a phase; the first word names its operations.
  void write(std::uint32_t* records, std::uint32_t first_operation, std::uint32_t count) const;

 private:
  void choose_threads(const Tile& tile, std::uint32_t register_positions);
  std::uint32_t place_of(unsigned digit, unsigned first_thread_bit) const;

  TileMap map_;
  unsigned thread_bits_ = 0;
  std::array<std::uint8_t, kernels::kThreadBits> thread_positions_{}, thread_state_bits_{};
  std::array<std::uint8_t, kernels::kRegisterBits> register_positions_{}, register_state_bits_{};
  bool reads_rows_ = false;
};

}  // namespace qmlx::walker
