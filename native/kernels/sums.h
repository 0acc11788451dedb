// Sums over a row of a state. A group of threads writes partial sums in float32; the host adds them
// in float64. The order of additions depends on the size of the state alone.
#pragma once

#include "kernels/dialect.h"

namespace qmlx {
namespace kernels {

QM_CONSTANT Word kSumThreadBits = 8;
QM_CONSTANT Word kSumThreads = 1u << kSumThreadBits;

struct SumMemory {
  float2 pairs[kSumThreads];
  float sums[kSumThreads];
};

// A sum with the rounding errors of its additions (Kahan), as exact as a sum of twice the digits.
struct Sum {
  float value, error;
};

QM_FUNCTION void add_to(QM_THREAD Sum& sum, float term) {
  const float corrected = term - sum.error;
  const float next = sum.value + corrected;
  sum.error = (next - sum.value) - corrected;
  sum.value = next;
}

QM_FUNCTION Index next_in(Index index, Index mask) { return ((index | ~mask) + 1) & mask; }

// Moves the low bits of `value` to the set bits of `mask`, in order.
QM_FUNCTION Index spread_over(Index value, Index mask) {
  Index result = 0;
  QM_LOOP for (Index bit = 1; mask != 0; bit <<= 1) {
    const Index lowest = mask & (~mask + 1);
    if ((value & bit) != 0) result |= lowest;
    mask ^= lowest;
  }
  return result;
}

// The reverse.
QM_FUNCTION Index gathered_from(Index value, Index mask) {
  Index result = 0;
  QM_LOOP for (Index bit = 1; mask != 0; bit <<= 1) {
    const Index lowest = mask & (~mask + 1);
    if ((value & lowest) != 0) result |= bit;
    mask ^= lowest;
  }
  return result;
}

// What a sum of squares adds up and keeps apart. A group's threads differ in the lowest bits; each
// walks over `walked`; groups differ in `apart`. Listed bits are those that the result tells apart.
struct SquaresArguments {
  Index row_first;
  Index listed;
  Index walked;
  Index apart;
};

// Squared magnitudes by the listed bits, in ascending order of bits:
// out[by the unlisted bits in which groups differ][by the listed bits].
QM_FUNCTION void sum_squares(Group group, QM_SHARED SumMemory* memory,
                             const QM_DEVICE float2* state, QM_DEVICE float* out, Index number,
                             QM_THREAD const SquaresArguments& given) {
  QM_SHARED float* sums = memory->sums;
  const Index base = spread_over(number, given.apart);
  const QM_DEVICE float2* row = state + given.row_first + base;
  QM_THREADS(member, group) {
    Sum sum = {0.0f, 0.0f};
    Index walk = 0;
    do {
      const float2 a = row[walk + member];
      add_to(sum, multiply_add(a.x, a.x, a.y * a.y));
      walk = next_in(walk, given.walked);
    } while (walk != 0);
    sums[member] = sum.value;
  }
  for (Word bit = 1; bit < group.count; bit <<= 1) {
    if ((given.listed & bit) != 0) continue;
    QM_BARRIER();
    QM_THREADS(member, group) {
      if ((member & bit) == 0) sums[member] += sums[member | bit];
    }
  }
  const Word own = static_cast<Word>(given.listed) & (group.count - 1);
  Index results = 1;
  for (Index rest = given.listed; rest != 0; rest &= rest - 1) results <<= 1;
  const Index copy = gathered_from(base, given.apart & ~given.listed);
  const Index place = copy * results + gathered_from(base, given.listed);
  QM_BARRIER();
  QM_THREADS(member, group) {
    if ((member & ~own) == 0) out[place + gathered_from(member, own)] = sums[member];
  }
}

QM_FUNCTION void squares_kernel(Grid grid, QM_SHARED SumMemory* memory,
                                const QM_DEVICE float2* state, const QM_DEVICE float*,
                                QM_DEVICE float* sums, Word bits, Word row, Index listed,
                                Index walked, Index apart) {
  SquaresArguments given;
  given.row_first = static_cast<Index>(row) << bits;
  given.listed = listed;
  given.walked = walked;
  given.apart = apart;
  sum_squares(grid.group, memory, state, sums, number_of(grid), given);
}

// Part of the inner product of two rows; the first one is conjugated. A group adds `count`
// neighbours.
QM_FUNCTION void products_kernel(Grid grid, QM_SHARED SumMemory* memory,
                                 const QM_DEVICE float2* state, const QM_DEVICE float2* other,
                                 const QM_DEVICE float*, const QM_DEVICE float*,
                                 QM_DEVICE float2* parts, Word bits, Word row, Word other_row,
                                 Word count) {
  const Group group = grid.group;
  const Index start = number_of(grid) * count;
  const QM_DEVICE float2* from = state + ((static_cast<Index>(row) << bits) + start);
  const QM_DEVICE float2* with = other + ((static_cast<Index>(other_row) << bits) + start);
  QM_SHARED float2* sums = memory->pairs;
  QM_THREADS(member, group) {
    Sum re = {0.0f, 0.0f}, im = {0.0f, 0.0f};
    for (Index k = member; k < count; k += group.count) {
      const float2 x = from[k], y = with[k];
      add_to(re, multiply_add(x.x, y.x, x.y * y.y));
      add_to(im, multiply_add(x.x, y.y, -x.y * y.x));
    }
    sums[member] = pair(re.value, im.value);
  }
  for (Word step = group.count >> 1; step > 0; step >>= 1) {
    QM_BARRIER();
    QM_THREADS(member, group) {
      if (member < step)
        sums[member] =
            pair(sums[member].x + sums[member + step].x, sums[member].y + sums[member + step].y);
    }
  }
  QM_THREADS(member, group) {
    if (member == 0) parts[number_of(grid)] = sums[0];
  }
}

// Adds neighbours: sums[k] = sum of parts[k * count, (k + 1) * count).
QM_FUNCTION void fold_kernel(Grid grid, const QM_DEVICE float* parts, QM_DEVICE float* sums,
                             Word results, Word count) {
  QM_EACH(k, grid, results) {
    Sum sum = {0.0f, 0.0f};
    QM_LOOP for (Word j = 0; j < count; ++j) add_to(sum, parts[k * count + j]);
    sums[k] = sum.value;
  }
}

}  // namespace kernels
}  // namespace qmlx
