#include <cmath>

#include "core/atomic_flag.h"
#include "core/execution.h"

namespace qmlx {

bool decides(InstructionKind kind) {
  return kind == InstructionKind::measure || kind == InstructionKind::reset ||
         kind == InstructionKind::postselect;
}

Walk Walker::start() const {
  const Program& program = bound_.program();
  Walk walk;
  walk.memory = ClassicalMemory(program.bits(), program.tables().variables.size());
  walk.counters.assign(program.counter_count(), 0);
  return walk;
}

Status Walker::carry_out(const Instruction& instruction, Walk& walk, State& state) {
  const Program& program = bound_.program();
  const auto evaluate = [&](std::uint32_t expression, std::int64_t& value) {
    return evaluate_expression(program.tables(), expression, bound_.parameters(), walk.memory,
                               value);
  };
  std::int64_t value = 0;
  ++walk.next;
  switch (instruction.kind) {
    case InstructionKind::segment:
      return simulator_.apply(bound_, instruction.a, walk.memory, control_, state);
    case InstructionKind::jump:
      walk.next = instruction.a;
      return is_set(control_.cancel) ? failure(Code::cancelled, "Cancelled.") : Status{};
    case InstructionKind::branch:
      if (Status status = evaluate(instruction.a, value); !status.ok()) return status;
      if (value == 0) walk.next = instruction.b;
      return {};
    case InstructionKind::set_bit:
      if (Status status = evaluate(instruction.b, value); !status.ok()) return status;
      walk.memory.set_bit(instruction.a, value != 0);
      return {};
    case InstructionKind::set_variable:
      if (Status status = evaluate(instruction.b, value); !status.ok()) return status;
      walk.memory.variables[instruction.a] = value;
      return {};
    case InstructionKind::expect:
      if (walk.memory.bit(instruction.a) == (instruction.b == 1)) return {};
      return failure(Code::assertion, "Classical bit " + std::to_string(instruction.a) +
                                          " was expected to be " + std::to_string(instruction.b) +
                                          " but is " + std::to_string(1 - instruction.b) + ".");
    case InstructionKind::loop_start:
      walk.counters[instruction.a] = 0;
      return {};
    case InstructionKind::loop_count:
      if (walk.counters[instruction.a]++ < instruction.b) return {};
      return {Code::limit,
              "A loop went past its limit of " + std::to_string(instruction.b) +
                  " rounds. Raise its `max` if that is intended.",
              {},
              {"loop", instruction.b, walk.counters[instruction.a]},
              {}};
    default:
      return {};
  }
}

Status Walker::probability_of_zero(const State& state, std::uint32_t qubit, double& zero) {
  double both[2];
  if (Status status = simulator_.marginal(state, qubit, both); !status.ok()) return status;
  zero = both[0] / (both[0] + both[1]);
  return std::isfinite(zero)
             ? Status{}
             : failure(
                   Code::numeric,
                   "A state to be measured has no norm: the engine's result cannot be trusted.");
}

Status Walker::project(State& state, const Instruction& instruction, bool one, double probability) {
  if (Status status = simulator_.collapse(state, instruction.a, one, probability); !status.ok())
    return status;
  return instruction.kind == InstructionKind::reset && one
             ? simulator_.flip(state, instruction.a, control_)
             : Status{};
}

}  // namespace qmlx
