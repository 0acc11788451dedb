// Generated from kernels.def by scripts/kernels/generate.mjs.
#pragma once

#include "kernels/amplitudes.h"
#include "kernels/pauli_group.h"
#include "kernels/sums.h"
#include "kernels/walk.h"

namespace qmlx::kernels {

using HostKernel = void (*)(const Grid& grid, void* memory, void* const* buffers,
                            const Word* scalars);

inline void run_walk(const Grid& grid, void* memory, void* const* buffers,
    const Word* scalars) {
  walk_kernel(grid,
      static_cast<WalkMemory*>(memory),
      static_cast<const float2*>(buffers[0]),
      static_cast<const uint4*>(buffers[1]),
      static_cast<const float*>(buffers[2]),
      static_cast<const float*>(buffers[3]),
      static_cast<float*>(buffers[4]),
      static_cast<float2*>(buffers[5]),
      scalars[0],
      scalars[1],
      scalars[2],
      scalars[3],
      scalars[4],
      (static_cast<Index>(scalars[6]) << 32 | scalars[5]));
}

inline void run_basis(const Grid& grid, void*, void* const* buffers,
    const Word* scalars) {
  basis_kernel(grid,
      static_cast<const float2*>(buffers[0]),
      static_cast<const float*>(buffers[1]),
      static_cast<float2*>(buffers[2]),
      scalars[0],
      scalars[1],
      scalars[2],
      (static_cast<Index>(scalars[4]) << 32 | scalars[3]));
}

inline void run_gather(const Grid& grid, void*, void* const* buffers,
    const Word* scalars) {
  gather_kernel(grid,
      static_cast<const float2*>(buffers[0]),
      static_cast<const Word*>(buffers[1]),
      static_cast<const float*>(buffers[2]),
      static_cast<float2*>(buffers[3]),
      scalars[0],
      scalars[1],
      (static_cast<Index>(scalars[3]) << 32 | scalars[2]),
      scalars[4]);
}

inline void run_scatter(const Grid& grid, void*, void* const* buffers,
    const Word* scalars) {
  scatter_kernel(grid,
      static_cast<const float2*>(buffers[0]),
      static_cast<const float2*>(buffers[1]),
      static_cast<const float*>(buffers[2]),
      static_cast<float2*>(buffers[3]),
      scalars[0],
      scalars[1],
      scalars[2],
      (static_cast<Index>(scalars[4]) << 32 | scalars[3]),
      scalars[5]);
}

inline void run_copy(const Grid& grid, void*, void* const* buffers,
    const Word* scalars) {
  copy_kernel(grid,
      static_cast<const float2*>(buffers[0]),
      static_cast<const float2*>(buffers[1]),
      static_cast<const float*>(buffers[2]),
      static_cast<const float*>(buffers[3]),
      static_cast<float2*>(buffers[4]),
      scalars[0],
      scalars[1],
      scalars[2]);
}

inline void run_collapse(const Grid& grid, void*, void* const* buffers,
    const Word* scalars) {
  collapse_kernel(grid,
      static_cast<const float2*>(buffers[0]),
      static_cast<const float*>(buffers[1]),
      static_cast<float2*>(buffers[2]),
      scalars[0],
      scalars[1],
      scalars[2],
      scalars[3],
      scalars[4],
      scalars[5],
      float_of(scalars[6]));
}

inline void run_squares(const Grid& grid, void* memory, void* const* buffers,
    const Word* scalars) {
  squares_kernel(grid,
      static_cast<SumMemory*>(memory),
      static_cast<const float2*>(buffers[0]),
      static_cast<const float*>(buffers[1]),
      static_cast<float*>(buffers[2]),
      scalars[0],
      scalars[1],
      (static_cast<Index>(scalars[3]) << 32 | scalars[2]),
      (static_cast<Index>(scalars[5]) << 32 | scalars[4]),
      (static_cast<Index>(scalars[7]) << 32 | scalars[6]));
}

inline void run_products(const Grid& grid, void* memory, void* const* buffers,
    const Word* scalars) {
  products_kernel(grid,
      static_cast<SumMemory*>(memory),
      static_cast<const float2*>(buffers[0]),
      static_cast<const float2*>(buffers[1]),
      static_cast<const float*>(buffers[2]),
      static_cast<const float*>(buffers[3]),
      static_cast<float2*>(buffers[4]),
      scalars[0],
      scalars[1],
      scalars[2],
      scalars[3]);
}

inline void run_fold(const Grid& grid, void*, void* const* buffers,
    const Word* scalars) {
  fold_kernel(grid,
      static_cast<const float*>(buffers[0]),
      static_cast<float*>(buffers[1]),
      scalars[0],
      scalars[1]);
}

inline void run_pauli_group(const Grid& grid, void* memory, void* const* buffers,
    const Word* scalars) {
  pauli_group_kernel(grid,
      static_cast<PauliMemory*>(memory),
      static_cast<const float2*>(buffers[0]),
      static_cast<const uint2*>(buffers[1]),
      static_cast<const float*>(buffers[2]),
      static_cast<float*>(buffers[3]),
      scalars[0],
      scalars[1],
      (static_cast<Index>(scalars[3]) << 32 | scalars[2]),
      (static_cast<Index>(scalars[5]) << 32 | scalars[4]),
      scalars[6],
      scalars[7],
      scalars[8]);
}

inline constexpr HostKernel kHostKernels[] = {
    run_walk,
    run_basis,
    run_gather,
    run_scatter,
    run_copy,
    run_collapse,
    run_squares,
    run_products,
    run_fold,
    run_pauli_group,
};

inline constexpr unsigned kSharedBytes[] = {
    sizeof(WalkMemory),
    0,
    0,
    0,
    0,
    0,
    sizeof(SumMemory),
    sizeof(SumMemory),
    0,
    sizeof(PauliMemory),
};

}  // namespace qmlx::kernels
