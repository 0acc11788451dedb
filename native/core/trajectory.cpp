#include "core/trajectory.h"

#include <algorithm>

#include "core/comparison.h"
#include "core/philox.h"
#include "core/sampler.h"

namespace qmlx {

Status Trajectory::start() {
  if (Status status = program_->check_parameters(request_.parameters); !status.ok()) return status;
  if (Status status = simulator_->create_state(program_->qubits(), state_); !status.ok())
    return status;
  BoundProgram* bound = nullptr;
  if (Status status = simulator_->bind(*program_, bound); !status.ok()) return status;
  const RunControl control;
  walk_ = Walker(*simulator_, *bound, control).start();
  return simulator_->prepare(*state_, request_.initial);
}

Status Trajectory::step(const RunControl& control, TrajectoryStep& step) {
  step = {program_->instructions()[walk_.next]};
  // Other runs may have taken the place of the program in the cache since the last step.
  BoundProgram* bound = nullptr;
  if (Status status = simulator_->bind(*program_, bound); !status.ok()) return status;
  if (Status status = bound->start(request_.parameters); !status.ok()) return status;
  Walker walker(*simulator_, *bound, control);
  switch (step.instruction.kind) {
    case InstructionKind::measure:
    case InstructionKind::reset:
    case InstructionKind::postselect:
      return decide(walker, control, step);
    default:
      break;
  }
  const std::uint32_t following = walk_.next + 1;
  Status status = walker.carry_out(step.instruction, walk_, *state_);
  step.taken = walk_.next == following;
  return status;
}

Status Trajectory::decide(Walker& walker, const RunControl& control, TrajectoryStep& step) {
  double zero = 0;
  if (Status status = walker.probability_of_zero(*state_, step.instruction.a, zero); !status.ok())
    return status;
  if (Status status = choose(control, zero, step); !status.ok()) return status;
  step.probability = step.outcome ? 1 - zero : zero;
  bool alone = false;
  if (step.instruction.kind == InstructionKind::reset) {
    if (Status status = stands_alone(*state_, step.instruction.a, zero, alone); !status.ok())
      return status;
  }
  ++walk_.next;
  ++walk_.draws;
  if (step.instruction.kind == InstructionKind::measure)
    walk_.memory.set_bit(step.instruction.b, step.outcome);
  // As a run does it: the likelier outcome stands for both.
  return alone ? walker.project(*state_, step.instruction, zero < 0.5, std::max(zero, 1 - zero))
               : walker.project(*state_, step.instruction, step.outcome, step.probability);
}

Status Trajectory::choose(const RunControl& control, double zero, TrajectoryStep& step) {
  if (walk_.next >= program_->terminal_start()) {
    if (terminal_.empty()) {
      if (Status status = sample_terminal(control); !status.ok()) return status;
    }
    step.outcome = terminal_[walk_.next - program_->terminal_start()];
    return {};
  }
  step.outcome = ShotDraws(request_.seed, request_.shot).one(walk_.draws, zero);
  const bool wanted = step.instruction.b == 1;
  if (step.instruction.kind != InstructionKind::postselect || step.outcome == wanted) return {};
  if (!request_.force_postselection) {
    return failure(Code::unsupported, "Shot " + std::to_string(request_.shot) +
                                          " was dropped by a postselection and has no state.");
  }
  step.outcome = wanted;
  return (wanted ? 1 - zero : zero) > 0
             ? Status{}
             : failure(Code::assertion,
                       "A postselection asks for an outcome of probability 0 on this path.");
}

Status Trajectory::sample_terminal(const RunControl& control) {
  Sampler sampler(*state_, request_.seed, walk_.draws, control);
  if (Status status = sampler.run(request_.shot, 1); !status.ok()) return status;
  const std::uint64_t index = sampler.placed().front().place();
  for (const Measurement& measurement : program_->measurements())
    terminal_.push_back(sampler.outcome(index, measurement.qubit));
  return {};
}

}  // namespace qmlx
