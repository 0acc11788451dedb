// The plan: the one format between the core that makes it and the engines that walk it.
// docs/plan.md explains it with an example.
//
// A plan is one flat, 16-byte aligned block: PlanHeader, then the arrays of passes, stages,
// operations and terms at the byte offsets the header names. It holds no pointers and no values:
// every number an operation uses lies in a separate value table, at the operation's slot.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace qmlx {

inline constexpr std::uint32_t kPlanMagic = 0x4e4c5051;  // "QPLN" in memory order
inline constexpr std::uint32_t kPlanVersion = 1;
inline constexpr unsigned kMaxBits = 48;
inline constexpr unsigned kMaxTileBits = 20;
inline constexpr unsigned kMaxRegisterBits = 6;
inline constexpr unsigned kMaxLaneBits = 5;

// Sizes of the three levels of memory an engine works in, in bits (log2 of amplitudes).
struct Geometry {
  std::uint32_t tile_bits = 16;  // T: amplitudes that fit the fast memory
  std::uint32_t row_bits = 6;  // C: lowest bits that are in every tile, so that rows are contiguous
  std::uint32_t register_bits = 4;  // R: tile bits a phase holds in registers, besides the lanes
  std::uint32_t lane_bits = 0;  // L: lowest bits that lie inside one vector register (or one warp)
                                // and are local to every phase
  std::uint32_t max_operations = 0;  // most operations and terms in one pass; 0 means no limit
  std::uint32_t fuses = 0;           // 1: two-bit matrices are made where they cost the engine less

  friend bool operator==(const Geometry&, const Geometry&) = default;
};

struct PlanHeader {
  std::uint32_t magic;
  std::uint32_t version;
  std::uint32_t bytes;  // of the whole plan
  std::uint32_t bits;   // of the state
  std::uint32_t tile_bits;
  std::uint32_t row_bits;
  std::uint32_t register_bits;
  std::uint32_t lane_bits;
  std::uint32_t pass_count;
  std::uint32_t stage_count;
  std::uint32_t operation_count;
  std::uint32_t term_count;
  std::uint32_t pass_offset;
  std::uint32_t stage_offset;
  std::uint32_t operation_offset;
  std::uint32_t term_offset;
  std::uint32_t value_count;  // scalars in the value table
  std::uint32_t reserved[3];
  std::uint8_t order[64];  // after the plan, logical bit b lies at physical bit order[b]
};
static_assert(sizeof(PlanHeader) == 144);

// One read and one write of the state. A tile holds the amplitudes that differ only in the tile's
// bits; the others, the outside bits, are fixed in it.
struct Pass {
  std::uint64_t tile_mask;
  std::uint32_t first_stage;
  std::uint32_t stage_count;
  std::uint8_t tile_bits[32];  // position in the tile → bit of the state, ascending
};
static_assert(sizeof(Pass) == 48);

enum class StageKind : std::uint32_t { diagonal = 0, phase = 1 };

// Diagonal: multiplies every amplitude by the product of terms [first, first + count).
// Phase: applies operations [first, first + count) in order; they reach only lanes and the phase's
// registers.
struct Stage {
  StageKind kind;
  std::uint32_t first;
  std::uint32_t count;
  std::uint32_t reserved;
  std::uint8_t register_positions[8];  // positions in the tile, ascending, all ≥ lane_bits
  std::uint64_t reserved2;
};
static_assert(sizeof(Stage) == 32);

enum class OperationKind : std::uint8_t {
  real2 = 0,   // slot: 4 scalars m00 m01 m10 m11 of a real matrix on the target
  dense2 = 1,  // slot: 8 scalars, row by row, re then im
  flip = 2,    // exchanges the two halves; no slot
  pauli = 3,   // slot: cos, sin           exp(−iθP/2), cos and sin of θ/2
  dense4 = 4,  // slot: 32 scalars; `target` is the more significant bit of the matrix index
  factor = 5,  // slot: re, im, turns      multiplies; by the conjugate where the parity of (index &
               // z) is odd
};

// Local bits of a phase are numbered: 0 … L−1 the lanes, L … L+R−1 the registers. Controls say for
// which amplitudes the operation acts: those with (part & mask) == value in all four parts of their
// index.
struct Operation {
  OperationKind kind;
  std::uint8_t target;   // local bit
  std::uint8_t target2;  // local bit, dense4 only
  std::uint8_t
      quarter;  // pauli: the partner's factor is sin · i^quarter · (−1)^parity(partner index & z)
  std::uint32_t slot;  // index of the first scalar in the value table
  std::uint16_t lane_mask, lane_value;
  std::uint16_t register_mask, register_value;
  std::uint32_t tile_mask, tile_value;        // positions in the tile, lanes and registers excluded
  std::uint64_t outside_mask, outside_value;  // bits of the state outside the tile
  std::uint16_t lane_x, register_x;           // pauli: which local bits it flips
  std::uint16_t lane_z, register_z;  // pauli, factor: parity of these bits, in all four parts
  std::uint32_t tile_z;
  std::uint32_t reserved;
  std::uint64_t outside_z;
};
static_assert(sizeof(Operation) == 64);

// A factor of a diagonal stage. Amplitudes with (index & mask) == value in both parts are
// multiplied by slot's (re, im, angle in turns), or by its conjugate where the parity of (index &
// parity) over both parts is odd. Empty masks match everything.
struct Term {
  std::uint32_t slot;
  std::uint32_t tile_mask, tile_value;
  std::uint32_t tile_parity;  // positions in the tile
  std::uint64_t outside_mask, outside_value;
  std::uint64_t outside_parity;
  std::uint64_t reserved;
};
static_assert(sizeof(Term) == 48);

// Reads a plan in place. The block must have passed check_plan() or come from the planner.
class PlanView {
 public:
  explicit PlanView(const void* block) : base_(static_cast<const std::byte*>(block)) {}

  const PlanHeader& header() const { return *reinterpret_cast<const PlanHeader*>(base_); }
  std::span<const Pass> passes() const {
    return array<Pass>(header().pass_offset, header().pass_count);
  }
  std::span<const Stage> stages(const Pass& pass) const {
    return array<Stage>(header().stage_offset, header().stage_count)
        .subspan(pass.first_stage, pass.stage_count);
  }
  std::span<const Operation> operations(const Stage& stage) const {
    return array<Operation>(header().operation_offset, header().operation_count)
        .subspan(stage.first, stage.count);
  }
  std::span<const Term> terms(const Stage& stage) const {
    return array<Term>(header().term_offset, header().term_count).subspan(stage.first, stage.count);
  }

 private:
  template <typename Item>
  std::span<const Item> array(std::uint32_t offset, std::uint32_t count) const {
    return {reinterpret_cast<const Item*>(base_ + offset), count};
  }

  const std::byte* base_;
};

}  // namespace qmlx
