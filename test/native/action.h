// One operation on whole basis indices, in float64, applied the slow and obvious way. Operations of
// the Ir and of plans both turn into it, so that a plan can be compared with the circuit it came
// from.
#pragma once

#include <bit>
#include <complex>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "core/compiled_plan.h"
#include "core/ir.h"

using Amplitudes = std::vector<std::complex<double>>;

struct Action {
  enum class Kind { rotation, flip, pauli, factor, dense } kind = Kind::factor;
  std::uint64_t moved = 0;  // rotation, flip: the target; pauli: the flipped bits
  std::uint64_t control_mask = 0, control_value = 0;  // where it acts
  std::uint64_t parity = 0;         // pauli: signs; factor: where it is conjugated
  unsigned quarter = 0;             // pauli
  double first = 1, second = 0;     // pauli: cos and sin; factor: re and im
  double matrix[4] = {1, 0, 0, 1};  // rotation, row by row
  std::complex<double> dense[16] =
      {};  // row by row; the higher of the moved bits is more significant

  void set_matrix(double m00, double m01, double m10, double m11) {
    matrix[0] = m00, matrix[1] = m01, matrix[2] = m10, matrix[3] = m11;
  }
};

inline void apply_to(const Action& action, Amplitudes& state) {
  using Complex = std::complex<double>;
  constexpr Complex kQuarters[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  const auto odd = [&](std::uint64_t index) {
    return std::popcount(index & action.parity) % 2 == 1;
  };
  for (std::uint64_t index = 0; index < state.size(); ++index) {
    if ((index & action.control_mask) != action.control_value) continue;
    if (action.kind == Action::Kind::factor) {
      state[index] *= Complex(action.first, odd(index) ? -action.second : action.second);
      continue;
    }
    if (action.kind == Action::Kind::dense) {
      if ((index & action.moved) != 0) continue;
      const std::uint64_t low = action.moved & (~action.moved + 1), high = action.moved ^ low;
      const std::uint64_t places[] = {index, index | low, index | high, index | low | high};
      Complex sums[4] = {};
      for (unsigned row = 0; row < 4; ++row) {
        for (unsigned column = 0; column < 4; ++column)
          sums[row] += action.dense[4 * row + column] * state[places[column]];
      }
      for (unsigned row = 0; row < 4; ++row) state[places[row]] = sums[row];
      continue;
    }
    const std::uint64_t partner = index ^ action.moved;
    if (partner < index) continue;
    const Complex low = state[index], high = state[partner];
    if (action.kind == Action::Kind::flip) {
      state[index] = high;
      state[partner] = low;
    } else if (action.kind == Action::Kind::rotation) {
      state[index] = action.matrix[0] * low + action.matrix[1] * high;
      state[partner] = action.matrix[2] * low + action.matrix[3] * high;
    } else {
      const Complex factor = action.second * kQuarters[action.quarter];
      state[index] = action.first * low + factor * (odd(partner) ? -1.0 : 1.0) * high;
      state[partner] = action.first * high + factor * (odd(index) ? -1.0 : 1.0) * low;
    }
  }
}

inline Action action_of(const qmlx::IrOperation& ir, const std::vector<double>& angles) {
  Action action;
  action.moved = ir.axes.moved();
  action.control_mask = ir.control_mask;
  action.control_value = ir.control_value;
  action.parity = ir.z_mask;
  const auto [cosine, sine, value] =
      ir.angle.circular(angles, ir.kind == qmlx::IrKind::term ? 1 : 0.5);
  action.first = cosine;
  action.second = sine;
  switch (ir.kind) {
    case qmlx::IrKind::rotation:
      action.kind = Action::Kind::rotation;
      action.set_matrix(cosine, -sine, sine, cosine);
      break;
    case qmlx::IrKind::reflection:
      action.kind = Action::Kind::rotation;
      action.set_matrix(sine, cosine, cosine, -sine);
      break;
    case qmlx::IrKind::flip:
      action.kind = Action::Kind::flip;
      break;
    case qmlx::IrKind::term:
      action.kind = Action::Kind::factor;
      break;
    case qmlx::IrKind::pauli:
      action.kind = Action::Kind::pauli;
      action.quarter = static_cast<unsigned>(std::popcount(ir.axes.y) + 3) % 4;
      break;
    case qmlx::IrKind::dense:
      throw std::logic_error("a fused matrix is compared with what it was fused from");
  }
  return action;
}

// Reads a plan back into whole-index actions, in plan order.
class PlanActions {
 public:
  PlanActions(const qmlx::CompiledPlan& plan, const std::vector<float>& values)
      : view_(plan.view()), values_(values) {}

  std::vector<Action> all() const {
    std::vector<Action> actions;
    for (const qmlx::Pass& pass : view_.passes()) {
      for (const qmlx::Stage& stage : view_.stages(pass)) {
        if (stage.kind == qmlx::StageKind::diagonal) {
          for (const qmlx::Term& term : view_.terms(stage)) actions.push_back(of(term, pass));
        } else {
          for (const qmlx::Operation& operation : view_.operations(stage))
            actions.push_back(of(operation, stage, pass));
        }
      }
    }
    return actions;
  }

 private:
  static std::uint64_t spread(std::uint32_t positions, const qmlx::Pass& pass) {
    std::uint64_t mask = 0;
    for (unsigned position = 0; position < 32; ++position) {
      if ((positions >> position & 1) != 0) mask |= std::uint64_t{1} << pass.tile_bits[position];
    }
    return mask;
  }

  std::uint64_t local(std::uint32_t lanes, std::uint32_t registers, const qmlx::Stage& stage,
                      const qmlx::Pass& pass) const {
    std::uint32_t positions = lanes;
    for (unsigned k = 0; k < view_.header().register_bits; ++k) {
      if ((registers >> k & 1) != 0) positions |= std::uint32_t{1} << stage.register_positions[k];
    }
    return spread(positions, pass);
  }

  Action of(const qmlx::Term& term, const qmlx::Pass& pass) const {
    return {Action::Kind::factor,
            0,
            spread(term.tile_mask, pass) | term.outside_mask,
            spread(term.tile_value, pass) | term.outside_value,
            spread(term.tile_parity, pass) | term.outside_parity,
            0,
            values_[term.slot],
            values_[term.slot + 1]};
  }

  Action of(const qmlx::Operation& from, const qmlx::Stage& stage, const qmlx::Pass& pass) const {
    Action action;
    action.control_mask = local(from.lane_mask, from.register_mask, stage, pass) |
                          spread(from.tile_mask, pass) | from.outside_mask;
    action.control_value = local(from.lane_value, from.register_value, stage, pass) |
                           spread(from.tile_value, pass) | from.outside_value;
    action.parity = local(from.lane_z, from.register_z, stage, pass) | spread(from.tile_z, pass) |
                    from.outside_z;
    action.quarter = from.quarter;
    const unsigned lanes = view_.header().lane_bits;
    const auto bit = [&](unsigned target) {
      return target < lanes ? local(1U << target, 0, stage, pass)
                            : local(0, 1U << (target - lanes), stage, pass);
    };
    action.moved = bit(from.target);
    switch (from.kind) {
      case qmlx::OperationKind::real2:
        action.kind = Action::Kind::rotation;
        action.set_matrix(values_[from.slot], values_[from.slot + 1], values_[from.slot + 2],
                          values_[from.slot + 3]);
        return action;
      case qmlx::OperationKind::dense4:
        action.kind = Action::Kind::dense;
        if (bit(from.target2) > action.moved)
          throw std::logic_error("the planner names the higher bit of a matrix first");
        action.moved |= bit(from.target2);
        for (unsigned k = 0; k < 16; ++k)
          action.dense[k] = {values_[from.slot + 2 * k], values_[from.slot + 2 * k + 1]};
        return action;
      case qmlx::OperationKind::flip:
        action.kind = Action::Kind::flip;
        return action;
      case qmlx::OperationKind::factor:
        action.kind = Action::Kind::factor;
        break;
      default:
        action.kind = Action::Kind::pauli;
        action.moved = local(from.lane_x, from.register_x, stage, pass);
    }
    action.first = values_[from.slot];
    action.second = values_[from.slot + 1];
    return action;
  }

  qmlx::PlanView view_;
  const std::vector<float>& values_;
};
