// Operations that are seldom or general: matrices under controls, complex matrices, Pauli
// rotations. A thread puts its amplitudes back to where they lie in shared memory, so that their
// indices need not be known when the kernel is compiled, and takes them up again. No other thread
// is involved.
#pragma once

#include "kernels/walk_memory.h"

namespace qmlx {
namespace kernels {

// Where a thread's amplitudes lie in shared memory, in bytes.
struct Slots {
  Word base;
  Word image[kRegisterBits];
};

QM_FUNCTION Word half_of(Word word, Word number) { return word >> 16 * number & 0xffffu; }

QM_FUNCTION Slots slots_of(const QM_SHARED uint4* phase, Word member) {
  const QM_SHARED Word* words = reinterpret_cast<const QM_SHARED Word*>(phase);
  const Word low = member & 15u, high = member >> 4;
  Slots slots;
  slots.base =
      half_of(words[4 + (low >> 1)], low & 1u) ^ half_of(words[12 + (high >> 1)], high & 1u);
  slots.image[0] = half_of(words[2], 0);
  slots.image[1] = half_of(words[2], 1);
  slots.image[2] = half_of(words[3], 0);
  slots.image[3] = half_of(words[3], 1);
  return slots;
}

QM_FUNCTION Word slot_of(QM_THREAD const Slots& slots, Word j) {
  Word at = slots.base;
  QM_UNROLL for (Word bit = 0; bit < kRegisterBits; ++bit) at ^=
      (j >> bit & 1u) != 0 ? slots.image[bit] : 0u;
  return at;
}

QM_FUNCTION QM_SHARED float2* amplitude_at(QM_SHARED WalkMemory* memory, Word slot) {
  return reinterpret_cast<QM_SHARED float2*>(reinterpret_cast<QM_SHARED char*>(memory->tile) +
                                             slot);
}

QM_FUNCTION float2 sum_of_products(float2 a, float2 x, float2 b, float2 y) {
  const float2 first = product(a, x), second = product(b, y);
  return pair(first.x + second.x, first.y + second.y);
}

QM_FUNCTION Word with_zero_at(Word value, Word bit) {
  const Word low = value & ((1u << bit) - 1);
  return (value ^ low) << 1 | low;
}

QM_FUNCTION float2 complex_at(const QM_DEVICE float* values, Word k, bool real) {
  return real ? pair(values[k], 0.0f) : pair(values[2 * k], values[2 * k + 1]);
}

QM_FUNCTION void rare_matrix2(QM_SHARED WalkMemory* memory, QM_THREAD const Slots& slots,
                              uint4 head, const QM_DEVICE float* m) {
  const Word target = head.x >> 8 & 255u;
  const bool real = (head.x & 255u) == kCodeReal2;
  QM_LOOP for (Word k = 0; k < kRegisters / 2; ++k) {
    const Word j = with_zero_at(k, target);
    if ((head.y >> 16 >> j & 1u) == 0) continue;
    QM_SHARED float2* first = amplitude_at(memory, slot_of(slots, j));
    QM_SHARED float2* second = amplitude_at(memory, slot_of(slots, j | 1u << target));
    const float2 x = *first, y = *second;
    *first = sum_of_products(complex_at(m, 0, real), x, complex_at(m, 1, real), y);
    *second = sum_of_products(complex_at(m, 2, real), x, complex_at(m, 3, real), y);
  }
}

QM_FUNCTION void rare_matrix4(QM_SHARED WalkMemory* memory, QM_THREAD const Slots& slots,
                              uint4 head, const QM_DEVICE float* m) {
  const Word high = head.x >> 8 & 255u, low = head.x >> 16 & 255u;
  const Word both = 1u << high | 1u << low;
  QM_LOOP for (Word j = 0; j < kRegisters; ++j) {
    if ((j & both) != 0 || (head.y >> 16 >> j & 1u) == 0) continue;
    float2 x[4];
    QM_UNROLL for (Word k = 0; k < 4; ++k) x[k] =
        *amplitude_at(memory, slot_of(slots, j | (k & 1u) << low | k >> 1 << high));
    QM_LOOP for (Word row = 0; row < 4; ++row) {
      float2 sum = pair(0.0f, 0.0f);
      QM_UNROLL for (Word k = 0; k < 4; ++k) {
        const float2 part = product(complex_at(m, 4 * row + k, false), x[k]);
        sum = pair(sum.x + part.x, sum.y + part.y);
      }
      *amplitude_at(memory, slot_of(slots, j | (row & 1u) << low | row >> 1 << high)) = sum;
    }
  }
}

// exp(-i theta P / 2): the partner's factor is sin * i^quarter * (-1)^parity(partner & z).
QM_FUNCTION void rare_pauli(QM_SHARED WalkMemory* memory, QM_THREAD const Slots& slots, uint4 head,
                            Word odd_outside, const QM_DEVICE float* values) {
  const float cosine = values[0], sine = values[1];
  const Word quarter = head.x >> 24;
  const Word flips = head.w >> 16 & 15u;
  const Word odd = (head.w & 0xffffu) ^ (odd_outside != 0 ? 0xffffu : 0u);
  const float2 positive = (quarter & 1u) != 0 ? pair(0.0f, quarter == 1 ? sine : -sine)
                                              : pair(quarter == 0 ? sine : -sine, 0.0f);
  const float2 negative = pair(-positive.x, -positive.y);
  const float2 straight = pair(cosine, 0.0f);
  QM_LOOP for (Word j = 0; j < kRegisters; ++j) {
    const Word k = j ^ flips;
    if (k < j || (head.y >> 16 >> j & 1u) == 0) continue;
    QM_SHARED float2* first = amplitude_at(memory, slot_of(slots, j));
    QM_SHARED float2* second = amplitude_at(memory, slot_of(slots, k));
    const float2 x = *first, y = *second;
    *first = sum_of_products(straight, x, (odd >> k & 1u) != 0 ? negative : positive, y);
    if (k != j)
      *second = sum_of_products(straight, y, (odd >> j & 1u) != 0 ? negative : positive, x);
  }
}

QM_FUNCTION void apply_rare(QM_THREAD float2* a, Word member, Word number,
                            QM_THREAD const WalkTask& task, const QM_SHARED uint4* phase,
                            QM_SHARED WalkMemory* memory) {
  const Chunk chunk = chunk_of(task.pass, task.chunk);
  const QM_DEVICE uint4* record = chunk.operation_records + number * kOperationRecords;
  const Slots slots = slots_of(phase, member);
  const uint4 head = record[0];
  if ((member & head.y & 255u) != (head.y >> 8 & 255u)) return;
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) * amplitude_at(memory, slot_of(slots, j)) = a[j];
  const QM_DEVICE float* values = task.values + head.z;
  const Word code = head.x & 255u;
  if (code == kCodePauli) {
    const Word odd = parity_of(task.outside, record[2]) ^ count_bits(member & head.w >> 24);
    rare_pauli(memory, slots, head, odd & 1u, values);
  } else if (code == kCodeDense4) {
    rare_matrix4(memory, slots, head, values);
  } else {
    rare_matrix2(memory, slots, head, values);
  }
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) a[j] = *amplitude_at(memory, slot_of(slots, j));
}

}  // namespace kernels
}  // namespace qmlx
