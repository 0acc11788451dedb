#include <algorithm>
#include <bit>
#include <cstring>
#include <unordered_map>

#include "core/compiled_plan.h"
#include "core/ir.h"
#include "core/schedule.h"
#include "core/selection.h"

namespace qmlx {

namespace {

// The bits of `mask` that lie in `of`, moved together: bit k of the result is the k-th lowest bit
// of `of`.
std::uint32_t gather_bits(std::uint64_t mask, std::uint64_t of) {
  std::uint32_t result = 0;
  for (mask &= of; mask != 0; mask &= mask - 1) {
    result |= std::uint32_t{1} << std::popcount(of & (lowest(mask) - 1));
  }
  return result;
}

// Equal recipes share one slot.
class RecipeBook {
 public:
  explicit RecipeBook(std::uint32_t first_slot) : next_(first_slot) {}

  std::uint32_t slot(RecipeKind kind, Angle angle) {
    std::size_t hash = std::hash<double>{}(angle.constant) * 3 + static_cast<std::size_t>(kind);
    for (const Angle::Item& item : angle.items)
      hash = hash * 1000003 + item.angle * 31 + std::hash<double>{}(item.coefficient);
    const auto [first, last] = known_.equal_range(hash);
    for (auto entry = first; entry != last; ++entry) {
      const Recipe& recipe = recipes_[entry->second];
      if (recipe.kind == kind && recipe.angle == angle) return recipe.slot;
    }
    const std::uint32_t slot = next_;
    next_ += kSlotScalars;
    known_.emplace(hash, recipes_.size());
    recipes_.push_back({kind, slot, std::move(angle)});
    return slot;
  }

  std::uint32_t next_slot() const { return next_; }
  std::vector<Recipe> take() { return std::move(recipes_); }

 private:
  std::uint32_t next_;
  std::vector<Recipe> recipes_;
  std::unordered_multimap<std::size_t, std::size_t> known_;
};

class PlanWriter {
 public:
  // Matrices come first in the value table.
  PlanWriter(const Ir& ir, const Geometry& geometry)
      : ir_(ir),
        header_{},
        recipes_(static_cast<std::uint32_t>(PairMatrix::kScalars * ir.matrices.size())) {
    header_.magic = kPlanMagic;
    header_.version = kPlanVersion;
    header_.bits = ir.bits;
    header_.tile_bits = std::min(geometry.tile_bits, ir.bits);
    header_.row_bits = std::min(geometry.row_bits, header_.tile_bits);
    header_.lane_bits = std::min(geometry.lane_bits, header_.tile_bits);
    header_.register_bits = std::min(geometry.register_bits, header_.tile_bits - header_.lane_bits);
    std::copy(ir.order.begin(), ir.order.end(), header_.order);
  }

  void write(const ScheduledPass& scheduled) {
    Pass pass{scheduled.tile,
              static_cast<std::uint32_t>(stages_.size()),
              static_cast<std::uint32_t>(scheduled.stages.size()),
              {}};
    unsigned position = 0;
    for (std::uint64_t bits = scheduled.tile; bits != 0; bits &= bits - 1) {
      pass.tile_bits[position++] = static_cast<std::uint8_t>(std::countr_zero(bits));
    }
    passes_.push_back(pass);
    for (const ScheduledStage& stage : scheduled.stages) {
      stage.kind == StageKind::diagonal ? write_terms(stage, scheduled.tile)
                                        : write_phase(stage, scheduled.tile);
    }
  }

  std::shared_ptr<const CompiledPlan> finish(const Geometry& geometry) {
    auto plan = std::make_shared<CompiledPlan>();
    plan->geometry = geometry;
    plan->runs = ir_.runs;
    plan->recipes = recipes_.take();
    plan->angle_count = ir_.angle_count;
    plan->matrices = ir_.matrices;
    for (std::size_t k = 0; k < plan->matrices.size(); ++k)
      plan->matrices[k].slot = static_cast<std::uint32_t>(PairMatrix::kScalars * k);
    plan->value_count = recipes_.next_slot();
    header_.value_count = plan->value_count;
    std::uint32_t bytes = sizeof(PlanHeader);
    const auto place = [&]<typename Item>(const std::vector<Item>& items, std::uint32_t& count,
                                          std::uint32_t& offset) {
      count = static_cast<std::uint32_t>(items.size());
      offset = bytes;
      bytes += static_cast<std::uint32_t>(items.size() * sizeof(Item));
    };
    place(passes_, header_.pass_count, header_.pass_offset);
    place(stages_, header_.stage_count, header_.stage_offset);
    place(operations_, header_.operation_count, header_.operation_offset);
    place(terms_, header_.term_count, header_.term_offset);
    header_.bytes = bytes;
    plan->block.resize((bytes + 7) / 8);
    auto* out = reinterpret_cast<std::byte*>(plan->block.data());
    std::memcpy(out, &header_, sizeof(header_));
    const auto copy = [&]<typename Item>(const std::vector<Item>& items, std::uint32_t offset) {
      if (!items.empty()) std::memcpy(out + offset, items.data(), items.size() * sizeof(Item));
    };
    copy(passes_, header_.pass_offset);
    copy(stages_, header_.stage_offset);
    copy(operations_, header_.operation_offset);
    copy(terms_, header_.term_offset);
    return plan;
  }

 private:
  // Terms with the same masks become one whose angle is the sum.
  void write_terms(const ScheduledStage& scheduled, std::uint64_t tile) {
    std::vector<const IrOperation*> distinct;
    std::vector<Angle> angles;
    for (const std::uint32_t index : scheduled.operations) {
      const IrOperation& term = ir_.operations[index];
      const auto same =
          std::find_if(distinct.begin(), distinct.end(), [&](const IrOperation* other) {
            return other->control_mask == term.control_mask &&
                   other->control_value == term.control_value && other->z_mask == term.z_mask;
          });
      if (same == distinct.end()) {
        distinct.push_back(&term);
        angles.push_back(term.angle);
      } else {
        angles[static_cast<std::size_t>(same - distinct.begin())].add(term.angle);
      }
    }
    Stage stage{StageKind::diagonal, static_cast<std::uint32_t>(terms_.size()), 0, 0, {}, 0};
    for (std::size_t k = 0; k < distinct.size(); ++k) {
      if (angles[k].is_zero()) continue;
      const IrOperation& term = *distinct[k];
      Term out{};
      out.slot = recipes_.slot(RecipeKind::phase, std::move(angles[k]));
      out.tile_mask = gather_bits(term.control_mask, tile);
      out.tile_value = gather_bits(term.control_value, tile);
      out.tile_parity = gather_bits(term.z_mask, tile);
      out.outside_mask = term.control_mask & ~tile;
      out.outside_value = term.control_value & ~tile;
      out.outside_parity = term.z_mask & ~tile;
      terms_.push_back(out);
      ++stage.count;
    }
    if (stage.count == 0) {
      --passes_.back().stage_count;
    } else {
      stages_.push_back(stage);
    }
  }

  void write_phase(const ScheduledStage& scheduled, std::uint64_t tile) {
    Stage stage{StageKind::phase,
                static_cast<std::uint32_t>(operations_.size()),
                static_cast<std::uint32_t>(scheduled.operations.size()),
                0,
                {},
                0};
    unsigned count = 0;
    for (std::uint64_t bits = scheduled.registers; bits != 0; bits &= bits - 1) {
      stage.register_positions[count++] =
          static_cast<std::uint8_t>(std::popcount(tile & (lowest(bits) - 1)));
    }
    stages_.push_back(stage);
    for (const std::uint32_t index : scheduled.operations)
      operations_.push_back(operation(ir_.operations[index], tile, scheduled.registers));
  }

  Operation operation(const IrOperation& ir, std::uint64_t tile, std::uint64_t registers) {
    const std::uint64_t lanes = bit_mask(header_.lane_bits) - 1;
    const std::uint64_t rest = tile & ~lanes & ~registers;
    const auto lane = [&](std::uint64_t mask) { return static_cast<std::uint16_t>(mask & lanes); };
    const auto in_register = [&](std::uint64_t mask) {
      return static_cast<std::uint16_t>(gather_bits(mask, registers));
    };
    const auto in_tile = [&](std::uint64_t mask) { return gather_bits(mask & rest, tile); };
    Operation out{};
    out.lane_mask = lane(ir.control_mask);
    out.lane_value = lane(ir.control_value);
    out.register_mask = in_register(ir.control_mask);
    out.register_value = in_register(ir.control_value);
    out.tile_mask = in_tile(ir.control_mask);
    out.tile_value = in_tile(ir.control_value);
    out.outside_mask = ir.control_mask & ~tile;
    out.outside_value = ir.control_value & ~tile;
    const std::uint64_t moved = ir.axes.moved();
    if (ir.kind == IrKind::pauli || ir.kind == IrKind::term) {
      out.lane_z = lane(ir.z_mask);
      out.register_z = in_register(ir.z_mask);
      out.tile_z = in_tile(ir.z_mask);
      out.outside_z = ir.z_mask & ~tile;
    }
    if (ir.kind == IrKind::term) {
      out.kind = OperationKind::factor;
      out.slot = recipes_.slot(RecipeKind::phase, ir.angle);
      return out;
    }
    if (ir.kind == IrKind::pauli) {
      out.kind = OperationKind::pauli;
      out.slot = recipes_.slot(RecipeKind::half_angle, ir.angle);
      out.lane_x = lane(moved);
      out.register_x = in_register(moved);
      out.quarter = static_cast<std::uint8_t>((std::popcount(ir.axes.y) + 3) % 4);
      return out;
    }
    const auto local = [&](std::uint64_t bit) {
      return static_cast<std::uint8_t>((bit & lanes) != 0
                                           ? std::countr_zero(bit)
                                           : static_cast<int>(header_.lane_bits) +
                                                 std::popcount(registers & (bit - 1)));
    };
    if (ir.kind == IrKind::dense) {
      out.kind = OperationKind::dense4;
      out.slot = PairMatrix::kScalars * ir.matrix;
      out.target = local(moved & ~lowest(moved));
      out.target2 = local(lowest(moved));
      return out;
    }
    out.target = local(moved);
    out.kind = ir.kind == IrKind::flip ? OperationKind::flip : OperationKind::real2;
    if (ir.kind == IrKind::rotation) out.slot = recipes_.slot(RecipeKind::rotation, ir.angle);
    if (ir.kind == IrKind::reflection) out.slot = recipes_.slot(RecipeKind::reflection, ir.angle);
    return out;
  }

  const Ir& ir_;
  PlanHeader header_;
  RecipeBook recipes_;
  std::vector<Pass> passes_;
  std::vector<Stage> stages_;
  std::vector<Operation> operations_;
  std::vector<Term> terms_;
};

}  // namespace

std::shared_ptr<const CompiledPlan> compile_plan(const PlanSource& source,
                                                 const Geometry& geometry) {
  const Ir ir = lower(source, geometry);
  PlanWriter writer(ir, geometry);
  for (const ScheduledPass& pass : schedule(ir, geometry)) writer.write(pass);
  return writer.finish(geometry);
}

}  // namespace qmlx
