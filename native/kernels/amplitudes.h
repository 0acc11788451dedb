// Kernels with one thread for each amplitude: setting, reading, writing, copying, collapsing.
#pragma once

#include "kernels/dialect.h"

namespace qmlx {
namespace kernels {

// Each of these either changes a state in place, or leaves it alone and fills a fresh one.

QM_FUNCTION void basis_kernel(Grid grid, const QM_DEVICE float2* state, const QM_DEVICE float*,
                              QM_DEVICE float2* fresh, Word in_place, Word bits, Word rows,
                              Index basis) {
  QM_DEVICE float2* out = in_place != 0 ? writable(state) : fresh;
  const Index size = static_cast<Index>(1) << bits;
  QM_EACH(k, grid, size * rows) out[k] = pair((k & (size - 1)) == basis ? 1.0f : 0.0f, 0.0f);
}

// `first` counts from the beginning of the state.
QM_FUNCTION void scatter_kernel(Grid grid, const QM_DEVICE float2* state,
                                const QM_DEVICE float2* slice, const QM_DEVICE float*,
                                QM_DEVICE float2* fresh, Word in_place, Word bits, Word rows,
                                Index first, Word count) {
  if (in_place != 0) {
    QM_EACH(k, grid, count) writable(state)[first + k] = slice[k];
    return;
  }
  QM_EACH(k, grid, static_cast<Index>(rows) << bits) {
    const bool inside = k >= first && k - first < count;
    fresh[k] = inside ? slice[k - first] : state[k];
  }
}

QM_FUNCTION void copy_kernel(Grid grid, const QM_DEVICE float2* state,
                             const QM_DEVICE float2* other, const QM_DEVICE float*,
                             const QM_DEVICE float*, QM_DEVICE float2* fresh, Word in_place,
                             Word bits, Word rows) {
  QM_DEVICE float2* out = in_place != 0 ? writable(state) : fresh;
  QM_EACH(k, grid, static_cast<Index>(rows) << bits) out[k] = other[k];
}

// Keeps the half of a row in which `bit` is `outcome`, scaled, and clears the other.
QM_FUNCTION void collapse_kernel(Grid grid, const QM_DEVICE float2* state, const QM_DEVICE float*,
                                 QM_DEVICE float2* fresh, Word in_place, Word bits, Word rows,
                                 Word row, Word bit, Word outcome, float scale) {
  QM_DEVICE float2* out = in_place != 0 ? writable(state) : fresh;
  const Index start = in_place != 0 ? static_cast<Index>(row) << bits : 0;
  const Index count = static_cast<Index>(in_place != 0 ? 1u : rows) << bits;
  QM_EACH(k, grid, count) {
    const Index place = start + k;
    const float2 amplitude = state[place];
    const bool kept = (static_cast<Word>(place >> bit) & 1u) == outcome;
    const float factor = place >> bits != row ? 1.0f : kept ? scale : 0.0f;
    out[place] = pair(amplitude.x * factor, amplitude.y * factor);
  }
}

// Reads a slice of a row: amplitude `index` lies where bit b of the index is at bit order[b].
QM_FUNCTION void gather_kernel(Grid grid, const QM_DEVICE float2* state,
                               const QM_DEVICE Word* order, const QM_DEVICE float*,
                               QM_DEVICE float2* slice, Word bits, Word row, Index first,
                               Word count) {
  const QM_DEVICE float2* from = state + (static_cast<Index>(row) << bits);
  QM_EACH(k, grid, count) {
    Index place = 0;
    QM_LOOP for (Word bit = 0; bit < bits; ++bit) place |= ((first + k) >> bit & 1u) << order[bit];
    slice[k] = from[place];
  }
}

}  // namespace kernels
}  // namespace qmlx
