// The executor of one instruction set. The file that includes this names the set in QMLX_ISA and
// includes its vectors first.
#pragma once

#include "cpu/body/tile.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
std::size_t prepared_bytes(const PassSource& source) {
  return PassPreparer<Scalar>(source, nullptr).run();
}

template <typename Scalar>
void prepare(const PassSource& source, std::byte* prepared) {
  PassPreparer<Scalar>(source, prepared).run();
}

template <typename Scalar>
std::size_t tile_bytes(const PassSource& source) {
  if (PassPreparer<Scalar>::in_place(source)) return 0;
  return Side<Scalar>::inner_size(source.tile_bits - Simd<Scalar>::kLaneBits) *
         sizeof(typename Simd<Scalar>::Vector);
}

template <typename Scalar>
std::size_t table_bytes(const PassSource& source) {
  return TileRunner<Scalar>::table_bytes(source);
}

template <typename Scalar>
bool run_tile(const std::byte* prepared, const TileWork& work, const Workspace& workspace) {
  const auto& pass = *reinterpret_cast<const PreparedPass<Scalar>*>(prepared);
  return TileRunner<Scalar>(pass, work, workspace).run();
}

template <typename Scalar>
constexpr Executor make_executor(const char* name, bool (*supported)()) {
  return {name,
          Simd<Scalar>::kLaneBits,
          Simd<Scalar>::kRegisterBits,
          supported,
          prepared_bytes<Scalar>,
          prepare<Scalar>,
          tile_bytes<Scalar>,
          table_bytes<Scalar>,
          run_tile<Scalar>};
}

}  // namespace qmlx::cpu::QMLX_ISA
