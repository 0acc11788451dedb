#include "core/execution.h"

#include <algorithm>
#include <numeric>

#include "core/atomic_flag.h"
#include "core/comparison.h"
#include "core/measured_bits.h"
#include "core/philox.h"
#include "core/sampler.h"
#include "core/shot_counts.h"

namespace qmlx {

namespace {

constexpr std::uint32_t kChunk = 1U << 22;
constexpr std::uint32_t kMostStates = 64;
constexpr std::uint32_t kDropped = UINT32_MAX;
// Outcomes less likely than this come from rounding; an exact distribution leaves them out.
constexpr double kNegligible = 1e-13;
constexpr double kExactProgress = 1000;  // steps
constexpr unsigned kMostExactQubits = 24;

}  // namespace

Execution::Execution(Simulator& simulator, BoundProgram& bound, const ExecutionRequest& request,
                     const RunControl& control)
    : simulator_(simulator),
      bound_(bound),
      program_(bound.program()),
      request_(request),
      control_(control),
      inner_{control.cancel, {}},
      walker_(simulator, bound, inner_),
      collector_(program_.bits()),
      max_states_(request.max_states) {
  if (control.progress) inner_.progress = [this](std::uint64_t, std::uint64_t) { report(); };
}

Status Execution::run(ExecutionResult& result) {
  result = {};
  if (Status status = bound_.start(request_.parameters); !status.ok()) return status;
  if (max_states_ == 0) {
    qmlx_description description{};
    if (Status status = simulator_.describe(description); !status.ok()) return status;
    max_states_ = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(
        description.available_bytes / (simulator_.amplitude_bytes() << program_.qubits()), 1,
        kMostStates));
  }
  if (request_.exact) {
    if (Status status = chunk(0, 0); !status.ok()) return status;
  }
  const std::uint64_t shots = request_.exact ? 0 : request_.shots;
  for (std::uint64_t first = 0; first < shots; first += kChunk) {
    if (Status status = chunk(
            first, static_cast<std::uint32_t>(std::min<std::uint64_t>(kChunk, shots - first)));
        !status.ok())
      return status;
  }
  std::vector<std::uint32_t> rank;
  if (Status status = collector_.finish(result.outcomes, rank); !status.ok()) return status;
  for (std::uint32_t& outcome : shot_outcomes_)
    outcome = outcome == kDropped ? kDropped : rank[outcome];
  result.shot_outcomes = std::move(shot_outcomes_);
  result.dropped = dropped_;
  return {};
}

Status Execution::chunk(std::uint64_t first_shot, std::uint32_t count) {
  first_shot_ = first_shot;
  shots_.resize(count);
  spare_.resize(count);
  std::iota(shots_.begin(), shots_.end(), 0U);
  if (request_.per_shot) shot_outcomes_.resize(first_shot + count, kDropped);
  Branch root;
  root.last = count;
  stack_.clear();
  if (request_.exact) {
    if (Status status = merge_and_follow(std::move(root)); !status.ok()) return status;
  } else {
    stack_.push_back(std::move(root));
  }
  while (!stack_.empty()) {
    if (is_set(control_.cancel)) return failure(Code::cancelled, "Cancelled.");
    Branch branch = std::move(stack_.back());
    stack_.pop_back();
    if (!branch.state) {
      if (Status status = replay(branch); !status.ok()) return status;
    }
    if (Status status = advance(std::move(branch)); !status.ok()) return status;
    --live_states_;
    if (control_.progress) report();
  }
  return {};
}

// Follows one branch to its end; those that part from it go on the stack.
Status Execution::advance(Branch branch) {
  const std::vector<Instruction>& instructions = program_.instructions();
  while (branch.walk.next < program_.terminal_start()) {
    const Instruction& instruction = instructions[branch.walk.next];
    Status status = decides(instruction.kind)
                        ? decide(branch, instruction)
                        : walker_.carry_out(instruction, branch.walk, *branch.state);
    if (!status.ok()) return status;
    if (branch.weight == 0) return {};
  }
  return request_.exact ? finish_exactly(branch) : finish(branch);
}

Status Execution::decide(Branch& branch, const Instruction& instruction) {
  double zero = 0;
  if (Status status = walker_.probability_of_zero(*branch.state, instruction.a, zero); !status.ok())
    return status;
  if (instruction.kind == InstructionKind::reset) {
    bool alone = false;
    if (Status status = stands_alone(*branch.state, instruction.a, zero, alone); !status.ok())
      return status;
    if (alone) return follow(branch, instruction, zero < 0.5, std::max(zero, 1 - zero));
  }
  return request_.exact ? decide_exactly(branch, instruction, zero)
                        : decide_shots(branch, instruction, zero);
}

Status Execution::decide_shots(Branch& branch, const Instruction& instruction, double zero) {
  const std::uint32_t middle = split(branch.first, branch.last, branch.walk.draws, zero);
  const bool zeros = middle > branch.first, ones = middle < branch.last;
  if (zeros && ones) {
    Branch other;
    if (Status status = fork(branch, other); !status.ok()) return status;
    other.first = middle;
    branch.last = middle;
    if (Status status = follow(other, instruction, true, 1 - zero); !status.ok()) return status;
    if (other.weight != 0) {
      stack_.push_back(std::move(other));
    } else if (other.state) {
      --live_states_;
    }
  }
  return follow(branch, instruction, !zeros, zeros ? zero : 1 - zero);
}

Status Execution::decide_exactly(Branch& branch, const Instruction& instruction, double zero) {
  const double weight = branch.weight;
  const bool zeros = weight * zero > kNegligible, ones = weight * (1 - zero) > kNegligible;
  if (!zeros && !ones) {
    branch.weight = 0;
    return {};
  }
  if (zeros && ones) {
    Branch other;
    if (Status status = fork(branch, other); !status.ok()) return status;
    other.weight = weight * (1 - zero);
    if (Status status = follow(other, instruction, true, 1 - zero); !status.ok()) return status;
    if (other.weight != 0) {
      stack_.push_back(std::move(other));
    } else if (other.state) {
      --live_states_;
    }
  }
  branch.weight = weight * (zeros ? zero : 1 - zero);
  return follow(branch, instruction, !zeros, zeros ? zero : 1 - zero);
}

// Takes the branch past a decision whose outcome is known. A branch that postselection drops gets
// weight 0.
Status Execution::follow(Branch& branch, const Instruction& instruction, bool one,
                         double probability) {
  if (instruction.kind == InstructionKind::postselect && one != (instruction.b == 1)) {
    drop(branch);
    branch.weight = 0;
    return {};
  }
  branch.history.push_back(one);
  ++branch.walk.next;
  ++branch.walk.draws;
  if (instruction.kind == InstructionKind::measure) branch.walk.memory.set_bit(instruction.b, one);
  return branch.state ? walker_.project(*branch.state, instruction, one, probability) : Status{};
}

// A copy of the branch, without its state if too many are held.
Status Execution::fork(const Branch& branch, Branch& other) {
  other.walk = branch.walk;
  other.first = branch.first;
  other.last = branch.last;
  other.weight = branch.weight;
  other.history = branch.history;
  if (live_states_ >= max_states_) return {};
  if (Status status = simulator_.create_state(program_.qubits(), other.state); !status.ok()) {
    return status.code == Code::out_of_memory ? Status{} : status;
  }
  ++live_states_;
  return simulator_.copy(*branch.state, *other.state);
}

// Makes the branch's state by running from the start with its outcomes forced.
Status Execution::replay(Branch& branch) {
  if (Status status = simulator_.create_state(program_.qubits(), branch.state); !status.ok())
    return status;
  ++live_states_;
  if (Status status = simulator_.prepare(*branch.state, request_.initial); !status.ok())
    return status;
  Walk walk = walker_.start();
  for (std::size_t decided = 0; decided < branch.history.size();) {
    const Instruction& instruction = program_.instructions()[walk.next];
    if (!decides(instruction.kind)) {
      if (Status status = walker_.carry_out(instruction, walk, *branch.state); !status.ok())
        return status;
      continue;
    }
    double zero = 0;
    if (Status status = walker_.probability_of_zero(*branch.state, instruction.a, zero);
        !status.ok())
      return status;
    const bool one = branch.history[decided++];
    ++walk.next;
    ++walk.draws;
    if (instruction.kind == InstructionKind::measure) walk.memory.set_bit(instruction.b, one);
    if (Status status = walker_.project(*branch.state, instruction, one, one ? 1 - zero : zero);
        !status.ok())
      return status;
  }
  branch.walk = std::move(walk);
  return {};
}

// The measurements at the end, all shots of the branch at once.
Status Execution::finish(Branch& branch) {
  done_ += branch.last - branch.first;
  const MeasuredBits measured(*branch.state, program_.measurements());
  const std::span<const std::uint32_t> shots(shots_.data() + branch.first,
                                             branch.last - branch.first);
  const auto places = std::span(shot_outcomes_).subspan(request_.per_shot ? first_shot_ : 0);
  if (program_.measurements().empty()) {
    const std::uint32_t number =
        collector_.add(branch.walk.memory, static_cast<double>(shots.size()));
    if (!request_.per_shot) return {};
    for (const std::uint32_t shot : shots) places[shot] = number;
    return {};
  }
  Sampler sampler(*branch.state, request_.seed, branch.walk.draws, control_);
  if (Status status = sampler.run(first_shot_, shots); !status.ok()) return status;
  collect_shots(sampler.placed(), measured, branch.walk.memory, collector_, places);
  return {};
}

Status Execution::finish_exactly(Branch& branch) {
  done_ += branch.weight;
  std::vector<std::uint32_t> qubits;
  for (const Measurement& measurement : program_.measurements()) {
    if (std::find(qubits.begin(), qubits.end(), measurement.qubit) == qubits.end())
      qubits.push_back(measurement.qubit);
  }
  if (qubits.size() > kMostExactQubits) {
    return {Code::limit,
            "An exact distribution over more than " + std::to_string(kMostExactQubits) +
                " measured qubits has too many outcomes. Measure fewer qubits, or take shots.",
            {},
            {"measured qubits", kMostExactQubits, qubits.size()},
            {}};
  }
  std::vector<double> probabilities(std::size_t{1} << qubits.size());
  if (Status status = branch.state->probabilities(qubits, probabilities); !status.ok())
    return status;
  for (std::size_t index = 0; index < probabilities.size(); ++index) {
    if (branch.weight * probabilities[index] <= kNegligible) continue;
    for (const Measurement& measurement : program_.measurements()) {
      const auto place = static_cast<std::size_t>(
          std::find(qubits.begin(), qubits.end(), measurement.qubit) - qubits.begin());
      branch.walk.memory.set_bit(measurement.bit, (index >> (qubits.size() - 1 - place) & 1) != 0);
    }
    collector_.add(branch.walk.memory, branch.weight * probabilities[index]);
  }
  return {};
}

void Execution::drop(const Branch& branch) {
  const double lost = request_.exact ? branch.weight : branch.last - branch.first;
  dropped_ += lost;
  done_ += lost;
}

void Execution::report() const {
  const double total = request_.exact ? kExactProgress : static_cast<double>(request_.shots);
  const double done = std::min(request_.exact ? done_ * kExactProgress : done_, total);
  control_.progress(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
}

// Moves the shots that draw 0 to the front, keeping their order, and returns where the others
// begin.
std::uint32_t Execution::split(std::uint32_t first, std::uint32_t last, std::uint32_t draw,
                               double zero) {
  std::uint32_t zeros = first, ones = 0;
  for (std::uint32_t k = first; k < last; ++k) {
    const std::uint32_t shot = shots_[k];
    if (ShotDraws(request_.seed, first_shot_ + shot).one(draw, zero)) {
      spare_[ones++] = shot;
    } else {
      shots_[zeros++] = shot;
    }
  }
  std::copy_n(spare_.begin(), ones, shots_.begin() + zeros);
  return zeros;
}

}  // namespace qmlx
