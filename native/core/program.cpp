#include "core/program.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/plan.h"
#include "gates/gates.gen.h"

namespace qmlx {

const Segment& Segment::flip(unsigned bit) {
  static const std::array<Segment, kMaxBits> segments = [] {
    const auto* row = std::find_if(std::begin(kGates), std::end(kGates), [](const GateRow& gate) {
      return std::string_view(gate.name) == "x";
    });
    std::array<Segment, kMaxBits> flips;
    for (std::uint8_t target = 0; target < kMaxBits; ++target) {
      flips[target].gates.push_back(
          {static_cast<std::uint32_t>(row - std::begin(kGates)), 0, 0, {target}, {}});
      flips[target].structure = "flip " + std::to_string(target);
    }
    return flips;
  }();
  return segments[bit];
}

void Program::constant_angles(std::span<double> angles) const {
  std::copy(angles_.begin(), angles_.end(), angles.begin());
}

Status Program::check_parameters(std::span<const double> parameters) const {
  if (parameters.size() == tables_.parameters) return {};
  return failure(Code::invalid_argument, "The program has " + std::to_string(tables_.parameters) +
                                             " parameters; " + std::to_string(parameters.size()) +
                                             " values came.");
}

Status Program::evaluate_angle(std::uint32_t angle, std::span<const double> parameters,
                               const ClassicalMemory& memory, double& value) const {
  const auto start = static_cast<std::size_t>(angle_code_[angle]);
  const std::int32_t* const code = tables_.code.data() + start;
  if (code[0] == static_cast<std::int32_t>(ExpressionCode::parameter) &&
      code[2] == static_cast<std::int32_t>(ExpressionCode::end)) {
    value = parameters[static_cast<std::size_t>(code[1])];
    if (std::isfinite(value)) return {};
  }
  std::int64_t word = 0;
  if (Status status = evaluate_expression(tables_, start, parameters, memory, word); !status.ok()) {
    // Without classical values in it, only the parameters can be at fault.
    if (status.code == Code::numeric && !angle_uses_variables_[angle])
      status.code = Code::parameter;
    status.message += " It gives angle " + std::to_string(angle) + " of the program.";
    return status;
  }
  value = std::bit_cast<double>(word);
  return {};
}

}  // namespace qmlx
