#include "cpu/plan_adapter.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "cpu/executor.h"
#include "kernels/bits.h"

namespace qmlx::cpu {

namespace {

std::uint64_t low_mask(unsigned bits) { return (std::uint64_t{1} << bits) - 1; }

class Adapter {
 public:
  Adapter(const PlanView& plan, unsigned lane_bits) : from_(plan.header()), to_(plan.header()) {
    const std::uint64_t lanes = low_mask(lane_bits);
    to_.bits = std::max(from_.bits, lane_bits);
    to_.lane_bits = lane_bits;
    to_.row_bits = std::max(from_.row_bits, lane_bits);
    for (const Pass& pass : plan.passes()) {
      const auto bits = static_cast<unsigned>(std::popcount(pass.tile_mask | lanes));
      to_.tile_bits = std::max(to_.tile_bits, bits);
    }
    const unsigned wider = from_.lane_bits > lane_bits ? from_.lane_bits - lane_bits : 0;
    to_.register_bits = std::min(from_.register_bits + wider, to_.tile_bits - lane_bits);
  }

  bool run(std::vector<std::uint64_t>& adapted) {
    if (to_.register_bits > kMaxExecutorRegisterBits) return false;
    adapted.assign((from_.bytes + 7) / 8, 0);
    auto* block = reinterpret_cast<std::byte*>(adapted.data());
    std::memcpy(block, &from_, from_.bytes);
    std::memcpy(block, &to_, sizeof(to_));
    const auto array = [&]<typename Item>(const Item&, std::uint32_t offset) {
      return reinterpret_cast<Item*>(block + offset);
    };
    stages_ = array(Stage{}, to_.stage_offset);
    operations_ = array(Operation{}, to_.operation_offset);
    terms_ = array(Term{}, to_.term_offset);
    Pass* passes = array(Pass{}, to_.pass_offset);
    for (std::uint32_t k = 0; k < to_.pass_count; ++k) adapt_pass(passes[k]);
    return true;
  }

 private:
  // A mask over the tile of the adapted pass, and one over the bits outside it.
  struct Masks {
    std::uint64_t tile, outside;
  };

  void adapt_pass(Pass& pass) {
    pass_ = pass;
    tile_ = pass.tile_mask | low_mask(to_.lane_bits);
    while (static_cast<unsigned>(std::popcount(tile_)) < to_.tile_bits) tile_ |= tile_ + 1;
    pass.tile_mask = tile_;
    unsigned position = 0;
    for (std::uint64_t rest = tile_; rest != 0; rest &= rest - 1)
      pass.tile_bits[position++] = static_cast<std::uint8_t>(std::countr_zero(rest));
    for (std::uint32_t k = 0; k < pass.stage_count; ++k) {
      Stage& stage = stages_[pass.first_stage + k];
      if (stage.kind == StageKind::diagonal) {
        for (std::uint32_t t = 0; t < stage.count; ++t) adapt_term(terms_[stage.first + t]);
      } else {
        adapt_phase(stage);
      }
    }
  }

  unsigned position_of(unsigned bit) const {
    return static_cast<unsigned>(std::popcount(tile_ & low_mask(bit)));
  }

  Masks split(std::uint64_t state_mask) const {
    return {extract(state_mask, tile_), state_mask & ~tile_};
  }

  std::uint64_t state_mask(std::uint64_t tile_positions, std::uint64_t outside) const {
    return deposit(tile_positions, pass_.tile_mask) | outside;
  }

  void adapt_term(Term& term) const {
    const Masks mask = split(state_mask(term.tile_mask, term.outside_mask));
    const Masks value = split(state_mask(term.tile_value, term.outside_value));
    const Masks parity = split(state_mask(term.tile_parity, term.outside_parity));
    term.tile_mask = static_cast<std::uint32_t>(mask.tile);
    term.tile_value = static_cast<std::uint32_t>(value.tile);
    term.tile_parity = static_cast<std::uint32_t>(parity.tile);
    term.outside_mask = mask.outside;
    term.outside_value = value.outside;
    term.outside_parity = parity.outside;
  }

  void adapt_phase(Stage& stage) {
    const std::uint64_t lanes = low_mask(to_.lane_bits);
    std::uint64_t old_registers = 0;  // positions in the old tile
    for (unsigned k = 0; k < from_.register_bits; ++k)
      old_registers |= std::uint64_t{1} << stage.register_positions[k];
    old_local_ = old_registers | low_mask(from_.lane_bits);
    registers_ = split(deposit(old_local_, pass_.tile_mask)).tile & ~lanes;
    std::uint64_t free = low_mask(to_.tile_bits) & ~lanes & ~registers_;
    for (; static_cast<unsigned>(std::popcount(registers_)) < to_.register_bits; free &= free - 1)
      registers_ |= free & (~free + 1);
    unsigned count = 0;
    for (std::uint64_t rest = registers_; rest != 0; rest &= rest - 1)
      stage.register_positions[count++] = static_cast<std::uint8_t>(std::countr_zero(rest));
    for (std::uint32_t k = 0; k < stage.count; ++k) adapt_operation(operations_[stage.first + k]);
  }

  // From the four parts of a mask to the bits of the state it names.
  std::uint64_t whole(std::uint64_t lane_part, std::uint64_t register_part, std::uint64_t tile_part,
                      std::uint64_t outside) const {
    const std::uint64_t local = lane_part | register_part << from_.lane_bits;
    return state_mask(deposit(local, old_local_) | tile_part, outside);
  }

  struct Parts {
    std::uint16_t lane, in_register;
    std::uint32_t tile;
    std::uint64_t outside;
  };

  Parts parts(std::uint64_t mask) const {
    const Masks split_mask = split(mask);
    const std::uint64_t lanes = low_mask(to_.lane_bits);
    return {static_cast<std::uint16_t>(split_mask.tile & lanes),
            static_cast<std::uint16_t>(extract(split_mask.tile, registers_)),
            static_cast<std::uint32_t>(split_mask.tile & ~lanes & ~registers_), split_mask.outside};
  }

  std::uint8_t local_bit(unsigned old_local_bit) const {
    const Parts place = parts(whole(std::uint64_t{1} << old_local_bit, 0, 0, 0));
    return static_cast<std::uint8_t>(place.lane != 0 ? std::countr_zero(place.lane)
                                                     : static_cast<int>(to_.lane_bits) +
                                                           std::countr_zero(place.in_register));
  }

  void adapt_operation(Operation& op) const {
    const Parts mask = parts(whole(op.lane_mask, op.register_mask, op.tile_mask, op.outside_mask));
    const Parts value =
        parts(whole(op.lane_value, op.register_value, op.tile_value, op.outside_value));
    const Parts z = parts(whole(op.lane_z, op.register_z, op.tile_z, op.outside_z));
    const Parts x = parts(whole(op.lane_x, op.register_x, 0, 0));
    if (op.kind != OperationKind::pauli && op.kind != OperationKind::factor)
      op.target = local_bit(op.target);
    if (op.kind == OperationKind::dense4) op.target2 = local_bit(op.target2);
    op.lane_mask = mask.lane;
    op.lane_value = value.lane;
    op.register_mask = mask.in_register;
    op.register_value = value.in_register;
    op.tile_mask = mask.tile;
    op.tile_value = value.tile;
    op.outside_mask = mask.outside;
    op.outside_value = value.outside;
    op.lane_x = x.lane;
    op.register_x = x.in_register;
    op.lane_z = z.lane;
    op.register_z = z.in_register;
    op.tile_z = z.tile;
    op.outside_z = z.outside;
  }

  const PlanHeader& from_;
  PlanHeader to_;
  Stage* stages_ = nullptr;
  Operation* operations_ = nullptr;
  Term* terms_ = nullptr;
  Pass pass_{};                  // as it was
  std::uint64_t tile_ = 0;       // as it becomes, bits of the state
  std::uint64_t old_local_ = 0;  // of the phase: positions in the old tile
  std::uint64_t registers_ = 0;  // of the phase: positions in the new tile
};

}  // namespace

bool fits_lanes(const PlanHeader& header, unsigned lane_bits) {
  return header.lane_bits == lane_bits && header.register_bits <= kMaxExecutorRegisterBits;
}

bool adapt_plan(const PlanView& plan, unsigned lane_bits, std::vector<std::uint64_t>& adapted) {
  return Adapter(plan, lane_bits).run(adapted);
}

}  // namespace qmlx::cpu
