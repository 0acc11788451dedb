#include "cpu/plan_check.h"

#include <bit>
#include <iterator>

namespace qmlx::cpu {

namespace {

constexpr std::uint64_t low_mask(unsigned bits) { return (std::uint64_t{1} << bits) - 1; }

const char* header_fault(const PlanHeader& header, unsigned bits) {
  if (header.magic != kPlanMagic) return "it does not begin with the mark of a plan";
  if (header.version != kPlanVersion) return "its version is unknown";
  if (header.bits != bits) return "it was made for another number of qubits than the state has";
  if (header.bits > kMaxBits || header.tile_bits > header.bits || header.tile_bits > kMaxTileBits ||
      header.row_bits > header.tile_bits || header.register_bits > kMaxRegisterBits ||
      header.lane_bits > kMaxLaneBits || header.lane_bits > header.row_bits ||
      header.lane_bits + header.register_bits > header.tile_bits)
    return "its geometry contradicts itself";
  const auto lies_inside = [&](std::uint64_t offset, std::uint64_t count, std::uint64_t size) {
    return offset % 8 == 0 && offset >= sizeof(PlanHeader) && offset + count * size <= header.bytes;
  };
  if (!lies_inside(header.pass_offset, header.pass_count, sizeof(Pass)) ||
      !lies_inside(header.stage_offset, header.stage_count, sizeof(Stage)) ||
      !lies_inside(header.operation_offset, header.operation_count, sizeof(Operation)) ||
      !lies_inside(header.term_offset, header.term_count, sizeof(Term)))
    return "an array does not lie inside it";
  return nullptr;
}

// Passes own their stages and stages their operations and terms: all arrays are used in order.
struct Used {
  std::uint32_t stages = 0, operations = 0, terms = 0;
};

bool take(std::uint32_t& used, std::uint32_t first, std::uint32_t count, std::uint32_t all) {
  if (first < used || std::uint64_t{first} + count > all) return false;
  used = first + count;
  return true;
}

const char* pass_fault(const PlanHeader& header, const Pass& pass, Used& used) {
  if (!take(used.stages, pass.first_stage, pass.stage_count, header.stage_count))
    return "a pass names stages that do not exist";
  const std::uint64_t rows = low_mask(header.row_bits);
  if ((pass.tile_mask & ~low_mask(header.bits)) != 0 || (pass.tile_mask & rows) != rows ||
      static_cast<unsigned>(std::popcount(pass.tile_mask)) != header.tile_bits)
    return "a pass has a wrong tile";
  std::uint64_t rest = pass.tile_mask;
  for (unsigned position = 0; position < header.tile_bits; ++position, rest &= rest - 1) {
    if (pass.tile_bits[position] != std::countr_zero(rest)) return "a pass has a wrong tile";
  }
  return nullptr;
}

const char* stage_fault(const PlanHeader& header, const Stage& stage, Used& used) {
  const bool phase = stage.kind == StageKind::phase;
  if (!phase && stage.kind != StageKind::diagonal) return "a stage is of an unknown kind";
  if (!take(phase ? used.operations : used.terms, stage.first, stage.count,
            phase ? header.operation_count : header.term_count))
    return "a stage names operations or terms that do not exist";
  unsigned least = header.lane_bits;
  for (unsigned k = 0; phase && k < header.register_bits; ++k) {
    const unsigned position = stage.register_positions[k];
    if (position < least || position >= header.tile_bits) return "a phase has wrong registers";
    least = position + 1;
  }
  return nullptr;
}

// Masks an operation or a term may use in this place.
struct Reach {
  std::uint64_t lanes, registers, tile, outside;
  unsigned lane_bits, local_bits;
  std::uint32_t values;
};

struct KindFacts {
  std::uint8_t scalars, targets;
};
constexpr KindFacts kKinds[] = {{4, 1}, {8, 1}, {0, 1}, {2, 0}, {32, 2}, {3, 0}};

// Small plans are checked as often as they run: all conditions are computed without branches.
bool is_sound(const Reach& reach, const Operation& op) {
  const auto kind = static_cast<unsigned>(op.kind);
  if (kind >= std::size(kKinds)) return false;
  const KindFacts facts = kKinds[kind];
  const std::uint64_t first = facts.targets > 0 ? std::uint64_t{1} << (op.target & 63) : 0;
  const std::uint64_t second = facts.targets > 1 ? std::uint64_t{1} << (op.target2 & 63) : 0;
  const std::uint64_t flipped = op.lane_x | std::uint64_t{op.register_x} << reach.lane_bits;
  const std::uint64_t moved = first | second | (op.kind == OperationKind::pauli ? flipped : 0);
  const std::uint64_t controls = op.lane_mask | std::uint64_t{op.register_mask} << reach.lane_bits;
  const std::uint64_t lanes = std::uint64_t{op.lane_mask} | op.lane_x | op.lane_z;
  const std::uint64_t registers = std::uint64_t{op.register_mask} | op.register_x | op.register_z;
  const std::uint64_t strays =
      (lanes & ~reach.lanes) | (registers & ~reach.registers) |
      ((op.tile_mask | op.tile_z) & ~reach.tile) |
      ((op.outside_mask | op.outside_z) & ~reach.outside) | (op.lane_value & ~op.lane_mask) |
      (op.register_value & ~op.register_mask) | (op.tile_value & ~op.tile_mask) |
      (op.outside_value & ~op.outside_mask) | (controls & moved) | (first & second) |
      (moved >> reach.local_bits) | (facts.targets > 0 ? op.target >> 6 : 0) |
      (facts.targets > 1 ? op.target2 >> 6 : 0);
  return strays == 0 && std::uint64_t{op.slot} + facts.scalars <= reach.values;
}

bool is_sound(const Reach& reach, const Term& term) {
  const std::uint64_t strays = ((term.tile_mask | term.tile_parity) & ~reach.tile) |
                               ((term.outside_mask | term.outside_parity) & ~reach.outside) |
                               (term.tile_value & ~term.tile_mask) |
                               (term.outside_value & ~term.outside_mask);
  return strays == 0 && std::uint64_t{term.slot} + 3 <= reach.values;
}

const char* contents_fault(const PlanView& plan, const Pass& pass, const Stage& stage) {
  const PlanHeader& header = plan.header();
  Reach reach{low_mask(header.lane_bits), low_mask(header.register_bits),
              low_mask(header.tile_bits), low_mask(header.bits) & ~pass.tile_mask,
              header.lane_bits,           header.lane_bits + header.register_bits,
              header.value_count};
  bool sound = true;
  if (stage.kind == StageKind::diagonal) {
    for (const Term& term : plan.terms(stage)) sound = sound && is_sound(reach, term);
    return sound ? nullptr : "a term names bits or values that are not there";
  }
  reach.tile &= ~reach.lanes;
  for (unsigned k = 0; k < header.register_bits; ++k)
    reach.tile &= ~(std::uint64_t{1} << stage.register_positions[k]);
  for (const Operation& operation : plan.operations(stage))
    sound = sound && is_sound(reach, operation);
  return sound ? nullptr : "an operation names bits, targets or values that are not there";
}

}  // namespace

const char* plan_fault(const void* block, unsigned bits) {
  if (block == nullptr) return "there is none";
  const PlanView plan(block);
  if (const char* fault = header_fault(plan.header(), bits)) return fault;
  Used used;
  for (const Pass& pass : plan.passes()) {
    if (const char* fault = pass_fault(plan.header(), pass, used)) return fault;
    for (const Stage& stage : plan.stages(pass)) {
      if (const char* fault = stage_fault(plan.header(), stage, used)) return fault;
      if (const char* fault = contents_fault(plan, pass, stage)) return fault;
    }
  }
  return nullptr;
}

}  // namespace qmlx::cpu
