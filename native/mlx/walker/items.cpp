#include "mlx/walker/items.h"

namespace qmlx::walker {

namespace {

std::uint64_t spread(std::uint32_t positions, const Pass& pass) {
  std::uint64_t mask = 0;
  for (unsigned position = 0; positions != 0; ++position, positions >>= 1) {
    if ((positions & 1) != 0) mask |= std::uint64_t{1} << pass.tile_bits[position];
  }
  return mask;
}

// From lanes and registers of a phase to bits of the state.
class LocalBits {
 public:
  LocalBits(const Stage& stage, const Pass& pass, const PlanHeader& header)
      : stage_(stage), pass_(pass), lanes_(header.lane_bits) {}

  std::uint8_t bit(unsigned local) const {
    return pass_.tile_bits[local < lanes_ ? local : stage_.register_positions[local - lanes_]];
  }
  std::uint64_t mask(std::uint32_t lane_part, std::uint32_t register_part) const {
    std::uint64_t result = 0;
    std::uint32_t local = lane_part | register_part << lanes_;
    for (unsigned k = 0; local != 0; ++k, local >>= 1) {
      if ((local & 1) != 0) result |= std::uint64_t{1} << bit(k);
    }
    return result;
  }

 private:
  const Stage& stage_;
  const Pass& pass_;
  unsigned lanes_;
};

}  // namespace

Item item_of(const Term& term, const Pass& pass) {
  Item item;
  item.diagonal = true;
  item.slot = term.slot;
  item.control_mask = spread(term.tile_mask, pass) | term.outside_mask;
  item.control_value = spread(term.tile_value, pass) | term.outside_value;
  item.z = spread(term.tile_parity, pass) | term.outside_parity;
  return item;
}

Item item_of(const Operation& operation, const Stage& stage, const Pass& pass,
             const PlanHeader& header) {
  const LocalBits local(stage, pass, header);
  Item item;
  item.kind = operation.kind;
  item.diagonal = operation.kind == OperationKind::factor;
  item.slot = operation.slot;
  item.quarter = operation.quarter;
  item.control_mask = local.mask(operation.lane_mask, operation.register_mask) |
                      spread(operation.tile_mask, pass) | operation.outside_mask;
  item.control_value = local.mask(operation.lane_value, operation.register_value) |
                       spread(operation.tile_value, pass) | operation.outside_value;
  if (item.diagonal || operation.kind == OperationKind::pauli) {
    item.z = local.mask(operation.lane_z, operation.register_z) | spread(operation.tile_z, pass) |
             operation.outside_z;
  }
  if (item.diagonal) return item;
  if (operation.kind == OperationKind::pauli) {
    item.moved = local.mask(operation.lane_x, operation.register_x);
    return item;
  }
  item.target = local.bit(operation.target);
  item.moved = std::uint64_t{1} << item.target;
  if (operation.kind == OperationKind::dense4) {
    item.target2 = local.bit(operation.target2);
    item.moved |= std::uint64_t{1} << item.target2;
  }
  return item;
}

std::uint64_t local_bits(const Stage& stage, const Pass& pass, const PlanHeader& header) {
  return LocalBits(stage, pass, header)
      .mask((1U << header.lane_bits) - 1, (1U << header.register_bits) - 1);
}

std::vector<Step> order_steps(std::vector<Item> items) {
  std::vector<Step> steps;
  while (!items.empty()) {
    for (Item& mover : take_ready(items, [](const Item& item) { return !item.diagonal; }))
      steps.push_back({mover});
    Step diagonal = take_ready(items, [](const Item& item) { return item.diagonal; });
    if (!diagonal.empty()) steps.push_back(std::move(diagonal));
  }
  return steps;
}

}  // namespace qmlx::walker
