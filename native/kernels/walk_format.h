// The walk program: a plan rewritten for GPU walkers, once per plan (mlx/walker/encoder.h). An
// array of words in records of four, so that a thread reads a record's part with one load.
//
// pass:      head {chunk count, segment count, first chunk, 0}, four records with up to 13
// segments,
//            then its chunks' heads
// chunk:     what a group stages in its shared memory at once; head {phases | operations << 16,
//            terms | tables << 16, first record, 0}, at that record the phases, operations, terms
//            and tables
// segment:   a run of bits of the tile's number that are neighbours in the index as well:
//            shift | length << 8 | place << 16
// phase:     {first operation | count << 16, 0, places of the registers},
//            places of the threads by the low digit, by the high one (two records each),
//            {state bits of the threads' bits, of the registers, 0}
// place:     16 bits: where in shared memory, in bytes; a thread's register lies at the XOR of the
//            thread's two places and those of the register's bits
// operation: {code | target << 8 | second target << 16 | quarter << 24,
//             thread mask | thread value << 8 | select << 16, slot, odd | x << 16 | thread z <<
//             24},
//            {outside mask, outside value}, {outside z, 0, 0}
// diagonal:  an operation {code, tables present, first unit, 0}
// term:      {slot, mask | value << 8 | parity << 16, multiplier, 0}, {outside mask, outside
// value},
//            {outside parity, 0, 0}
// table:     {first term | count << 16, first unit | complex << 16, 0, 0}
//
// A tile of 2^T amplitudes has 2^(T-4) threads with 2^4 amplitudes each in registers. Which
// positions of the tile are thread bits and which are registers changes from phase to phase.
// `select` has a bit for each register index an operation acts on, `odd` one for each with odd
// parity. Thread bits 0-3 are the low and 4-7 the high digit.
#pragma once

#include "kernels/dialect.h"

namespace qmlx {
namespace kernels {

#ifndef QMLX_TILE_BITS
#define QMLX_TILE_BITS 12
#endif
QM_CONSTANT Word kTileBits = QMLX_TILE_BITS;  // at most
QM_CONSTANT Word kRegisterBits = 4;
QM_CONSTANT Word kRegisters = 16;
QM_CONSTANT Word kThreadBits = 8;
QM_CONSTANT Word kMaxThreads = 1u << (kTileBits - kRegisterBits);

QM_CONSTANT Word kPassRecords = 5;  // before the heads of chunks
QM_CONSTANT Word kPhaseRecords = 6;
QM_CONSTANT Word kStagedPhaseRecords = 5;  // the first ones
QM_CONSTANT Word kStateBitsRecord = 5;
QM_CONSTANT Word kOperationRecords = 3;
QM_CONSTANT Word kTermRecords = 3;
QM_CONSTANT Word kTableRecords = 1;
QM_CONSTANT Word kMaxSegments = 13;

// What a chunk may hold.
QM_CONSTANT Word kMaxPhases = 16;
QM_CONSTANT Word kMaxOperations = 128;
QM_CONSTANT Word kMaxTerms = 256;
QM_CONSTANT Word kMaxUnits = 128;  // of tables: 16 words each

// Codes of operations as written.
QM_CONSTANT Word kCodeReal2 = 0;
QM_CONSTANT Word kCodeFlip = 1;
QM_CONSTANT Word kCodeDiagonal = 2;
QM_CONSTANT Word kCodeFactor = 3;
QM_CONSTANT Word kCodePauli = 4;
QM_CONSTANT Word kCodeDense2 = 5;
QM_CONSTANT Word kCodeDense4 = 6;

// Tables of a diagonal operation, in the order of their units. A table has 16 angles, in turns of
// 2^32, for the values of one digit; the factors table has 16 complex numbers, for the register
// indices, and takes two units.
QM_CONSTANT Word kTableFactors = 1u << 0;
QM_CONSTANT Word kTableLow = 1u << 1;      // by the low digit of the thread
QM_CONSTANT Word kTableHigh = 1u << 2;     // by the high digit
QM_CONSTANT Word kTableLowIf = 1u << 3;    // 4: by the low digit where bit k of the high one is set
QM_CONSTANT Word kTableLowOf = 1u << 7;    // 4: by the low digit where register bit k is set
QM_CONSTANT Word kTableHighOf = 1u << 11;  // 4: by the high digit where register bit k is set
QM_CONSTANT Word kTableKinds = 15;
QM_CONSTANT Word kTablesOfThread = 0x7eu;

// Flags of a launch.
QM_CONSTANT Word kWalkInPlace = 1;
QM_CONSTANT Word kWalkFromBasis = 2;  // the state is a basis state that is not in memory
QM_CONSTANT Word kWalkNorms = 4;      // writes each tile's squared norm

// Positions of a tile lie in shared memory under an image that is linear over bits, until flips
// without other effect change which position an index has (mlx/walker/tile_map.h). Any four
// positions whose images differ in the low four bits as a basis are read without bank conflicts; of
// any eight positions some four do.
QM_FUNCTION Word column_of(Word position) {
  // Columns of a binary [12, 4, 6] code.
  const Index columns = 0xfeda96538421ull;
  return static_cast<Word>(columns >> (4 * position)) & 15u;
}

QM_FUNCTION Word image_of(Word position) {
  return position < 4 ? 1u << position : (1u << position) | column_of(position);
}

}  // namespace kernels
}  // namespace qmlx
