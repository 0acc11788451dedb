#include <algorithm>
#include <bit>
#include <numbers>
#include <span>
#include <utility>

#include "core/fuse.h"
#include "core/ir.h"
#include "core/selection.h"
#include "gates/gates.gen.h"

namespace qmlx {

namespace {

constexpr double kPi = std::numbers::pi;

Angle constant(double value) { return {value, {}}; }

Angle scaled(const Angle& angle, double factor) { return Angle{}.add(angle, factor); }

// X as u(π, 0, π); no other gate is written with this constant angle.
const AngleRun::Gate kFlip{constant(kPi), {}, constant(kPi)};

struct Controls {
  std::uint64_t mask = 0, value = 0;
};

class Lowering {
 public:
  Lowering(const PlanSource& source, const Geometry& geometry)
      : gates_(source.segment.gates), geometry_(geometry) {
    ir_.bits = source.bits;
    ir_.angle_count = source.angle_count;
    ir_.order = source.order;
    pending_.resize(ir_.bits);
  }

  Ir run() {
    for (const GateOperation& gate : gates_) expand(gate);
    for (unsigned bit = 0; bit < ir_.bits; ++bit) flush(bit);
    if (!global_phase_.is_zero()) emit_term({}, 0, global_phase_);
    return std::move(ir_);
  }

 private:
  std::uint64_t physical(std::uint64_t logical) const {
    std::uint64_t mask = 0;
    for (; logical != 0; logical &= logical - 1)
      mask |= bit_mask(ir_.order[std::countr_zero(logical)]);
    return mask;
  }

  void expand(const GateOperation& gate) {
    if (!gate.pauli.empty()) {
      std::vector<unsigned> targets;
      targets.reserve(gate.targets.size());
      for (const std::uint8_t target : gate.targets) targets.push_back(ir_.order[target]);
      pauli(gate.pauli.data(), targets, {physical(gate.control_mask), physical(gate.control_value)},
            {0, {{gate.angles.front(), 1}}});
      return;
    }
    const GateRow& row = kGates[gate.gate];
    for (std::size_t k = 0; k < row.step_count; ++k) step(kSteps[row.first_step + k], gate);
  }

  static Angle angle(const Affine& affine, const GateOperation& gate) {
    Angle result{affine.constant, {}};
    for (std::size_t k = 0; k < gate.angles.size(); ++k) {
      if (affine.coefficient[k] != 0) result.add({0, {{gate.angles[k], 1}}}, affine.coefficient[k]);
    }
    return result;
  }

  void step(const Step& step, const GateOperation& gate) {
    const Controls controls{physical(gate.control_mask), physical(gate.control_value)};
    unsigned target[3] = {};
    std::uint64_t targets = 0;
    for (unsigned k = 0; k < step.target_count; ++k) {
      target[k] = ir_.order[gate.targets[step.targets[k]]];
      targets |= bit_mask(target[k]);
    }
    const auto nth_angle = [&](unsigned k) { return angle(step.angles[k], gate); };
    switch (step.primitive) {
      case Primitive::u:
        one_qubit(target[0], controls, nth_angle(0), nth_angle(1), nth_angle(2));
        break;
      case Primitive::rot:
        one_qubit(target[0], controls, nth_angle(0), {}, {});
        break;
      case Primitive::phase:
        phase(targets, controls, nth_angle(0));
        break;
      case Primitive::parity:
        parity(targets, controls, nth_angle(0));
        break;
      case Primitive::flip:
        flip(target[0], controls);
        break;
      case Primitive::swap:
        swap(gate, step, controls, target[0], target[1]);
        break;
      case Primitive::pauli:
        pauli(step.pauli, std::span(target).first(step.target_count), controls, nth_angle(0));
        break;
    }
  }

  void one_qubit(unsigned bit, Controls controls, const Angle& theta, const Angle& phi,
                 const Angle& lambda) {
    if (controls.mask == 0) {
      pending_[bit].push_back({theta, phi, lambda});
      return;
    }
    flush_all(controls.mask | bit_mask(bit));
    const Controls with_target{controls.mask | bit_mask(bit), controls.value | bit_mask(bit)};
    if (!lambda.is_zero()) emit_term(with_target, 0, lambda);
    emit_rotation(bit, controls, theta, false);
    if (!phi.is_zero()) emit_term(with_target, 0, phi);
  }

  void phase(std::uint64_t targets, Controls controls, const Angle& value) {
    const Controls where{controls.mask | targets, controls.value | targets};
    if (where.mask == 0) {
      global_phase_.add(value);
    } else if (std::has_single_bit(where.mask) && where.value == where.mask) {
      pending_[static_cast<unsigned>(std::countr_zero(where.mask))].push_back({{}, {}, value});
    } else {
      flush_all(where.mask);
      emit_term(where, 0, value);
    }
  }

  void parity(std::uint64_t targets, Controls controls, const Angle& theta) {
    if (controls.mask == 0 && std::has_single_bit(targets)) {
      global_phase_.add(theta, -0.5);
      phase(targets, controls, theta);
      return;
    }
    flush_all(controls.mask | targets);
    emit_term(controls, targets, scaled(theta, -0.5));
  }

  void flip(unsigned bit, Controls controls) {
    if (controls.mask == 0) {
      pending_[bit].push_back(kFlip);
      return;
    }
    flush_all(controls.mask | bit_mask(bit));
    emit_flip(bit, controls);
  }

  void swap(const GateOperation& gate, const Step& step, Controls controls, unsigned first,
            unsigned second) {
    if (controls.mask == 0) {
      std::swap(ir_.order[gate.targets[step.targets[0]]], ir_.order[gate.targets[step.targets[1]]]);
      return;
    }
    flush_all(controls.mask | bit_mask(first) | bit_mask(second));
    const Controls inner{controls.mask | bit_mask(first), controls.value | bit_mask(first)};
    emit_flip(first, {bit_mask(second), bit_mask(second)});
    emit_flip(second, inner);
    emit_flip(first, {bit_mask(second), bit_mask(second)});
  }

  void pauli(const char* letters, std::span<const unsigned> targets, Controls controls,
             const Angle& theta) {
    IrOperation operation{IrKind::pauli, {}, controls.mask, controls.value, 0, theta};
    for (std::size_t k = 0; k < targets.size(); ++k) {
      const std::uint64_t mask = bit_mask(targets[k]);
      const char letter = letters[k];
      (letter == 'X'   ? operation.axes.x
       : letter == 'Y' ? operation.axes.y
                       : operation.axes.z) |= mask;
      if (letter != 'X') operation.z_mask |= mask;
    }
    const std::uint64_t moved = operation.axes.moved();
    if (moved == 0) {
      parity(operation.z_mask, controls, theta);
      return;
    }
    flush_all(operation.axes.all() | controls.mask);
    if (fits_phase(moved, geometry_)) {
      operation.axes.z |= controls.mask;
      ir_.operations.push_back(std::move(operation));
      return;
    }
    change_basis(operation, -1);
    flush_all(operation.axes.all());
    emit_term(controls, operation.axes.all(), scaled(theta, -0.5));
    change_basis(operation, 1);
  }

  // RY(π/2) Z RY(−π/2) = X and RX(−π/2) Z RX(π/2) = Y; `direction` −1 goes from the string's basis
  // to Z.
  void change_basis(const IrOperation& operation, double direction) {
    for (unsigned bit = 0; bit < ir_.bits; ++bit) {
      if (operation.axes.x & bit_mask(bit))
        one_qubit(bit, {}, constant(direction * kPi / 2), {}, {});
      if (operation.axes.y & bit_mask(bit))
        one_qubit(bit, {}, constant(-direction * kPi / 2), constant(-kPi / 2), constant(kPi / 2));
    }
  }

  void flush_all(std::uint64_t mask) {
    for (; mask != 0; mask &= mask - 1) flush(static_cast<unsigned>(std::countr_zero(mask)));
  }

  // Ends a run of one-qubit gates: at most one rotation and one flip between two phases, however
  // long it was.
  void flush(unsigned bit) {
    std::vector<AngleRun::Gate>& run = pending_[bit];
    if (run.empty()) return;
    join_rotations(run);
    const auto rotations = std::count_if(run.begin(), run.end(), [](const AngleRun::Gate& gate) {
      return !gate.theta.is_zero() && gate != kFlip;
    });
    rotations > 1 ? emit_run(bit, run) : emit_single(bit, run);
    run.clear();
  }

  // Rotations about one axis in a row are one: RY(b) · P(λ) · P(φ) · RY(a) = RY(a + b) if λ = −φ.
  static void join_rotations(std::vector<AngleRun::Gate>& run) {
    const auto rotates = [](const AngleRun::Gate& gate) {
      return !gate.theta.is_zero() && gate != kFlip;
    };
    std::size_t last = 0;
    for (std::size_t k = 1; k < run.size(); ++k) {
      if (rotates(run[last]) && rotates(run[k]) &&
          Angle(run[last].phi).add(run[k].lambda).is_zero()) {
        run[last].theta.add(run[k].theta);
        run[last].phi = std::move(run[k].phi);
        if (run[last].theta.is_zero()) run[last] = {{}, {}, run[last].lambda.add(run[last].phi)};
      } else if (++last != k) {
        run[last] = std::move(run[k]);
      }
    }
    run.resize(last + 1);
  }

  // Phases and flips around one rotation, brought into the form P(after) · X^flipped · RY(θ) ·
  // P(before) by X · P(a) = e^{ia} P(−a) · X and RY(θ) · X = X · RY(−θ).
  void emit_single(unsigned bit, const std::vector<AngleRun::Gate>& run) {
    Angle before, theta, after;
    bool flipped = false;
    for (const AngleRun::Gate& gate : run) {
      if (gate == kFlip) {
        global_phase_.add(after);
        after = scaled(after, -1);
        flipped = !flipped;
        continue;
      }
      (theta.is_zero() && !flipped ? before : after).add(gate.lambda);
      if (gate.theta.is_zero()) continue;
      if (flipped) global_phase_.add(after);
      before.add(after, flipped ? -1 : 1);
      after = {};
      theta = scaled(gate.theta, flipped ? -1 : 1);
      after.add(gate.phi);
    }
    const Controls here{bit_mask(bit), bit_mask(bit)};
    if (!before.is_zero()) emit_term(here, 0, before);
    if (!theta.is_zero()) {
      emit_rotation(bit, {}, theta, flipped);
    } else if (flipped) {
      emit_flip(bit, {});
    }
    if (!after.is_zero()) emit_term(here, 0, after);
  }

  void emit_run(unsigned bit, const std::vector<AngleRun::Gate>& run) {
    const std::uint32_t derived = ir_.angle_count;
    ir_.angle_count += 4;
    ir_.runs.push_back({derived, run});
    const Controls here{bit_mask(bit), bit_mask(bit)};
    emit_term(here, 0, {0, {{derived + 2, 1}}});
    emit_rotation(bit, {}, {0, {{derived, 1}}}, false);
    emit_term(here, 0, {0, {{derived + 1, 1}}});
    global_phase_.add({0, {{derived + 3, 1}}});
  }

  void emit_term(Controls controls, std::uint64_t parity_mask, Angle value) {
    ir_.operations.push_back({IrKind::term,
                              {0, 0, controls.mask | parity_mask},
                              controls.mask,
                              controls.value,
                              parity_mask,
                              std::move(value)});
  }

  void emit_rotation(unsigned bit, Controls controls, Angle theta, bool reflected) {
    const std::uint64_t target = bit_mask(bit);
    ir_.operations.push_back({reflected ? IrKind::reflection : IrKind::rotation,
                              {reflected ? target : 0, target, controls.mask},
                              controls.mask,
                              controls.value,
                              0,
                              std::move(theta)});
  }

  void emit_flip(unsigned bit, Controls controls) {
    ir_.operations.push_back(
        {IrKind::flip, {bit_mask(bit), 0, controls.mask}, controls.mask, controls.value, 0, {}});
  }

  const std::vector<GateOperation>& gates_;
  const Geometry& geometry_;
  Ir ir_;
  std::vector<std::vector<AngleRun::Gate>> pending_;  // per physical bit, first to last
  Angle global_phase_;
};

}  // namespace

Ir lower(const PlanSource& source, const Geometry& geometry) {
  Ir ir = Lowering(source, geometry).run();
  fuse_pairs(ir, geometry);
  return ir;
}

}  // namespace qmlx
