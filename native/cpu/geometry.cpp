#include <algorithm>
#include <bit>

#include "cpu/execution.h"
#include "cpu/memory.h"

namespace qmlx::cpu {

namespace {

// Of complex64; one less of complex128, which takes twice the memory.
constexpr unsigned kRowBits = 6;  // rows of 512 bytes: shorter ones were measured to be slower
constexpr unsigned kLeastTileBits = 14;
constexpr unsigned kMostTileBits = 16;
constexpr unsigned kLeastSharedBits = 14;  // of a state worth several threads
constexpr unsigned kLeastShareBits = 12;   // of a tile of such a state
constexpr unsigned kShares = 3;            // log2 of the tiles it should have

// A tile takes half of the second cache, so that tables and the next rows have room.
unsigned tile_bits_of_cache(unsigned less) {
  const std::uint64_t amplitudes = second_cache_bytes() / 2 / 8;
  if (amplitudes == 0) return kMostTileBits - less;
  return std::clamp(static_cast<unsigned>(std::bit_width(amplitudes)) - 1, kLeastTileBits,
                    kMostTileBits) -
         less;
}

// Smaller tiles where the state would otherwise be few, so that threads can share it. They cost
// little, as the state stays in caches, and do not follow the number of threads: results must not.
unsigned tile_bits_for(unsigned bits, unsigned less) {
  if (bits < kLeastSharedBits) return bits;
  return std::clamp(bits - kShares, kLeastShareBits, tile_bits_of_cache(less));
}

}  // namespace

Geometry choose_geometry(const qmlx_engine& engine, unsigned bits) {
  const qmlx_config& forced = engine.config;
  const unsigned less = engine.is_double() ? 1 : 0;
  Geometry geometry;
  geometry.tile_bits =
      std::min(forced.tile_bits != 0 ? forced.tile_bits : tile_bits_for(bits, less), bits);
  const unsigned most_row = geometry.tile_bits == bits ? bits : geometry.tile_bits / 2;
  geometry.row_bits = forced.row_bits != 0 ? std::min(forced.row_bits, geometry.tile_bits)
                                           : std::min(kRowBits - less, most_row);
  geometry.lane_bits = std::min(engine.executor.lane_bits, geometry.row_bits);
  const unsigned registers =
      forced.register_bits != 0 ? forced.register_bits : engine.executor.register_bits;
  geometry.register_bits =
      std::min({registers, geometry.tile_bits - geometry.lane_bits, kMaxExecutorRegisterBits});
  geometry.fuses = 1;
  return geometry;
}

}  // namespace qmlx::cpu
