// What a group keeps in shared memory, and what it knows of its tile.
#pragma once

#include "kernels/turns.h"
#include "kernels/walk_format.h"

namespace qmlx {
namespace kernels {

QM_CONSTANT Word kScaleParts = 8;

struct WalkMemory {
  float2 tile[1u << kTileBits];
  uint4 operations[kMaxOperations];
  uint4 phases[kMaxPhases * kStagedPhaseRecords];
  Word units[kMaxUnits * 16];
  uint2 terms[kMaxTerms];
  float scales[kScaleParts];
  float sums[kMaxThreads];
};

struct WalkTask {
  const QM_DEVICE uint4* pass;    // of the program
  const QM_DEVICE float* values;  // of the row
  Index outside;                  // of the tile's amplitudes
  Word chunk;                     // its number
};

// A chunk's head and where its parts lie.
struct Chunk {
  Word phases, operations, terms, tables;
  const QM_DEVICE uint4* phase_records;
  const QM_DEVICE uint4* operation_records;
  const QM_DEVICE uint4* term_records;
  const QM_DEVICE uint4* table_records;
};

QM_FUNCTION Chunk chunk_of(const QM_DEVICE uint4* pass, Word number) {
  const uint4 head = pass[kPassRecords + number];
  Chunk chunk;
  chunk.phases = head.x & 0xffffu;
  chunk.operations = head.x >> 16;
  chunk.terms = head.y & 0xffffu;
  chunk.tables = head.y >> 16;
  chunk.phase_records = pass + head.z;
  chunk.operation_records = chunk.phase_records + chunk.phases * kPhaseRecords;
  chunk.term_records = chunk.operation_records + chunk.operations * kOperationRecords;
  chunk.table_records = chunk.term_records + chunk.terms * kTermRecords;
  return chunk;
}

QM_FUNCTION Index index_of(Word low, Word high) {
  return static_cast<Index>(low) | static_cast<Index>(high) << 32;
}

QM_FUNCTION bool matches(Index outside, uint4 mask_and_value) {
  return (outside & index_of(mask_and_value.x, mask_and_value.y)) ==
         index_of(mask_and_value.z, mask_and_value.w);
}

QM_FUNCTION Word parity_of(Index outside, uint4 mask) {
  const Index odd = outside & index_of(mask.x, mask.y);
  return count_bits(static_cast<Word>(odd) ^ static_cast<Word>(odd >> 32)) & 1u;
}

// The index of the tile's first amplitude: the bits of its number, spread over the bits outside.
QM_FUNCTION Index outside_of(const QM_DEVICE uint4* pass, Index tile) {
  const Word count = pass[0].y;
  const QM_DEVICE Word* segments = reinterpret_cast<const QM_DEVICE Word*>(pass + 1);
  Index outside = 0;
  QM_LOOP for (Word k = 0; k < count; ++k) {
    const Word segment = segments[k];
    const Index bits = tile >> (segment & 0xffu);
    const Index mask = (static_cast<Index>(1) << (segment >> 8 & 0xffu)) - 1;
    outside |= (bits & mask) << (segment >> 16);
  }
  return outside;
}

}  // namespace kernels
}  // namespace qmlx
