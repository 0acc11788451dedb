// A pass as its tiles run it: masks split by what they depend on, values spread over vectors.
#pragma once

#include "cpu/body/arithmetic.h"

namespace qmlx::cpu::QMLX_ISA {

// The kernels of an operation, with the register (or pair of registers, or mask of registers) it
// works on added. The numbers select the code of apply().
namespace kernel {
inline constexpr unsigned rotate = 0;           // real rotation of a register with its partner
inline constexpr unsigned rotate_where = 4;     // … on some registers only
inline constexpr unsigned exchange = 8;         // a register with its partner
inline constexpr unsigned exchange_where = 12;  // … on some registers only
inline constexpr unsigned exchange_lanes = 16;  // … in some lanes and some registers only
inline constexpr unsigned dense2 = 20;
inline constexpr unsigned dense4_mixed = 24;        // one register bit and one lane bit
inline constexpr unsigned dense4 = 28;              // two register bits: 6 pairs
inline constexpr unsigned dense_lanes = 34;         // one or two lane bits
inline constexpr unsigned permute = 35;             // lanes change places
inline constexpr unsigned scaled_lanes = 36;        // scaled rotation of a lane bit, own form
inline constexpr unsigned scaled_lanes_cross = 37;  // … the other form
inline constexpr unsigned factor_bit = 40;          // a factor where one register bit is set
inline constexpr unsigned mix = 48;  // factor·(own) + factor·(permuted partner): 16 register masks
inline constexpr unsigned scaled = 64;  // scaled rotation of a register: own +, own −, cross +, −
inline constexpr unsigned factor_pair = 80;  // … where two are: 6 pairs
inline constexpr unsigned factor_all = 86;   // … everywhere
inline constexpr unsigned count = 88;
}  // namespace kernel

template <typename Scalar>
struct PreparedOperation {
  const Scalar* coefficients;  // vectors
  std::uint64_t outside_mask, outside_value, outside_z;
  std::uint32_t tile_mask, tile_value, tile_z;  // of the index of a vector in its tile
  std::uint16_t matches;                        // registers on which the operation acts
  std::uint16_t signs;                          // mix: registers whose partner's factor is negated
  std::uint8_t kernel;
  std::uint8_t terms;  // dense_lanes
};

template <typename Scalar>
struct PreparedPhase {
  PreparedOperation<Scalar>* operations;
  std::uint32_t count;
  bool outside;  // an operation depends on bits outside the tile
  std::uint8_t positions[kMaxExecutorRegisterBits];  // of the registers, in the index of a vector
  // Flips of whole registers before the first and after the last other operation cost nothing:
  // registers are loaded from and stored to other places.
  std::uint8_t load_from[1U << kMaxExecutorRegisterBits];
  std::uint8_t store_to[1U << kMaxExecutorRegisterBits];
  bool moves;  // load_from or store_to move something
};

// A term that is no product of functions of one bit and of two bits, or whose value cannot be
// divided by.
struct GeneralTerm {
  std::uint32_t mask, value, parity;
  Phasor factor;
};

// The product of terms over the bits of a tile:
//   constant · Π_b linear[b]^(x_b) · Π_(b > k) coupling[b, k]^(x_b·x_k) · the general terms
struct Exponents {
  Phasor constant;
  std::uint32_t linear_mask;  // entries that are set
  std::uint32_t general_count;
  std::uint32_t* coupled;  // by the higher bit: mask of the lower bits whose entries are set
  Phasor* linear;
  Phasor* couplings;
  GeneralTerm* general;

  static std::size_t pair(unsigned high, unsigned low) {
    return static_cast<std::size_t>(high) * (high - 1) / 2 + low;
  }
};

struct PreparedDiagonal {
  Exponents inside;        // terms that are the same in every tile
  const Term* terms;       // of the plan
  std::uint32_t* outside;  // indices of the terms that are not
  std::uint32_t outside_count;
  std::uint32_t count;
};

template <typename Scalar>
struct PreparedStage {
  StageKind kind;
  PreparedPhase<Scalar> phase;
  PreparedDiagonal diagonal;
};

template <typename Scalar>
struct PreparedPass {
  PreparedStage<Scalar>* stages;
  std::uint32_t stage_count;
  unsigned tile_bits;
  unsigned row_bits;
  unsigned register_bits;
  unsigned split;   // bits of the tile below which diagonals use their low table
  bool contiguous;  // its amplitudes are neighbours in the state
  bool in_place;    // works on the state's own memory only
  std::uint64_t tile_mask;
  const Scalar* values;
};

// Aligned places for the tables of one diagonal stage, and its exponents in a tile.
template <typename Scalar>
struct DiagonalTables {
  Exponents exponents;
  Scalar* low;           // by the index in the low bits: re twice, then −im, im; vector by vector
  Scalar* high;          // by the index in the high bits: re, im
  Scalar* per_bit;       // for each low bit a table like `high`: its factor in that row
  std::uint32_t* signs;  // by the index in the high bits: low bits whose factor is −1 in that row
  Scalar* row;           // factors of one row, re and im
  Scalar* spare;         // for building
};

}  // namespace qmlx::cpu::QMLX_ISA
