// The executor of one instruction set. The file that includes this names the set in QMLX_ISA and
// includes its vectors first.
#pragma once

#include "cpu/body/tile.h"

namespace qmlx::cpu::QMLX_ISA {

inline std::size_t prepared_bytes(const PassSource& source) {
  return PassPreparer<float>(source, nullptr).run();
}

inline void prepare(const PassSource& source, std::byte* prepared) {
  PassPreparer<float>(source, prepared).run();
}

inline std::size_t tile_bytes(const PassSource& source) {
  if (PassPreparer<float>::in_place(source)) return 0;
  return Side<float>::inner_size(source.tile_bits - Simd<float>::kLaneBits) *
         sizeof(Simd<float>::Vector);
}

inline std::size_t table_bytes(const PassSource& source) {
  return TileRunner<float>::table_bytes(source);
}

inline bool run_tile(const std::byte* prepared, const TileWork& work, const Workspace& workspace) {
  const auto& pass = *reinterpret_cast<const PreparedPass<float>*>(prepared);
  return TileRunner<float>(pass, work, workspace).run();
}

constexpr Executor make_executor(const char* name, bool (*supported)()) {
  return {name,
          Simd<float>::kLaneBits,
          Simd<float>::kRegisterBits,
          supported,
          prepared_bytes,
          prepare,
          tile_bytes,
          table_bytes,
          run_tile};
}

}  // namespace qmlx::cpu::QMLX_ISA
