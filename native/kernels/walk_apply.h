// Operations on the 16 amplitudes that a thread holds in registers. Every index into them is known
// when the kernel is compiled.
#pragma once

#include "kernels/walk_stage.h"

namespace qmlx {
namespace kernels {

template <Word kForm, Word kTarget>
QM_FUNCTION void apply_real2(QM_THREAD float2* a, float t) {
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) {
    if ((j >> kTarget & 1u) != 0) continue;
    const Word k = j | 1u << kTarget;
    const float2 x = a[j], y = a[k];
    if (kForm == 0) {
      a[j] = pair(multiply_add(t, y.x, x.x), multiply_add(t, y.y, x.y));
      a[k] = pair(multiply_add(-t, x.x, y.x), multiply_add(-t, x.y, y.y));
    } else if (kForm == 1) {
      a[j] = pair(multiply_add(t, y.x, x.x), multiply_add(t, y.y, x.y));
      a[k] = pair(multiply_add(t, x.x, -y.x), multiply_add(t, x.y, -y.y));
    } else if (kForm == 2) {
      a[j] = pair(multiply_add(t, x.x, y.x), multiply_add(t, x.y, y.y));
      a[k] = pair(multiply_add(t, y.x, -x.x), multiply_add(t, y.y, -x.y));
    } else {
      a[j] = pair(multiply_add(t, x.x, y.x), multiply_add(t, x.y, y.y));
      a[k] = pair(multiply_add(-t, y.x, x.x), multiply_add(-t, y.y, x.y));
    }
  }
}

template <Word kTarget>
QM_FUNCTION void apply_flip(QM_THREAD float2* a, Word select) {
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) {
    if ((j >> kTarget & 1u) != 0) continue;
    const Word k = j | 1u << kTarget;
    const bool swap = (select >> j & 1u) != 0;
    const float2 x = a[j], y = a[k];
    a[j] = pair(swap ? y.x : x.x, swap ? y.y : x.y);
    a[k] = pair(swap ? x.x : y.x, swap ? x.y : y.y);
  }
}

// Multiplies by the factor, or by its conjugate where `odd` has a bit.
QM_FUNCTION void apply_factor(QM_THREAD float2* a, float2 factor, Word select, Word odd) {
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) {
    const bool on = (select >> j & 1u) != 0;
    const float im = (odd >> j & 1u) != 0 ? -factor.y : factor.y;
    a[j] = product(a[j], pair(on ? factor.x : 1.0f, on ? im : 0.0f));
  }
}

QM_FUNCTION void multiply_where(QM_THREAD float2* a, Word turns, Word bit) {
  if (turns << 1 == 0) {
    // 1 or -1: controlled phases of half a turn are the usual case.
    QM_UNROLL for (Word j = 0; j < kRegisters; ++j) {
      if ((j >> bit & 1u) == 0) continue;
      a[j] = pair(float_of(bits_of(a[j].x) ^ turns), float_of(bits_of(a[j].y) ^ turns));
    }
    return;
  }
  const float2 factor = unit_of(turns);
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) {
    if ((j >> bit & 1u) != 0) a[j] = product(a[j], factor);
  }
}

QM_FUNCTION void apply_diagonal(QM_THREAD float2* a, Word member, uint4 operation,
                                const QM_SHARED Word* units) {
  const Word present = operation.y;
  const QM_SHARED Word* table = units + 16 * operation.z;
  if ((present & kTableFactors) != 0) {
    const QM_SHARED uint4* factors = reinterpret_cast<const QM_SHARED uint4*>(table);
    QM_UNROLL for (Word j = 0; j < kRegisters; j += 2) {
      const uint4 two = factors[j >> 1];
      a[j] = product(a[j], pair(float_of(two.x), float_of(two.y)));
      a[j + 1] = product(a[j + 1], pair(float_of(two.z), float_of(two.w)));
    }
    table += 32;
  }
  const Word low = member & 15u;
  const Word high = member >> 4;
  if ((present & kTablesOfThread) != 0) {
    Word turns = 0;
    if ((present & kTableLow) != 0) {
      turns += table[low];
      table += 16;
    }
    if ((present & kTableHigh) != 0) {
      turns += table[high];
      table += 16;
    }
    QM_UNROLL for (Word bit = 0; bit < 4; ++bit) {
      if ((present & kTableLowIf << bit) == 0) continue;
      if ((high >> bit & 1u) != 0) turns += table[low];
      table += 16;
    }
    const float2 factor = unit_of(turns);
    QM_UNROLL for (Word j = 0; j < kRegisters; ++j) a[j] = product(a[j], factor);
  }
  const QM_SHARED Word* by_high = table + 16 * count_bits(present & 15u * kTableLowOf);
  QM_UNROLL for (Word bit = 0; bit < 4; ++bit) {
    Word turns = 0;
    if ((present & (kTableLowOf | kTableHighOf) << bit) == 0) continue;
    if ((present & kTableLowOf << bit) != 0) {
      turns += table[low];
      table += 16;
    }
    if ((present & kTableHighOf << bit) != 0) {
      turns += by_high[high];
      by_high += 16;
    }
    multiply_where(a, turns, bit);
  }
}

}  // namespace kernels
}  // namespace qmlx
