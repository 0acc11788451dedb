// Staging: a group reads a chunk of the program once into shared memory. What depends on bits
// outside the tile is decided here, and so is how each operation runs with the values at hand.
#pragma once

#include "kernels/walk_memory.h"

namespace qmlx {
namespace kernels {

// Codes of operations as run. A real matrix whose rows are equal up to order and sign is its
// largest entry times a matrix of ones and one other number; the entries of a pass are multiplied
// at its end.
QM_CONSTANT Word kRunNothing = 0;
QM_CONSTANT Word kRunRare = 1;
QM_CONSTANT Word kRunDiagonal = 2;
QM_CONSTANT Word kRunFactor = 3;
QM_CONSTANT Word kRunFlip = 4;   // 4 targets
QM_CONSTANT Word kRunReal2 = 8;  // 4 forms of 4 targets
// Word 1 of an operation that acts on every amplitude.
QM_CONSTANT Word kUnconditional = 0xffff0000u;

QM_FUNCTION uint4 staged_rare(Word number, Word selection) {
  return words4(kRunRare, selection, number, bits_of(1.0f));
}

// Forms: 0 [1 t; -t 1], 1 [1 t; t -1], 2 [t 1; -1 t], 3 [t 1; 1 -t].
QM_FUNCTION uint4 staged_real2(uint4 head, Word number, const QM_DEVICE float* values) {
  const float m00 = values[0], m01 = values[1], m10 = values[2], m11 = values[3];
  const bool rotation = m11 == m00 && m10 == -m01;
  const bool reflection = m11 == -m00 && m10 == m01;
  if (head.y != kUnconditional || !(rotation || reflection)) return staged_rare(number, head.y);
  const bool straight = (m00 < 0 ? -m00 : m00) >= (m01 < 0 ? -m01 : m01);
  const float scale = straight ? m00 : m01;
  const float other = straight ? m01 : m00;
  const Word form = (straight ? 0u : 2u) + (rotation ? 0u : 1u);
  return words4(kRunReal2 + 4 * form + (head.x >> 8 & 3u), head.y, bits_of(other / scale),
                bits_of(scale));
}

QM_FUNCTION uint4 staged_operation(const QM_DEVICE uint4* record, Word number,
                                   QM_THREAD const WalkTask& task) {
  const uint4 head = record[0];
  const Word code = head.x & 0xffu;
  if (code == kCodeDiagonal) return words4(kRunDiagonal, head.y, head.z, 0);
  if (!matches(task.outside, record[1])) return words4(kRunNothing, 0, 0, 0);
  if (code == kCodeReal2) return staged_real2(head, number, task.values + head.z);
  if (code == kCodeFlip) return words4(kRunFlip + (head.x >> 8 & 3u), head.y, 0, 0);
  if (code == kCodeFactor) {
    const Word turns = turns_of(task.values[head.z + 2]);
    const float2 factor = unit_of(parity_of(task.outside, record[2]) != 0 ? 0u - turns : turns);
    return words4(kRunFactor | (head.w >> 24) << 8 | (head.w & 0xffffu) << 16, head.y,
                  bits_of(factor.x), bits_of(factor.y));
  }
  return staged_rare(number, head.y);
}

QM_FUNCTION uint2 staged_term(const QM_DEVICE uint4* record, QM_THREAD const WalkTask& task) {
  const uint4 head = record[0];
  Word turns = 0;
  if (matches(task.outside, record[1])) {
    turns = turns_of(task.values[head.x + 2]) * head.z;
    if (parity_of(task.outside, record[2]) != 0) turns = 0u - turns;
  }
  return words2(head.y, turns);
}

QM_FUNCTION void stage_records(Group group, Word member, QM_THREAD const WalkTask& task,
                               QM_THREAD const Chunk& chunk, QM_SHARED WalkMemory* memory) {
  for (Word k = member; k < kStagedPhaseRecords * chunk.phases; k += group.count) {
    const Word phase = k / kStagedPhaseRecords;
    memory->phases[k] = chunk.phase_records[k + phase * (kPhaseRecords - kStagedPhaseRecords)];
  }
  for (Word k = member; k < chunk.operations; k += group.count)
    memory->operations[k] =
        staged_operation(chunk.operation_records + k * kOperationRecords, k, task);
  for (Word k = member; k < chunk.terms; k += group.count)
    memory->terms[k] = staged_term(chunk.term_records + k * kTermRecords, task);
}

// The sum of a table's terms that hold for one value of its digit.
QM_FUNCTION Word table_entry(uint4 table, Word digit, const QM_SHARED uint2* terms) {
  const Word first = table.x & 0xffffu;
  const Word end = first + (table.x >> 16);
  Word sum = 0;
  QM_LOOP for (Word k = first; k < end; ++k) {
    const uint2 term = terms[k];
    const bool odd = (count_bits(digit & term.x >> 16) & 1u) != 0;
    const Word turns = odd ? 0u - term.y : term.y;
    if ((digit & term.x & 15u) == (term.x >> 8 & 15u)) sum += turns;
  }
  return sum;
}

// After a barrier: tables of the diagonals, and the product of the entries taken out of matrices.
QM_FUNCTION void stage_tables(Group group, Word member, QM_THREAD const Chunk& chunk,
                              QM_SHARED WalkMemory* memory) {
  for (Word k = member; k < 16 * chunk.tables; k += group.count) {
    const uint4 table = chunk.table_records[(k >> 4) * kTableRecords];
    const Word digit = k & 15u;
    const Word turns = table_entry(table, digit, memory->terms);
    const Word unit = (table.y & 0xffffu) * 16;
    if (table.y >> 16 == 0) {
      memory->units[unit + digit] = turns;
    } else {
      const float2 factor = unit_of(turns);
      memory->units[unit + 2 * digit] = bits_of(factor.x);
      memory->units[unit + 2 * digit + 1] = bits_of(factor.y);
    }
  }
  for (Word part = member; part < kScaleParts; part += group.count) {
    float scale = 1.0f;
    QM_LOOP for (Word k = part; k < chunk.operations; k += kScaleParts) {
      const uint4 operation = memory->operations[k];
      if (operation.x >= kRunReal2 && operation.x < kRunReal2 + 16) scale *= float_of(operation.w);
    }
    memory->scales[part] = scale;
  }
}

}  // namespace kernels
}  // namespace qmlx
