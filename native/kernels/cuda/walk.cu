// One pass of a walk program over all tiles and rows. In place, `state` is written as well and
// `fresh` is a token of one word; out of place, `fresh` is the new state.
#include "kernels/walk.h"

using namespace qmlx::kernels;

extern "C" __global__ void __launch_bounds__(256, 4)
    qmlx_walk(float2* state, const uint4* program, const float* values, const float* token,
              float* norms, float2* fresh, int pass, int flags, int bits, int first_row,
              int value_stride, int basis_low, int basis_high) {
  extern __shared__ uint4 shared[];
  const Group group = {blockDim.x, threadIdx.x};
  const Index row = blockIdx.y;
  WalkArguments given;
  given.tile = blockIdx.x;
  given.row_first = (static_cast<Index>(first_row) + row) << bits;
  given.basis = index_of(static_cast<Word>(basis_low), static_cast<Word>(basis_high));
  given.flags = static_cast<Word>(flags);
  walk_tile(group, reinterpret_cast<WalkMemory*>(shared), program + pass,
            values + row * static_cast<Word>(value_stride), state,
            (given.flags & kWalkInPlace) != 0 ? state : fresh,
            norms + row * gridDim.x + blockIdx.x, given);
}
