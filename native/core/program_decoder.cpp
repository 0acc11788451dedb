#include <algorithm>
#include <cmath>

#include "core/plan.h"
#include "core/program.h"
#include "gates/gates.gen.h"

namespace qmlx {

namespace {

constexpr std::int32_t kFormatVersion = 2;
constexpr std::size_t kHeaderWords = 8;
constexpr std::int32_t kMaxVariables = 1 << 20;

// Encoded opcodes below zero; gates are their rows of the table.
enum : std::int32_t {
  kMeasure = -1,
  kReset = -2,
  kJump = -3,
  kBranch = -4,
  kSetBit = -5,
  kSetVariable = -6,
  kExpect = -7,
  kPostselect = -8,
  kSnapshot = -9,
  kLoopStart = -10,
  kLoopCount = -11,
  kPauliRotation = -20,  // laid out as a gate, with a letter for each target at the end
};

bool is_gate(std::int32_t opcode) { return opcode >= 0 || opcode == kPauliRotation; }

using Words = std::span<const std::int32_t>;

}  // namespace

// Walks the words once; every read is preceded by a bounds check, so that hostile arrays end in a
// Status.
class ProgramDecoder {
 public:
  ProgramDecoder(const EncodedProgram& encoded, Program& program, Program::Segments segments)
      : encoded_(encoded), program_(program), segments_(segments), tables_(program.tables_) {}

  Status run() {
    if (Status status = header(); !status.ok()) return status;
    if (Status status = angles(); !status.ok()) return status;
    if (Status status = find_targets(); !status.ok()) return status;
    for (index_ = 0; index_ < starts_.size(); ++index_) {
      if (is_target_[index_] || segments_ == Program::Segments::single_gates) segment_open_ = false;
      instruction_of_.push_back(next_instruction());
      if (Status status = operation(); !status.ok()) return status;
    }
    instruction_of_.push_back(static_cast<std::uint32_t>(program_.instructions_.size()));
    for (Instruction& instruction : program_.instructions_) {
      if (instruction.kind == InstructionKind::jump) instruction.a = instruction_of_[instruction.a];
      if (instruction.kind == InstructionKind::branch)
        instruction.b = instruction_of_[instruction.b];
    }
    find_terminal();
    return {};
  }

 private:
  Status broken(const std::string& what) const {
    return failure(Code::invalid_argument, "The encoded program is not valid: " + what +
                                               " (operation " + std::to_string(index_) +
                                               "). Build programs with circuit(…).compile().");
  }

  Status header() {
    const Words words = encoded_.words;
    if (words.size() < kHeaderWords || words[0] != kFormatVersion)
      return broken("the header is missing or of another version");
    if (words[1] < 0 || words[1] > static_cast<std::int32_t>(kMaxBits)) {
      return failure(Code::limit, "A program may have 0 to " + std::to_string(kMaxBits) +
                                      " qubits; this one has " + std::to_string(words[1]) + ".");
    }
    if (std::any_of(words.begin() + 2, words.begin() + kHeaderWords,
                    [](std::int32_t count) { return count < 0; }))
      return broken("a count is negative");
    if (words[6] > kMaxVariables || words[7] > kMaxVariables)
      return broken("there are too many variables or loops");
    const auto angle_count = static_cast<std::size_t>(words[4]);
    if (angle_count != encoded_.angles.size() || angle_count != encoded_.angle_code.size())
      return broken("the number of angles does not match");
    program_.qubits_ = static_cast<unsigned>(words[1]);
    tables_.bits = static_cast<std::uint32_t>(words[2]);
    tables_.parameters = static_cast<std::uint32_t>(words[3]);
    program_.counters_ = static_cast<unsigned>(words[7]);
    tables_.code.assign(encoded_.code.begin(), encoded_.code.end());
    tables_.constants.assign(encoded_.code_constants.begin(), encoded_.code_constants.end());
    tables_.integers.assign(encoded_.code_integers.begin(), encoded_.code_integers.end());
    const auto variables = static_cast<std::size_t>(words[6]);
    if (words.size() < kHeaderWords + variables)
      return broken("the types of variables are cut off");
    for (std::size_t k = 0; k < variables; ++k) {
      const std::int32_t type = words[kHeaderWords + k];
      if (type != 0 && type != 1) return broken("a variable has an unknown type");
      tables_.variables.push_back(type == 0 ? ValueType::integer : ValueType::real);
    }
    body_ = words.subspan(kHeaderWords + variables);
    return {};
  }

  Status angles() {
    program_.angles_.assign(encoded_.angles.begin(), encoded_.angles.end());
    program_.angle_code_.assign(encoded_.angle_code.begin(), encoded_.angle_code.end());
    program_.angle_uses_variables_.assign(program_.angles_.size(), false);
    for (std::size_t angle = 0; angle < program_.angles_.size(); ++angle) {
      const std::int32_t start = program_.angle_code_[angle];
      if (start < 0) {
        if (!std::isfinite(program_.angles_[angle]))
          return broken("angle " + std::to_string(angle) + " is not finite");
        continue;
      }
      if (Status status = expression(start, ValueType::real); !status.ok()) return status;
      program_.angle_uses_variables_[angle] = reads_memory(static_cast<std::size_t>(start));
    }
    return {};
  }

  Status expression(std::int32_t start, ValueType wanted) const {
    if (start < 0) return broken("an expression starts before the code");
    ValueType type{};
    if (Status status = check_expression(tables_, static_cast<std::size_t>(start), type);
        !status.ok())
      return status;
    return type == wanted ? Status{} : broken("an expression has the wrong type");
  }

  bool reads_memory(std::size_t at) const {
    for (; tables_.code[at] != 0; at += 2) {
      const auto code = static_cast<ExpressionCode>(tables_.code[at]);
      if (code >= ExpressionCode::bit && code <= ExpressionCode::float_variable) return true;
    }
    return false;
  }

  // Where operations start and which of them are jumped to.
  Status find_targets() {
    std::size_t position = 0;
    for (; position < body_.size(); index_ = starts_.size()) {
      if (body_.size() - position < 2) return broken("an operation is cut off");
      const std::int32_t length = body_[position + 1];
      if (length < 2 || static_cast<std::size_t>(length) > body_.size() - position)
        return broken("an operation's length is wrong");
      starts_.push_back(position);
      position += static_cast<std::size_t>(length);
    }
    if (starts_.size() != static_cast<std::size_t>(encoded_.words[5]))
      return broken("the number of operations does not match");
    is_target_.assign(starts_.size() + 1, false);
    for (index_ = 0; index_ < starts_.size(); ++index_) {
      const Words words = operands();
      const std::int32_t opcode = body_[starts_[index_]];
      if (opcode != kJump && opcode != kBranch) continue;
      if (words.size() != (opcode == kJump ? 1U : 2U))
        return broken("a jump has the wrong number of words");
      const std::int32_t target = words.back();
      if (target < 0 || static_cast<std::size_t>(target) > starts_.size())
        return broken("a jump leaves the program");
      is_target_[static_cast<std::size_t>(target)] = true;
    }
    return {};
  }

  Words operands() const {
    const std::size_t start = starts_[index_];
    return body_.subspan(start + 2, static_cast<std::size_t>(body_[start + 1]) - 2);
  }

  std::uint32_t next_instruction() const {
    const bool joins = segment_open_ && is_gate(body_[starts_[index_]]);
    return static_cast<std::uint32_t>(program_.instructions_.size()) - (joins ? 1U : 0U);
  }

  Status operation() {
    const std::int32_t opcode = body_[starts_[index_]];
    const Words words = operands();
    if (opcode >= 0) return gate(opcode, words);
    if (opcode == kPauliRotation) return pauli_rotation(words);
    segment_open_ = false;
    Instruction instruction;
    instruction.source = static_cast<std::uint32_t>(index_);
    Status status = instruction_words(opcode, words, instruction);
    if (status.ok()) program_.instructions_.push_back(instruction);
    return status;
  }

  Status instruction_words(std::int32_t opcode, Words words, Instruction& out) const {
    const bool one =
        opcode == kReset || opcode == kJump || opcode == kSnapshot || opcode == kLoopStart;
    if (words.size() != (one ? 1U : 2U))
      return broken("an operation has the wrong number of words");
    if (words[0] < 0 || words.back() < 0) return broken("an operand is negative");
    out.a = static_cast<std::uint32_t>(words[0]);
    out.b = static_cast<std::uint32_t>(words.back());
    const auto check = [this](bool fine, const char* what) {
      return fine ? Status{} : broken(what);
    };
    const bool qubit = out.a < program_.qubits_, bit = out.a < tables_.bits,
               counter = out.a < program_.counters_;
    switch (opcode) {
      case kMeasure:
        out.kind = InstructionKind::measure;
        return check(qubit && out.b < tables_.bits,
                     "a measurement names a qubit or a bit out of range");
      case kReset:
        out.kind = InstructionKind::reset;
        return check(qubit, "a reset names a qubit out of range");
      case kJump:
        out.kind = InstructionKind::jump;
        return {};
      case kBranch:
        out.kind = InstructionKind::branch;
        return expression(words[0], ValueType::integer);
      case kSetBit:
        out.kind = InstructionKind::set_bit;
        if (!bit) return broken("an assignment names a bit out of range");
        return expression(words[1], ValueType::integer);
      case kSetVariable:
        out.kind = InstructionKind::set_variable;
        if (out.a >= tables_.variables.size())
          return broken("an assignment names a variable that does not exist");
        return expression(words[1], tables_.variables[out.a]);
      case kExpect:
        out.kind = InstructionKind::expect;
        return check(bit && out.b <= 1, "an expectation names a bit or value out of range");
      case kPostselect:
        out.kind = InstructionKind::postselect;
        return check(qubit && out.b <= 1, "a postselection names a qubit or outcome out of range");
      case kSnapshot:
        out.kind = InstructionKind::snapshot;
        return {};
      case kLoopStart:
        out.kind = InstructionKind::loop_start;
        return check(counter, "a loop has no counter");
      case kLoopCount:
        out.kind = InstructionKind::loop_count;
        return check(counter, "a loop has no counter");
      default:
        return broken("the opcode is unknown");
    }
  }

  Status gate(std::int32_t opcode, Words words) {
    if (static_cast<std::size_t>(opcode) >= std::size(kGates))
      return broken("the opcode is unknown");
    if (words.size() < 3) return broken("a gate is cut off");
    const GateRow& row = kGates[static_cast<std::size_t>(opcode)];
    const std::int32_t controls = words[0], targets = words[1], angle_count = words[2];
    if (controls < std::max<int>(row.controls, 0) || targets != row.targets ||
        angle_count != row.param_count) {
      return broken("the number of operands does not fit gate '" + std::string(row.name) + "'");
    }
    if (static_cast<std::size_t>(controls) > kMaxBits ||
        words.size() !=
            3 + 2 * static_cast<std::size_t>(controls) + row.targets + row.param_count) {
      return broken("a gate has the wrong number of words");
    }
    GateOperation result;
    result.gate = static_cast<std::uint32_t>(opcode);
    if (Status status = gate_qubits(words, result); !status.ok()) return status;
    for (const std::int32_t angle : words.last(static_cast<std::size_t>(angle_count))) {
      if (angle < 0 || static_cast<std::size_t>(angle) >= program_.angles_.size())
        return broken("an angle does not exist");
      result.angles.push_back(static_cast<std::uint32_t>(angle));
    }
    append(std::move(result));
    return {};
  }

  Status pauli_rotation(Words words) {
    const bool counted = words.size() >= 3 && words[0] >= 0 && words[1] > 0 && words[2] == 1 &&
                         words[0] <= static_cast<std::int32_t>(kMaxBits) &&
                         words[1] <= static_cast<std::int32_t>(kMaxBits);
    if (!counted) return broken("a Pauli rotation has wrong numbers of operands");
    const auto controls = static_cast<std::size_t>(words[0]),
               targets = static_cast<std::size_t>(words[1]);
    if (words.size() != 4 + 2 * controls + 2 * targets)
      return broken("a Pauli rotation has the wrong number of words");
    GateOperation result;
    if (Status status = gate_qubits(words, result); !status.ok()) return status;
    const std::int32_t angle = words[3 + 2 * controls + targets];
    if (angle < 0 || static_cast<std::size_t>(angle) >= program_.angles_.size())
      return broken("an angle does not exist");
    result.angles.push_back(static_cast<std::uint32_t>(angle));
    for (const std::int32_t letter : words.last(targets)) {
      if (letter < 1 || letter > 3) return broken("a Pauli rotation has an unknown letter");
      result.pauli.push_back("XYZ"[letter - 1]);
    }
    append(std::move(result));
    return {};
  }

  Status gate_qubits(Words words, GateOperation& result) const {
    const auto controls = static_cast<std::size_t>(words[0]),
               targets = static_cast<std::size_t>(words[1]);
    const Words qubits = words.subspan(3, controls), values = words.subspan(3 + controls, controls);
    std::uint64_t used = 0;
    const auto take = [&](std::int32_t qubit) -> std::uint64_t {
      if (qubit < 0 || static_cast<unsigned>(qubit) >= program_.qubits_) return 0;
      const std::uint64_t mask = std::uint64_t{1}
                                 << (program_.qubits_ - 1 - static_cast<unsigned>(qubit));
      const bool fresh = (used & mask) == 0;
      used |= mask;
      return fresh ? mask : 0;
    };
    for (std::size_t k = 0; k < controls; ++k) {
      const std::uint64_t mask = take(qubits[k]);
      if (mask == 0) return broken("a control is out of range or used twice");
      if (values[k] != 0 && values[k] != 1) return broken("a control value is neither 0 nor 1");
      result.control_mask |= mask;
      if (values[k] == 1) result.control_value |= mask;
    }
    for (const std::int32_t target : words.subspan(3 + 2 * controls, targets)) {
      const std::uint64_t mask = take(target);
      if (mask == 0) return broken("a target is out of range or used twice");
      result.targets.push_back(static_cast<std::uint8_t>(std::countr_zero(mask)));
    }
    return {};
  }

  void append(GateOperation gate) {
    if (!segment_open_) {
      program_.instructions_.push_back({InstructionKind::segment,
                                        static_cast<std::uint32_t>(program_.segments_.size()), 0,
                                        static_cast<std::uint32_t>(index_)});
      program_.segments_.emplace_back();
      segment_open_ = true;
    }
    Segment& segment = program_.segments_.back();
    const Words words = operands();
    const std::int32_t opcode = body_[starts_[index_]];
    segment.structure.append(reinterpret_cast<const char*>(&opcode), sizeof(opcode));
    segment.structure.append(reinterpret_cast<const char*>(words.data()), words.size_bytes());
    segment.uses_variables =
        segment.uses_variables ||
        std::any_of(gate.angles.begin(), gate.angles.end(),
                    [this](std::uint32_t angle) { return program_.angle_uses_variables_[angle]; });
    segment.sources.push_back(static_cast<std::uint32_t>(index_));
    segment.gates.push_back(std::move(gate));
  }

  // Measurements at the end that no jump enters may be sampled together.
  void find_terminal() {
    auto start = static_cast<std::uint32_t>(program_.instructions_.size());
    while (start > 0 && program_.instructions_[start - 1].kind == InstructionKind::measure) --start;
    for (const Instruction& instruction : program_.instructions_) {
      const std::uint32_t target = instruction.kind == InstructionKind::jump     ? instruction.a
                                   : instruction.kind == InstructionKind::branch ? instruction.b
                                                                                 : 0;
      start = std::max(start, target);
    }
    program_.terminal_start_ = start;
    for (std::size_t k = start; k < program_.instructions_.size(); ++k) {
      program_.measurements_.push_back({program_.instructions_[k].a, program_.instructions_[k].b});
    }
  }

  const EncodedProgram& encoded_;
  Program& program_;
  Program::Segments segments_;
  ExpressionTables& tables_;
  Words body_;
  std::size_t index_ = 0;
  std::vector<std::size_t> starts_;            // operation → word of the body
  std::vector<bool> is_target_;                // operation → some jump leads here
  std::vector<std::uint32_t> instruction_of_;  // operation → instruction
  bool segment_open_ = false;
};

Status Program::decode(const EncodedProgram& encoded, std::shared_ptr<const Program>& program,
                       Segments segments) {
  auto decoded = std::make_shared<Program>();
  Status status = ProgramDecoder(encoded, *decoded, segments).run();
  if (status.ok()) program = std::move(decoded);
  return status;
}

}  // namespace qmlx
