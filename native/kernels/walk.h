// The walker: one group takes one tile through one pass of a walk program. Amplitudes are read from
// the state into registers, cross shared memory between phases, and are written once.
#pragma once

#include "kernels/walk_apply.h"
#include "kernels/walk_rare.h"

namespace qmlx {
namespace kernels {

struct WalkArguments {
  Index tile;       // its number
  Index row_first;  // index of the row's first amplitude
  Index basis;      // kWalkFromBasis: the basis index
  Word flags;
};

// Distance of a thread's first amplitude from the tile's, and of its registers from each other.
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

// Adds the threads' sums in an order that depends on their number alone; the first thread's sum is
// the result.
QM_FUNCTION void add_sums(Group group, QM_SHARED float* sums) {
  for (Word span = group.count >> 1; span > 0; span >>= 1) {
    QM_BARRIER();
    QM_THREADS(member, group) {
      if (member < span) sums[member] += sums[member + span];
    }
  }
}

// A pass moves nothing into a tile of zeros.
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

// In place, the state is written as well and `fresh` is not used.
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

}  // namespace kernels
}  // namespace qmlx
