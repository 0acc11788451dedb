// Generated from kernels.def by scripts/kernels/generate.mjs.
#pragma once

namespace qmlx::kernels {

inline constexpr const char* kMetal_dialect = R"metal(#define QMLX_TILE_BITS 11
using namespace metal;

#define QM_FUNCTION static inline __attribute__((always_inline))
#define QM_CONSTANT constant constexpr
#define QM_DEVICE device
#define QM_SHARED threadgroup
#define QM_THREAD thread
#define QM_UNROLL _Pragma("clang loop unroll(full)")
#define QM_LOOP _Pragma("clang loop unroll(disable)")
#define QM_BARRIER() threadgroup_barrier(mem_flags::mem_threadgroup)
namespace qmlx {
namespace kernels {
typedef uint Word;
typedef ulong Index;
QM_FUNCTION float float_of(Word bits) { return as_type<float>(bits); }
QM_FUNCTION Word bits_of(float value) { return as_type<uint>(value); }
QM_FUNCTION Word count_bits(Word value) { return popcount(value); }
QM_FUNCTION float multiply_add(float a, float b, float c) { return fma(a, b, c); }
QM_FUNCTION float2 pair(float x, float y) { return float2(x, y); }
QM_FUNCTION uint2 words2(Word x, Word y) { return uint2(x, y); }
QM_FUNCTION uint4 words4(Word x, Word y, Word z, Word w) { return uint4(x, y, z, w); }
}
}
namespace qmlx {
namespace kernels {
struct Group {
  Word count;
  Word member;
};
}
}
namespace qmlx {
namespace kernels {
struct Grid {
  Group group;
  Word x, y;
  Word columns;
};
QM_FUNCTION Index number_of(Grid grid) {
  return static_cast<Index>(grid.y) * grid.columns + grid.x;
}
template <typename Item>
QM_FUNCTION QM_DEVICE Item* writable(const QM_DEVICE Item* input) {
  return const_cast<QM_DEVICE Item*>(input);
}
}
}
#define QM_EACH(k, grid, end)                                                               \
  QM_THREADS(k##_thread, (grid).group)                                                      \
  for (Index k = static_cast<Index>((grid).x) * (grid).group.count + k##_thread; k < (end); \
       k += static_cast<Index>((grid).columns) * (grid).group.count)
#define QM_THREADS(name, group) \
  for (Word name = (group).member, name##_once = 1; name##_once != 0; name##_once = 0)
#define QM_PRIVATE(type, name, size) type name[size]
#define QM_OWN(name, size, member) (name)
)metal";

inline constexpr const char* kMetal_turns = R"metal(
namespace qmlx {
namespace kernels {
QM_FUNCTION Word turns_of(float turns) {
  return static_cast<Word>(static_cast<int>(turns * 2147483648.0f)) << 1;
}
QM_FUNCTION float2 unit_of(Word turns) {
  const Word quadrant = (turns + 0x20000000u) >> 30;
  const int rest = static_cast<int>(turns - (quadrant << 30));
  const float x = static_cast<float>(rest) * 1.4629180792671596e-9f;
  const float square = x * x;
  float sine = multiply_add(square, -1.9515295891e-4f, 8.3321608736e-3f);
  sine = multiply_add(square, sine, -1.6666654611e-1f);
  sine = multiply_add(square * x, sine, x);
  float cosine = multiply_add(square, 2.443315711809948e-5f, -1.388731625493765e-3f);
  cosine = multiply_add(square, cosine, 4.166664568298827e-2f);
  cosine = multiply_add(square * square, cosine, multiply_add(square, -0.5f, 1.0f));
  const bool swap = (quadrant & 1u) != 0;
  const float re = swap ? sine : cosine;
  const float im = swap ? cosine : sine;
  return pair(float_of(bits_of(re) ^ (((quadrant + 1u) & 2u) << 30)),
              float_of(bits_of(im) ^ ((quadrant & 2u) << 30)));
}
QM_FUNCTION float2 product(float2 a, float2 b) {
  return pair(multiply_add(-a.y, b.y, a.x * b.x), multiply_add(a.y, b.x, a.x * b.y));
}
}
}
)metal";

inline constexpr const char* kMetal_walk_format = R"metal(
namespace qmlx {
namespace kernels {
#ifndef QMLX_TILE_BITS
#define QMLX_TILE_BITS 12
#endif
QM_CONSTANT Word kTileBits = QMLX_TILE_BITS;
QM_CONSTANT Word kRegisterBits = 4;
QM_CONSTANT Word kRegisters = 16;
QM_CONSTANT Word kThreadBits = 8;
QM_CONSTANT Word kMaxThreads = 1u << (kTileBits - kRegisterBits);
QM_CONSTANT Word kPassRecords = 5;
QM_CONSTANT Word kPhaseRecords = 6;
QM_CONSTANT Word kStagedPhaseRecords = 5;
QM_CONSTANT Word kStateBitsRecord = 5;
QM_CONSTANT Word kOperationRecords = 3;
QM_CONSTANT Word kTermRecords = 3;
QM_CONSTANT Word kTableRecords = 1;
QM_CONSTANT Word kMaxSegments = 13;
QM_CONSTANT Word kMaxPhases = 16;
QM_CONSTANT Word kMaxOperations = 128;
QM_CONSTANT Word kMaxTerms = 256;
QM_CONSTANT Word kMaxUnits = 128;
QM_CONSTANT Word kCodeReal2 = 0;
QM_CONSTANT Word kCodeFlip = 1;
QM_CONSTANT Word kCodeDiagonal = 2;
QM_CONSTANT Word kCodeFactor = 3;
QM_CONSTANT Word kCodePauli = 4;
QM_CONSTANT Word kCodeDense2 = 5;
QM_CONSTANT Word kCodeDense4 = 6;
QM_CONSTANT Word kTableFactors = 1u << 0;
QM_CONSTANT Word kTableLow = 1u << 1;
QM_CONSTANT Word kTableHigh = 1u << 2;
QM_CONSTANT Word kTableLowIf = 1u << 3;
QM_CONSTANT Word kTableLowOf = 1u << 7;
QM_CONSTANT Word kTableHighOf = 1u << 11;
QM_CONSTANT Word kTableKinds = 15;
QM_CONSTANT Word kTablesOfThread = 0x7eu;
QM_CONSTANT Word kWalkInPlace = 1;
QM_CONSTANT Word kWalkFromBasis = 2;
QM_CONSTANT Word kWalkNorms = 4;
QM_FUNCTION Word column_of(Word position) {
  const Index columns = 0xfeda96538421ull;
  return static_cast<Word>(columns >> (4 * position)) & 15u;
}
QM_FUNCTION Word image_of(Word position) {
  return position < 4 ? 1u << position : (1u << position) | column_of(position);
}
}
}
)metal";

inline constexpr const char* kMetal_walk_memory = R"metal(
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
  const QM_DEVICE uint4* pass;
  const QM_DEVICE float* values;
  Index outside;
  Word chunk;
};
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
}
}
)metal";

inline constexpr const char* kMetal_walk_stage = R"metal(
namespace qmlx {
namespace kernels {
QM_CONSTANT Word kRunNothing = 0;
QM_CONSTANT Word kRunRare = 1;
QM_CONSTANT Word kRunDiagonal = 2;
QM_CONSTANT Word kRunFactor = 3;
QM_CONSTANT Word kRunFlip = 4;
QM_CONSTANT Word kRunReal2 = 8;
QM_CONSTANT Word kUnconditional = 0xffff0000u;
QM_FUNCTION uint4 staged_rare(Word number, Word selection) {
  return words4(kRunRare, selection, number, bits_of(1.0f));
}
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
}
}
)metal";

inline constexpr const char* kMetal_walk_apply = R"metal(
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
QM_FUNCTION void apply_factor(QM_THREAD float2* a, float2 factor, Word select, Word odd) {
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) {
    const bool on = (select >> j & 1u) != 0;
    const float im = (odd >> j & 1u) != 0 ? -factor.y : factor.y;
    a[j] = product(a[j], pair(on ? factor.x : 1.0f, on ? im : 0.0f));
  }
}
QM_FUNCTION void multiply_where(QM_THREAD float2* a, Word turns, Word bit) {
  if (turns << 1 == 0) {
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
}
}
)metal";

inline constexpr const char* kMetal_walk_rare = R"metal(
namespace qmlx {
namespace kernels {
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
}
}
)metal";

inline constexpr const char* kMetal_walk = R"metal(
namespace qmlx {
namespace kernels {
struct WalkArguments {
  Index tile;
  Index row_first;
  Index basis;
  Word flags;
};
struct Places {
  Index own;
  Index step[kRegisterBits];
};
QM_FUNCTION Places places_of(uint4 state_bits, Word member) {
  Places places;
  places.own = 0;
  QM_UNROLL for (Word bit = 0; bit < kThreadBits; ++bit) {
    const Word place = (bit < 4 ? state_bits.x : state_bits.y) >> 8 * (bit & 3u) & 255u;
    places.own |= static_cast<Index>(member >> bit & 1u) << place;
  }
  QM_UNROLL for (Word bit = 0; bit < kRegisterBits; ++bit) places.step[bit] =
      static_cast<Index>(1) << (state_bits.z >> 8 * bit & 255u);
  return places;
}
QM_FUNCTION Index place_of(QM_THREAD const Places& places, Word j) {
  Index place = places.own;
  QM_UNROLL for (Word bit = 0; bit < kRegisterBits; ++bit) if ((j >> bit & 1u) != 0) place +=
      places.step[bit];
  return place;
}
QM_FUNCTION void read_state(QM_THREAD float2* a, Word member, uint4 state_bits, Index outside,
                            const QM_DEVICE float2* state, QM_THREAD const WalkArguments& given) {
  const Places places = places_of(state_bits, member);
  if ((given.flags & kWalkFromBasis) != 0) {
    QM_UNROLL for (Word j = 0; j < kRegisters; ++j) a[j] =
        pair((outside + place_of(places, j)) == given.basis ? 1.0f : 0.0f, 0.0f);
    return;
  }
  const QM_DEVICE float2* from = state + (given.row_first + outside);
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) a[j] = from[place_of(places, j)];
}
QM_FUNCTION void write_state(QM_THREAD const float2* a, Word member, uint4 state_bits,
                             Index outside, QM_DEVICE float2* state,
                             QM_THREAD const WalkArguments& given) {
  const Places places = places_of(state_bits, member);
  QM_DEVICE float2* to = state + (given.row_first + outside);
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) to[place_of(places, j)] = a[j];
}
QM_FUNCTION void run_real2(QM_THREAD float2* a, Word form_and_target, float t) {
  switch (form_and_target) {
    case 0:
      apply_real2<0, 0>(a, t);
      break;
    case 1:
      apply_real2<0, 1>(a, t);
      break;
    case 2:
      apply_real2<0, 2>(a, t);
      break;
    case 3:
      apply_real2<0, 3>(a, t);
      break;
    case 4:
      apply_real2<1, 0>(a, t);
      break;
    case 5:
      apply_real2<1, 1>(a, t);
      break;
    case 6:
      apply_real2<1, 2>(a, t);
      break;
    case 7:
      apply_real2<1, 3>(a, t);
      break;
    case 8:
      apply_real2<2, 0>(a, t);
      break;
    case 9:
      apply_real2<2, 1>(a, t);
      break;
    case 10:
      apply_real2<2, 2>(a, t);
      break;
    case 11:
      apply_real2<2, 3>(a, t);
      break;
    case 12:
      apply_real2<3, 0>(a, t);
      break;
    case 13:
      apply_real2<3, 1>(a, t);
      break;
    case 14:
      apply_real2<3, 2>(a, t);
      break;
    case 15:
      apply_real2<3, 3>(a, t);
      break;
    default:
      break;
  }
}
QM_FUNCTION void run_operation(QM_THREAD float2* a, Word member, uint4 operation,
                               QM_THREAD const WalkTask& task, const QM_SHARED uint4* phase,
                               QM_SHARED WalkMemory* memory) {
  if (operation.x >= kRunReal2 && operation.x < kRunReal2 + 16) {
    run_real2(a, operation.x - kRunReal2, float_of(operation.z));
    return;
  }
  const bool on = (member & operation.y & 255u) == (operation.y >> 8 & 255u);
  const Word select = on ? operation.y >> 16 : 0u;
  switch (operation.x & 255u) {
    case kRunRare:
      apply_rare(a, member, operation.z, task, phase, memory);
      break;
    case kRunDiagonal:
      apply_diagonal(a, member, operation, memory->units);
      break;
    case kRunFactor: {
      const Word odd = (count_bits(member & operation.x >> 8 & 255u) & 1u) != 0 ? 0xffffu : 0u;
      apply_factor(a, pair(float_of(operation.z), float_of(operation.w)), select,
                   operation.x >> 16 ^ odd);
      break;
    }
    case kRunFlip:
      apply_flip<0>(a, select);
      break;
    case kRunFlip + 1:
      apply_flip<1>(a, select);
      break;
    case kRunFlip + 2:
      apply_flip<2>(a, select);
      break;
    case kRunFlip + 3:
      apply_flip<3>(a, select);
      break;
    default:
      break;
  }
}
QM_FUNCTION void apply_scales(QM_THREAD float2* a, const QM_SHARED float* scales) {
  float scale = 1.0f;
  QM_UNROLL for (Word k = 0; k < kScaleParts; ++k) scale *= scales[k];
  if (scale == 1.0f) return;
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) a[j] = pair(a[j].x * scale, a[j].y * scale);
}
QM_FUNCTION float squared_norm(QM_THREAD const float2* a) {
  float parts[4] = {0, 0, 0, 0};
  QM_UNROLL for (Word j = 0; j < kRegisters; ++j) parts[j & 3u] =
      multiply_add(a[j].x, a[j].x, multiply_add(a[j].y, a[j].y, parts[j & 3u]));
  return (parts[0] + parts[1]) + (parts[2] + parts[3]);
}
QM_FUNCTION void add_sums(Group group, QM_SHARED float* sums) {
  for (Word span = group.count >> 1; span > 0; span >>= 1) {
    QM_BARRIER();
    QM_THREADS(member, group) {
      if (member < span) sums[member] += sums[member + span];
    }
  }
}
QM_FUNCTION bool is_zero_tile(const QM_DEVICE uint4* pass, Index outside,
                              QM_THREAD const WalkArguments& given) {
  return (given.flags & kWalkFromBasis) != 0 &&
         (given.basis & outside_of(pass, ~static_cast<Index>(0))) != outside;
}
QM_FUNCTION void walk_tile(Group group, QM_SHARED WalkMemory* memory, const QM_DEVICE uint4* pass,
                           const QM_DEVICE float* values, const QM_DEVICE float2* in,
                           QM_DEVICE float2* out, QM_DEVICE float* norm,
                           QM_THREAD const WalkArguments& given) {
  QM_PRIVATE(float2, amplitudes, kRegisters);
  WalkTask task;
  task.pass = pass;
  task.values = values;
  task.outside = outside_of(pass, given.tile);
  const Word chunks = is_zero_tile(pass, task.outside, given) ? 0u : pass[0].x;
  {
    const uint4 state_bits = chunk_of(pass, 0).phase_records[kStateBitsRecord];
    QM_THREADS(member, group) {
      read_state(QM_OWN(amplitudes, kRegisters, member), member, state_bits, task.outside, in,
                 given);
    }
  }
  QM_LOOP for (Word number = 0; number < chunks; ++number) {
    task.chunk = number;
    const Chunk chunk = chunk_of(pass, number);
    QM_THREADS(member, group) { stage_records(group, member, task, chunk, memory); }
    QM_BARRIER();
    QM_THREADS(member, group) { stage_tables(group, member, chunk, memory); }
    QM_BARRIER();
    QM_LOOP for (Word phase = 0; phase < chunk.phases; ++phase) {
      const QM_SHARED uint4* record = memory->phases + kStagedPhaseRecords * phase;
      const bool last = phase + 1 == chunk.phases;
      QM_THREADS(member, group) {
        QM_THREAD float2* a = QM_OWN(amplitudes, kRegisters, member);
        if (number + phase > 0) {
          const Slots slots = slots_of(record, member);
          QM_UNROLL for (Word j = 0; j < kRegisters; ++j) a[j] =
              *amplitude_at(memory, slot_of(slots, j));
        }
        const Word operations = record->x;
        const Word end = (operations & 0xffffu) + (operations >> 16);
        QM_LOOP for (Word k = operations & 0xffffu; k < end; ++k)
            run_operation(a, member, memory->operations[k], task, record, memory);
        if (last) apply_scales(a, memory->scales);
        if (!last || number + 1 < chunks) {
          const Slots slots = slots_of(record, member);
          QM_UNROLL for (Word j = 0; j < kRegisters; ++j) *
              amplitude_at(memory, slot_of(slots, j)) = a[j];
        }
      }
      QM_BARRIER();
    }
  }
  const Chunk chunk = chunk_of(pass, pass[0].x - 1);
  const uint4 state_bits =
      chunk.phase_records[(chunk.phases - 1) * kPhaseRecords + kStateBitsRecord];
  QM_THREADS(member, group) {
    QM_THREAD const float2* a = QM_OWN(amplitudes, kRegisters, member);
    write_state(a, member, state_bits, task.outside, out, given);
    if ((given.flags & kWalkNorms) != 0) memory->sums[member] = squared_norm(a);
  }
  if ((given.flags & kWalkNorms) == 0) return;
  add_sums(group, memory->sums);
  QM_THREADS(member, group) {
    if (member == 0) *norm = memory->sums[0];
  }
}
QM_FUNCTION void walk_kernel(Grid grid, QM_SHARED WalkMemory* memory, const QM_DEVICE float2* state,
                             const QM_DEVICE uint4* program, const QM_DEVICE float* values,
                             const QM_DEVICE float*, QM_DEVICE float* norms,
                             QM_DEVICE float2* fresh, Word pass, Word flags, Word bits,
                             Word first_row, Word value_stride, Index basis) {
  WalkArguments given;
  given.tile = grid.x;
  given.row_first = (static_cast<Index>(first_row) + grid.y) << bits;
  given.basis = basis;
  given.flags = flags;
  walk_tile(grid.group, memory, program + pass, values + static_cast<Index>(grid.y) * value_stride,
            state, (flags & kWalkInPlace) != 0 ? writable(state) : fresh,
            norms + (static_cast<Index>(grid.y) * grid.columns + grid.x), given);
}
}
}
)metal";

inline constexpr const char* kMetal_amplitudes = R"metal(
namespace qmlx {
namespace kernels {
QM_FUNCTION void basis_kernel(Grid grid, const QM_DEVICE float2* state, const QM_DEVICE float*,
                              QM_DEVICE float2* fresh, Word in_place, Word bits, Word rows,
                              Index basis) {
  QM_DEVICE float2* out = in_place != 0 ? writable(state) : fresh;
  const Index size = static_cast<Index>(1) << bits;
  QM_EACH(k, grid, size * rows) out[k] = pair((k & (size - 1)) == basis ? 1.0f : 0.0f, 0.0f);
}
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
}
}
)metal";

inline constexpr const char* kMetal_sums = R"metal(
namespace qmlx {
namespace kernels {
QM_CONSTANT Word kSumThreadBits = 8;
QM_CONSTANT Word kSumThreads = 1u << kSumThreadBits;
struct SumMemory {
  float2 pairs[kSumThreads];
  float sums[kSumThreads];
};
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
QM_FUNCTION Index spread_over(Index value, Index mask) {
  Index result = 0;
  QM_LOOP for (Index bit = 1; mask != 0; bit <<= 1) {
    const Index lowest = mask & (~mask + 1);
    if ((value & bit) != 0) result |= lowest;
    mask ^= lowest;
  }
  return result;
}
QM_FUNCTION Index gathered_from(Index value, Index mask) {
  Index result = 0;
  QM_LOOP for (Index bit = 1; mask != 0; bit <<= 1) {
    const Index lowest = mask & (~mask + 1);
    if ((value & lowest) != 0) result |= bit;
    mask ^= lowest;
  }
  return result;
}
struct SquaresArguments {
  Index row_first;
  Index listed;
  Index walked;
  Index apart;
};
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
QM_FUNCTION void fold_kernel(Grid grid, const QM_DEVICE float* parts, QM_DEVICE float* sums,
                             Word results, Word count) {
  QM_EACH(k, grid, results) {
    Sum sum = {0.0f, 0.0f};
    QM_LOOP for (Word j = 0; j < count; ++j) add_to(sum, parts[k * count + j]);
    sums[k] = sum.value;
  }
}
}
}
)metal";

inline constexpr const char* kMetal_pauli_group = R"metal(
namespace qmlx {
namespace kernels {
QM_CONSTANT Word kPauliThreads = 256;
QM_CONSTANT Word kPauliBlockBits = 10;
QM_CONSTANT Word kPauliBlock = 1u << kPauliBlockBits;
QM_CONSTANT Word kPauliStrings = 1024;
struct PauliMemory {
  float values[kPauliBlock];
  float sums[kPauliStrings];
};
struct PauliArguments {
  Index row_first;
  Index x;
  Index skipped;
  Index blocks;
  Word bits;
  Word strings;
  Word imaginary;
};
QM_FUNCTION float pauli_product(Index index, const QM_DEVICE float2* row,
                                QM_THREAD const PauliArguments& given) {
  if (index >> given.bits != 0) return 0.0f;
  const float2 a = row[index], b = row[index ^ given.x];
  return given.imaginary != 0 ? b.x * a.y - b.y * a.x : b.x * a.x + b.y * a.y;
}
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
}
}
)metal";

struct MetalKernel {
  const char* pieces[8];  // of the text in front of the kernel; null where there are fewer
  const char* body;
};

inline constexpr MetalKernel kMetalKernels[] = {
    {{kMetal_dialect, kMetal_turns, kMetal_walk_format, kMetal_walk_memory, kMetal_walk_stage, kMetal_walk_apply, kMetal_walk_rare, kMetal_walk},
     R"metal(  using namespace qmlx::kernels;
  threadgroup WalkMemory memory;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  walk_kernel(grid,
      &memory,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device uint4*>(program),
      reinterpret_cast<const device float*>(values),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<device float*>(norms),
      reinterpret_cast<device float2*>(fresh),
      scalars[0],
      scalars[1],
      scalars[2],
      scalars[3],
      scalars[4],
      ulong(scalars[5]) | ulong(scalars[6]) << 32);
)metal"},
    {{kMetal_dialect, kMetal_amplitudes},
     R"metal(  using namespace qmlx::kernels;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  basis_kernel(grid,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<device float2*>(fresh),
      scalars[0],
      scalars[1],
      scalars[2],
      ulong(scalars[3]) | ulong(scalars[4]) << 32);
)metal"},
    {{kMetal_dialect, kMetal_amplitudes},
     R"metal(  using namespace qmlx::kernels;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  gather_kernel(grid,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device uint*>(order),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<device float2*>(slice),
      scalars[0],
      scalars[1],
      ulong(scalars[2]) | ulong(scalars[3]) << 32,
      scalars[4]);
)metal"},
    {{kMetal_dialect, kMetal_amplitudes},
     R"metal(  using namespace qmlx::kernels;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  scatter_kernel(grid,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device float2*>(slice),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<device float2*>(fresh),
      scalars[0],
      scalars[1],
      scalars[2],
      ulong(scalars[3]) | ulong(scalars[4]) << 32,
      scalars[5]);
)metal"},
    {{kMetal_dialect, kMetal_amplitudes},
     R"metal(  using namespace qmlx::kernels;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  copy_kernel(grid,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device float2*>(other),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<const device float*>(other_token),
      reinterpret_cast<device float2*>(fresh),
      scalars[0],
      scalars[1],
      scalars[2]);
)metal"},
    {{kMetal_dialect, kMetal_amplitudes},
     R"metal(  using namespace qmlx::kernels;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  collapse_kernel(grid,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<device float2*>(fresh),
      scalars[0],
      scalars[1],
      scalars[2],
      scalars[3],
      scalars[4],
      scalars[5],
      as_type<float>(scalars[6]));
)metal"},
    {{kMetal_dialect, kMetal_sums},
     R"metal(  using namespace qmlx::kernels;
  threadgroup SumMemory memory;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  squares_kernel(grid,
      &memory,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<device float*>(sums),
      scalars[0],
      scalars[1],
      ulong(scalars[2]) | ulong(scalars[3]) << 32,
      ulong(scalars[4]) | ulong(scalars[5]) << 32,
      ulong(scalars[6]) | ulong(scalars[7]) << 32);
)metal"},
    {{kMetal_dialect, kMetal_sums},
     R"metal(  using namespace qmlx::kernels;
  threadgroup SumMemory memory;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  products_kernel(grid,
      &memory,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device float2*>(other),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<const device float*>(other_token),
      reinterpret_cast<device float2*>(sums),
      scalars[0],
      scalars[1],
      scalars[2],
      scalars[3]);
)metal"},
    {{kMetal_dialect, kMetal_sums},
     R"metal(  using namespace qmlx::kernels;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  fold_kernel(grid,
      reinterpret_cast<const device float*>(parts),
      reinterpret_cast<device float*>(sums),
      scalars[0],
      scalars[1]);
)metal"},
    {{kMetal_dialect, kMetal_pauli_group},
     R"metal(  using namespace qmlx::kernels;
  threadgroup PauliMemory memory;
  const Grid grid = {{threads_per_threadgroup.x, thread_position_in_threadgroup.x},
                     threadgroup_position_in_grid.x, threadgroup_position_in_grid.y,
                     threadgroups_per_grid.x};
  pauli_group_kernel(grid,
      &memory,
      reinterpret_cast<const device float2*>(state),
      reinterpret_cast<const device uint2*>(signs),
      reinterpret_cast<const device float*>(token),
      reinterpret_cast<device float*>(sums),
      scalars[0],
      scalars[1],
      ulong(scalars[2]) | ulong(scalars[3]) << 32,
      ulong(scalars[4]) | ulong(scalars[5]) << 32,
      scalars[6],
      scalars[7],
      scalars[8]);
)metal"},
};

}  // namespace qmlx::kernels
