#include "core/program.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/plan.h"
#include "gates/gates.gen.h"

namespace qmlx {

namespace {

constexpr std::int32_t kFormatVersion = 1;
constexpr std::size_t kHeaderWords = 6;
constexpr std::int32_t kMeasureOpcode = -1;
constexpr std::size_t kMaxExpressionDepth = 256;

enum class ExpressionCode : std::int32_t {
  end,
  constant,
  parameter,
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  sine,
  cosine,
  tangent,
  exponential,
  logarithm,
  square_root,
  absolute,
};

constexpr bool takes_two(ExpressionCode code) {
  return code >= ExpressionCode::add && code <= ExpressionCode::power;
}
constexpr bool takes_one(ExpressionCode code) {
  return code >= ExpressionCode::negate && code <= ExpressionCode::absolute;
}

double apply_one(ExpressionCode code, double x) {
  switch (code) {
    case ExpressionCode::negate:
      return -x;
    case ExpressionCode::sine:
      return std::sin(x);
    case ExpressionCode::cosine:
      return std::cos(x);
    case ExpressionCode::tangent:
      return std::tan(x);
    case ExpressionCode::exponential:
      return std::exp(x);
    case ExpressionCode::logarithm:
      return std::log(x);
    case ExpressionCode::square_root:
      return std::sqrt(x);
    default:
      return std::abs(x);
  }
}

double apply_two(ExpressionCode code, double x, double y) {
  switch (code) {
    case ExpressionCode::add:
      return x + y;
    case ExpressionCode::subtract:
      return x - y;
    case ExpressionCode::multiply:
      return x * y;
    case ExpressionCode::divide:
      return x / y;
    default:
      return std::pow(x, y);
  }
}

}  // namespace

// Walks the words once; every read is preceded by a bounds check, so that hostile arrays end in a
// Status.
class ProgramDecoder {
 public:
  ProgramDecoder(const EncodedProgram& encoded, Program& program)
      : encoded_(encoded), program_(program) {}

  Status run() {
    if (Status status = header(); !status.ok()) return status;
    if (Status status = expressions(); !status.ok()) return status;
    const auto operations = static_cast<std::size_t>(encoded_.words[5]);
    program_.gates_.reserve(std::min(operations, encoded_.words.size() / 5));
    for (index_ = 0; index_ < operations; ++index_) {
      if (Status status = operation(); !status.ok()) return status;
    }
    if (position_ != encoded_.words.size())
      return broken("words are left over after the last operation");
    const auto* bytes = reinterpret_cast<const char*>(encoded_.words.data());
    program_.structure_.assign(bytes, encoded_.words.size_bytes());
    return {};
  }

 private:
  Status broken(const std::string& what) const {
    return failure(Code::invalid_argument, "The encoded program is not valid: " + what +
                                               " (operation " + std::to_string(index_) + ", word " +
                                               std::to_string(position_) +
                                               "). Build programs with circuit(…).compile().");
  }

  Status header() {
    const auto words = encoded_.words;
    if (words.size() < kHeaderWords || words[0] != kFormatVersion)
      return broken("the header is missing or of another version");
    if (words[1] < 0 || words[1] > static_cast<std::int32_t>(kMaxBits)) {
      return failure(Code::limit, "A program may have 0 to " + std::to_string(kMaxBits) +
                                      " qubits; this one has " + std::to_string(words[1]) + ".");
    }
    if (words[2] < 0 || words[3] < 0 || words[4] < 0 || words[5] < 0)
      return broken("a count is negative");
    const auto angles = static_cast<std::size_t>(words[4]);
    if (angles != encoded_.angles.size() || angles != encoded_.angle_code.size())
      return broken("the number of angles does not match");
    program_.qubits_ = static_cast<unsigned>(words[1]);
    program_.bits_ = static_cast<unsigned>(words[2]);
    program_.parameter_count_ = static_cast<unsigned>(words[3]);
    program_.angles_.assign(encoded_.angles.begin(), encoded_.angles.end());
    program_.angle_code_.assign(encoded_.angle_code.begin(), encoded_.angle_code.end());
    program_.code_.assign(encoded_.code.begin(), encoded_.code.end());
    program_.code_constants_.assign(encoded_.code_constants.begin(), encoded_.code_constants.end());
    position_ = kHeaderWords;
    return {};
  }

  // Every expression starts inside the code, ends, names existing constants and parameters, and
  // leaves exactly one value on the stack.
  Status expressions() {
    for (std::size_t angle = 0; angle < program_.angles_.size(); ++angle) {
      const std::int32_t start = program_.angle_code_[angle];
      if (start < 0) {
        if (!std::isfinite(program_.angles_[angle]))
          return broken("angle " + std::to_string(angle) + " is not finite");
        continue;
      }
      if (Status status = expression(static_cast<std::size_t>(start)); !status.ok()) return status;
    }
    return {};
  }

  Status expression(std::size_t at) {
    std::size_t depth = 0;
    for (;; at += 2) {
      if (at + 1 >= program_.code_.size())
        return broken("an expression runs past the end of the code");
      const std::int32_t word = program_.code_[at], operand = program_.code_[at + 1];
      if (word < 0 || word > static_cast<std::int32_t>(ExpressionCode::absolute))
        return broken("an expression holds an unknown operator");
      const auto code = static_cast<ExpressionCode>(word);
      if (code == ExpressionCode::end) break;
      if (code == ExpressionCode::constant || code == ExpressionCode::parameter) {
        const std::size_t count = code == ExpressionCode::constant ? program_.code_constants_.size()
                                                                   : program_.parameter_count_;
        if (operand < 0 || static_cast<std::size_t>(operand) >= count)
          return broken("an expression names a value that does not exist");
        if (++depth > kMaxExpressionDepth) {
          return failure(Code::limit, "An angle expression needs more than " +
                                          std::to_string(kMaxExpressionDepth) + " values at once.");
        }
      } else if (depth < (takes_two(code) ? 2U : 1U)) {
        return broken("an expression lacks an operand");
      } else if (takes_two(code)) {
        --depth;
      }
    }
    return depth == 1 ? Status{} : broken("an expression leaves no single value");
  }

  Status operation() {
    const auto words = encoded_.words;
    if (position_ + 2 > words.size()) return broken("an operation is cut off");
    const std::int32_t opcode = words[position_], length = words[position_ + 1];
    if (length < 2 || static_cast<std::size_t>(length) > words.size() - position_)
      return broken("an operation's length is wrong");
    const auto body = words.subspan(position_ + 2, static_cast<std::size_t>(length) - 2);
    Status status = opcode == kMeasureOpcode ? measure(body) : gate(opcode, body);
    position_ += static_cast<std::size_t>(length);
    return status;
  }

  Status measure(std::span<const std::int32_t> body) {
    if (body.size() != 2) return broken("a measurement needs a qubit and a bit");
    if (!is_qubit(body[0])) return broken("a measurement names a qubit out of range");
    if (body[1] < 0 || static_cast<unsigned>(body[1]) >= program_.bits_)
      return broken("a measurement names a bit out of range");
    program_.measurements_.push_back(
        {static_cast<std::uint32_t>(body[0]), static_cast<std::uint32_t>(body[1])});
    return {};
  }

  Status gate(std::int32_t opcode, std::span<const std::int32_t> body) {
    if (opcode < 0 || static_cast<std::size_t>(opcode) >= std::size(kGates))
      return broken("the opcode is unknown");
    if (body.size() < 3) return broken("a gate is cut off");
    const GateRow& row = kGates[static_cast<std::size_t>(opcode)];
    const std::int32_t controls = body[0], targets = body[1], angles = body[2];
    if (controls < std::max<int>(row.controls, 0) || targets != row.targets ||
        angles != row.param_count) {
      return broken("the number of operands does not fit gate '" + std::string(row.name) + "'");
    }
    if (static_cast<std::size_t>(controls) > kMaxBits ||
        body.size() != 3 + 2 * static_cast<std::size_t>(controls) + row.targets + row.param_count) {
      return broken("a gate has the wrong number of words");
    }
    GateOperation result;
    result.gate = static_cast<std::uint32_t>(opcode);
    std::uint64_t used = 0;
    const auto take = [&](std::int32_t qubit) {
      const std::uint64_t mask = is_qubit(qubit) ? std::uint64_t{1} << bit_of(qubit) : 0;
      const bool fresh = mask != 0 && (used & mask) == 0;
      used |= mask;
      return fresh ? mask : 0;
    };
    const auto* word = body.data() + 3;
    for (std::int32_t k = 0; k < controls; ++k) {
      const std::uint64_t mask = take(word[k]);
      if (mask == 0) return broken("a control is out of range or used twice");
      if (word[controls + k] != 0 && word[controls + k] != 1)
        return broken("a control value is neither 0 nor 1");
      result.control_mask |= mask;
      if (word[controls + k] == 1) result.control_value |= mask;
    }
    word += 2 * controls;
    for (std::int32_t k = 0; k < targets; ++k) {
      if (take(word[k]) == 0) return broken("a target is out of range or used twice");
      result.targets.push_back(bit_of(word[k]));
    }
    word += targets;
    for (std::int32_t k = 0; k < angles; ++k) {
      if (word[k] < 0 || static_cast<std::size_t>(word[k]) >= program_.angles_.size())
        return broken("an angle does not exist");
      result.angles.push_back(static_cast<std::uint32_t>(word[k]));
    }
    program_.gates_.push_back(std::move(result));
    return {};
  }

  bool is_qubit(std::int32_t qubit) const {
    return qubit >= 0 && static_cast<unsigned>(qubit) < program_.qubits_;
  }
  std::uint8_t bit_of(std::int32_t qubit) const {
    return static_cast<std::uint8_t>(program_.qubits_ - 1 - static_cast<unsigned>(qubit));
  }

  const EncodedProgram& encoded_;
  Program& program_;
  std::size_t index_ = 0;
  std::size_t position_ = 0;
};

Status Program::decode(const EncodedProgram& encoded, std::shared_ptr<const Program>& program) {
  auto decoded = std::make_shared<Program>();
  Status status = ProgramDecoder(encoded, *decoded).run();
  if (status.ok()) program = std::move(decoded);
  return status;
}

void Program::constant_angles(std::span<double> angles) const {
  std::copy(angles_.begin(), angles_.end(), angles.begin());
}

Status Program::evaluate_angles(std::span<const double> parameters,
                                std::span<double> angles) const {
  if (parameters.size() != parameter_count_) {
    return failure(Code::invalid_argument, "The program has " + std::to_string(parameter_count_) +
                                               " parameters; " + std::to_string(parameters.size()) +
                                               " values came.");
  }
  std::array<double, kMaxExpressionDepth> stack;
  for (std::size_t angle = 0; angle < angles_.size(); ++angle) {
    if (angle_code_[angle] < 0) {
      angles[angle] = angles_[angle];
      continue;
    }
    std::size_t top = 0;
    for (auto at = static_cast<std::size_t>(angle_code_[angle]);; at += 2) {
      const auto code = static_cast<ExpressionCode>(code_[at]);
      const auto operand = static_cast<std::size_t>(code_[at + 1]);
      if (code == ExpressionCode::end) break;
      if (code == ExpressionCode::constant) {
        stack[top++] = code_constants_[operand];
      } else if (code == ExpressionCode::parameter) {
        stack[top++] = parameters[operand];
      } else if (takes_one(code)) {
        stack[top - 1] = apply_one(code, stack[top - 1]);
      } else {
        --top;
        stack[top - 1] = apply_two(code, stack[top - 1], stack[top]);
      }
    }
    if (!std::isfinite(stack[0])) {
      return failure(Code::parameter, "Angle " + std::to_string(angle) +
                                          " of the program is not finite with these parameters. "
                                          "Check divisions, logarithms and roots.");
    }
    angles[angle] = stack[0];
  }
  return {};
}

}  // namespace qmlx
