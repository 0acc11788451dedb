#include "core/live_values.h"

#include <algorithm>

namespace qmlx {

namespace {

constexpr std::size_t kMostWords = std::size_t{1} << 20;

bool contains(const std::vector<std::uint64_t>& set, std::size_t place) {
  return (set[place / 64] >> (place % 64) & 1) != 0;
}
void insert(std::vector<std::uint64_t>& set, std::size_t place) {
  set[place / 64] |= std::uint64_t{1} << (place % 64);
}
void remove(std::vector<std::uint64_t>& set, std::size_t place) {
  set[place / 64] &= ~(std::uint64_t{1} << (place % 64));
}

}  // namespace

LiveValues::LiveValues(const Program& program) : program_(program) {
  const std::size_t count = program.instructions().size();
  const std::size_t words = (counter(program.counter_count()) + 63) / 64;
  if ((count + 1) * words > kMostWords) return;
  before_.assign(count + 1, Set(words));
  for (std::uint32_t bit = 0; bit < program.bits(); ++bit) insert(before_[count], bit);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t k = count; k-- > 0;) changed |= flow(static_cast<std::uint32_t>(k));
  }
}

// What is read by an instruction or after it, unless it writes it.
bool LiveValues::flow(std::uint32_t number) {
  const Instruction& instruction = program_.instructions()[number];
  Set set = before_[instruction.kind == InstructionKind::jump ? instruction.a : number + 1];
  switch (instruction.kind) {
    case InstructionKind::branch:
      for (std::size_t word = 0; word < set.size(); ++word)
        set[word] |= before_[instruction.b][word];
      break;
    case InstructionKind::measure:
      remove(set, instruction.b);
      break;
    case InstructionKind::set_bit:
      remove(set, instruction.a);
      break;
    case InstructionKind::set_variable:
      remove(set, variable(instruction.a));
      break;
    case InstructionKind::loop_start:
      remove(set, counter(instruction.a));
      break;
    default:
      break;
  }
  add_reads(instruction, set);
  const bool changed = set != before_[number];
  before_[number] = std::move(set);
  return changed;
}

void LiveValues::add_reads(const Instruction& instruction, Set& set) const {
  switch (instruction.kind) {
    case InstructionKind::branch:
      add_expression(instruction.a, set);
      break;
    case InstructionKind::set_bit:
    case InstructionKind::set_variable:
      add_expression(instruction.b, set);
      break;
    case InstructionKind::expect:
      insert(set, instruction.a);
      break;
    case InstructionKind::loop_count:
      insert(set, counter(instruction.a));
      break;
    case InstructionKind::segment:
      for (const GateOperation& gate : program_.segments()[instruction.a].gates) {
        for (const std::uint32_t angle : gate.angles) {
          if (program_.angle_uses_variables(angle))
            add_expression(program_.angle_expression(angle), set);
        }
      }
      break;
    default:
      break;
  }
}

void LiveValues::add_expression(std::size_t at, Set& set) const {
  const std::vector<std::int32_t>& code = program_.tables().code;
  for (; code[at] != 0; at += 2) {
    const auto operand = static_cast<std::uint32_t>(code[at + 1]);
    switch (static_cast<ExpressionCode>(code[at])) {
      case ExpressionCode::bit:
        insert(set, operand);
        break;
      case ExpressionCode::bits: {
        const BitRange range = bit_range(code[at + 1]);
        for (std::uint32_t k = 0; k < range.count; ++k) insert(set, range.first + k);
        break;
      }
      case ExpressionCode::integer_variable:
      case ExpressionCode::float_variable:
        insert(set, variable(operand));
        break;
      default:
        break;
    }
  }
}

bool LiveValues::equal(std::uint32_t instruction, const Walk& a, const Walk& b) const {
  if (before_.empty()) return a.memory == b.memory && a.counters == b.counters;
  const Set& live = before_[instruction];
  for (std::uint32_t bit = 0; bit < program_.bits(); ++bit) {
    if (contains(live, bit) && a.memory.bit(bit) != b.memory.bit(bit)) return false;
  }
  for (std::uint32_t k = 0; k < a.memory.variables.size(); ++k) {
    if (contains(live, variable(k)) && a.memory.variables[k] != b.memory.variables[k]) return false;
  }
  for (std::uint32_t k = 0; k < a.counters.size(); ++k) {
    if (contains(live, counter(k)) && a.counters[k] != b.counters[k]) return false;
  }
  return true;
}

}  // namespace qmlx
