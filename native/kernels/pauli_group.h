// Expectation values of Pauli strings that flip the same bits, all in one pass: a block's products
// conj(psi[i ^ x]) psi[i] are summed with the signs of every string at once by a Walsh-Hadamard
// transform over the block's bits.
#pragma once

#include "kernels/dialect.h"

namespace qmlx {
namespace kernels {

QM_CONSTANT Word kPauliThreads = 256;
QM_CONSTANT Word kPauliBlockBits = 10;
QM_CONSTANT Word kPauliBlock = 1u << kPauliBlockBits;
QM_CONSTANT Word kPauliStrings = 1024;  // of a launch, at most

struct PauliMemory {
  float values[kPauliBlock];
  float sums[kPauliStrings];
};

struct PauliArguments {
  Index row_first;
  Index x;        // bits the strings flip
  Index skipped;  // a bit that is 0 in all blocks visited, or 0
  Index blocks;   // of a group
  Word bits;      // of the state
  Word strings;
  Word imaginary;  // whether the products' imaginary parts count
};

QM_FUNCTION float pauli_product(Index index, const QM_DEVICE float2* row,
                                QM_THREAD const PauliArguments& given) {
  if (index >> given.bits != 0) return 0.0f;
  const float2 a = row[index], b = row[index ^ given.x];
  return given.imaginary != 0 ? b.x * a.y - b.y * a.x : b.x * a.x + b.y * a.y;
}

// values[z] = sum over i of (-1)^parity(i & z) values[i]
QM_FUNCTION void transform_block(Group group, QM_SHARED float* values) {
  QM_LOOP for (Word step = 1; step < kPauliBlock; step <<= 1) {
    QM_BARRIER();
    QM_THREADS(member, group) {
      QM_UNROLL for (Word k = 0; k < kPauliBlock / 2; k += kPauliThreads) {
        const Word pair_number = member + k;
        const Word low = pair_number & (step - 1);
        const Word first = (pair_number ^ low) << 1 | low;
        const float x = values[first], y = values[first + step];
        values[first] = x + y;
        values[first + step] = x - y;
      }
    }
  }
}

// out[string]: the part of the group of this number. `z` holds the low and the high word of each
// string's sign mask.
QM_FUNCTION void sum_pauli_group(Group group, QM_SHARED PauliMemory* memory,
                                 const QM_DEVICE float2* state, const QM_DEVICE uint2* z,
                                 QM_DEVICE float* out, Word number,
                                 QM_THREAD const PauliArguments& given) {
  const QM_DEVICE float2* row = state + given.row_first;
  QM_THREADS(member, group) {
    for (Word k = member; k < given.strings; k += group.count) memory->sums[k] = 0.0f;
  }
  QM_LOOP for (Index turn = 0; turn < given.blocks; ++turn) {
    const Index block = (static_cast<Index>(number) * given.blocks + turn) << kPauliBlockBits;
    const Index low = given.skipped == 0 ? block : block & (given.skipped - 1);
    const Index base = given.skipped == 0 ? block : (block ^ low) << 1 | low;
    QM_BARRIER();
    QM_THREADS(member, group) {
      QM_UNROLL for (Word k = 0; k < kPauliBlock; k += kPauliThreads) memory->values[member + k] =
          pauli_product(base + member + k, row, given);
    }
    transform_block(group, memory->values);
    QM_BARRIER();
    QM_THREADS(member, group) {
      for (Word k = member; k < given.strings; k += group.count) {
        const uint2 signs = z[k];
        const Word high = (static_cast<Word>(base) & signs.x & ~(kPauliBlock - 1)) ^
                          (static_cast<Word>(base >> 32) & signs.y);
        const float value = memory->values[signs.x & (kPauliBlock - 1)];
        memory->sums[k] += (count_bits(high) & 1u) != 0 ? -value : value;
      }
    }
  }
  QM_THREADS(member, group) {
    for (Word k = member; k < given.strings; k += group.count) out[k] = memory->sums[k];
  }
}

// Rows of the state lie one below the other in the grid.
QM_FUNCTION void pauli_group_kernel(Grid grid, QM_SHARED PauliMemory* memory,
                                    const QM_DEVICE float2* state, const QM_DEVICE uint2* signs,
                                    const QM_DEVICE float*, QM_DEVICE float* sums, Word bits,
                                    Word row, Index x, Index skipped, Word blocks, Word strings,
                                    Word imaginary) {
  PauliArguments given;
  given.row_first = (static_cast<Index>(row) + grid.y) << bits;
  given.x = x;
  given.skipped = skipped;
  given.blocks = blocks;
  given.bits = bits;
  given.strings = strings;
  given.imaginary = imaginary;
  sum_pauli_group(grid.group, memory, state, signs, sums + number_of(grid) * strings, grid.x,
                  given);
}

}  // namespace kernels
}  // namespace qmlx
