#include "mlx/walker/layout.h"

#include <algorithm>
#include <bit>

namespace qmlx::walker {

namespace {

constexpr std::uint32_t kAmplitudeBytes = 8;
constexpr unsigned kRowPositions = 4;  // that must belong to threads 0 … 15 to read rows

// Columns of the bank code, kept reduced.
class Basis {
 public:
  bool add(std::uint32_t column) {
    for (const std::uint32_t known : known_) column = std::min(column, column ^ known);
    if (column == 0) return false;
    known_[count_++] = column;
    return true;
  }
  bool full() const { return count_ == known_.size(); }

 private:
  std::array<std::uint32_t, 4> known_{};
  std::size_t count_ = 0;
};

}  // namespace

Tile::Tile(std::uint64_t tile_mask) : mask(tile_mask) {
  for (; tile_mask != 0; tile_mask &= tile_mask - 1)
    state_bits[bits++] = static_cast<std::uint8_t>(std::countr_zero(tile_mask));
}

Layout::Layout(const Tile& tile, std::uint64_t registers, const TileMap& map) : map_(map) {
  std::uint32_t positions = 0;
  for (unsigned position = 0; position < tile.bits; ++position)
    positions |= static_cast<std::uint32_t>(registers >> tile.state_bits[position] & 1) << position;
  for (unsigned position = tile.bits;
       position > 0 && static_cast<unsigned>(std::popcount(positions)) < kernels::kRegisterBits;)
    positions |= 1U << --position;
  unsigned count = 0;
  for (std::uint32_t rest = positions; rest != 0; rest &= rest - 1) {
    const int position = std::countr_zero(rest);
    register_positions_[count] = static_cast<std::uint8_t>(position);
    register_state_bits_[count++] = tile.state_bits[static_cast<std::size_t>(position)];
  }
  thread_bits_ = tile.bits - kernels::kRegisterBits;
  reads_rows_ = thread_bits_ < kRowPositions || (positions & ((1U << kRowPositions) - 1)) == 0;
  choose_threads(tile, positions);
}

// The lowest positions come first; in front of them, four that no two of sixteen threads find in
// the same bank of shared memory.
void Layout::choose_threads(const Tile& tile, std::uint32_t register_positions) {
  Basis basis;
  std::uint32_t first = 0;
  for (unsigned position = 0; position < tile.bits && !basis.full(); ++position) {
    if ((register_positions >> position & 1) == 0 && basis.add(map_.image(position) & 15))
      first |= 1U << position;
  }
  unsigned count = 0;
  const auto append = [&](std::uint32_t positions) {
    for (; positions != 0; positions &= positions - 1) {
      const int position = std::countr_zero(positions);
      thread_positions_[count] = static_cast<std::uint8_t>(position);
      thread_state_bits_[count++] = tile.state_bits[static_cast<std::size_t>(position)];
    }
  };
  append(first);
  append(((1U << tile.bits) - 1) & ~first & ~register_positions);
}

Digits Layout::digits(std::uint64_t state_mask) const {
  Digits digits;
  for (unsigned k = 0; k < kernels::kRegisterBits; ++k)
    digits.registers |= static_cast<std::uint32_t>(state_mask >> register_state_bits_[k] & 1) << k;
  std::uint32_t threads = 0;
  for (unsigned k = 0; k < thread_bits_; ++k)
    threads |= static_cast<std::uint32_t>(state_mask >> thread_state_bits_[k] & 1) << k;
  digits.low = threads & 15;
  digits.high = threads >> 4;
  return digits;
}

unsigned Layout::register_of(unsigned state_bit) const {
  const auto found = std::find(register_state_bits_.begin(), register_state_bits_.end(), state_bit);
  return static_cast<unsigned>(found - register_state_bits_.begin());
}

// Of the threads with a digit that begins at a thread bit.
std::uint32_t Layout::place_of(unsigned digit, unsigned first_thread_bit) const {
  std::uint32_t image = first_thread_bit == 0 ? map_.constant() : 0;
  for (unsigned k = 0; k < 4 && first_thread_bit + k < thread_bits_; ++k)
    image ^= (digit >> k & 1) != 0 ? map_.image(thread_positions_[first_thread_bit + k]) : 0;
  return kAmplitudeBytes * image;
}

void Layout::write(std::uint32_t* records, std::uint32_t first_operation,
                   std::uint32_t count) const {
  std::fill_n(records, 4 * kernels::kPhaseRecords, 0U);
  records[0] = first_operation | count << 16;
  for (unsigned digit = 0; digit < 16; ++digit) {
    records[4 + digit / 2] |= place_of(digit, 0) << 16 * (digit % 2);
    records[12 + digit / 2] |= place_of(digit, 4) << 16 * (digit % 2);
  }
  std::uint32_t* state_bits = records + 4 * kernels::kStateBitsRecord;
  for (unsigned k = 0; k < thread_bits_; ++k)
    state_bits[k / 4] |= static_cast<std::uint32_t>(thread_state_bits_[k]) << 8 * (k % 4);
  for (unsigned k = 0; k < kernels::kRegisterBits; ++k) {
    records[2 + k / 2] |= kAmplitudeBytes * map_.image(register_positions_[k]) << 16 * (k % 2);
    state_bits[2] |= static_cast<std::uint32_t>(register_state_bits_[k]) << 8 * k;
  }
}

}  // namespace qmlx::walker
