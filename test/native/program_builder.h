// Builds encoded programs by gate name, and the circuits whose plans the tests count passes of.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <random>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "core/compiled_plan.h"
#include "core/program.h"
#include "gates/gates.gen.h"

class ProgramBuilder {
 public:
  explicit ProgramBuilder(int qubits) : qubits_(qubits) {}

  // Controls pair a qubit with the value it must have; the row's own controls are among them.
  ProgramBuilder& gate(std::string_view name, const std::vector<std::pair<int, int>>& controls,
                       const std::vector<int>& targets, const std::vector<double>& angles = {}) {
    words_.push_back(row_of(name));
    words_.push_back(static_cast<int>(5 + 2 * controls.size() + targets.size() + angles.size()));
    words_.push_back(static_cast<int>(controls.size()));
    words_.push_back(static_cast<int>(targets.size()));
    words_.push_back(static_cast<int>(angles.size()));
    for (const auto& control : controls) words_.push_back(control.first);
    for (const auto& control : controls) words_.push_back(control.second);
    for (const int target : targets) words_.push_back(target);
    for (const double angle : angles) {
      words_.push_back(static_cast<int>(angles_.size()));
      angles_.push_back(angle);
    }
    ++operations_;
    return *this;
  }

  // An operation that is no gate: its opcode and operands as lib/program/encode.ts documents them.
  ProgramBuilder& step(int opcode, const std::vector<int>& operands) {
    words_.push_back(opcode);
    words_.push_back(static_cast<int>(2 + operands.size()));
    words_.insert(words_.end(), operands.begin(), operands.end());
    ++operations_;
    return *this;
  }
  ProgramBuilder& measure(int qubit, int bit) { return step(-1, {qubit, bit}); }
  ProgramBuilder& reset(int qubit) { return step(-2, {qubit}); }
  ProgramBuilder& jump(int operation) { return step(-3, {operation}); }
  ProgramBuilder& branch(int expression, int otherwise) {
    return step(-4, {expression, otherwise});
  }

  // Postfix items; returns where the expression starts.
  int expression(const std::vector<std::pair<int, int>>& items) {
    const int start = static_cast<int>(code_.size());
    for (const auto& [code, operand] : items) code_.insert(code_.end(), {code, operand});
    code_.insert(code_.end(), {0, 0});
    return start;
  }
  // Makes the last angle of the last gate follow an expression.
  ProgramBuilder& angle_from(int expression) {
    angle_code_.resize(angles_.size(), -1);
    angle_code_.back() = expression;
    return *this;
  }

  int operations() const { return operations_; }

  std::vector<std::int32_t> words() const {
    std::vector<std::int32_t> all{2,
                                  qubits_,
                                  bits,
                                  parameters,
                                  static_cast<int>(angles_.size()),
                                  operations_,
                                  static_cast<int>(variables.size()),
                                  counters};
    all.insert(all.end(), variables.begin(), variables.end());
    all.insert(all.end(), words_.begin(), words_.end());
    return all;
  }

  std::shared_ptr<const qmlx::Program> build(
      qmlx::Program::Segments segments = qmlx::Program::Segments::longest) const {
    const std::vector<std::int32_t> all = words();
    std::vector<std::int32_t> angle_code = angle_code_;
    angle_code.resize(angles_.size(), -1);
    std::shared_ptr<const qmlx::Program> program;
    const qmlx::Status status = qmlx::Program::decode(
        {all, angles_, angle_code, code_, constants, integers}, program, segments);
    if (!status.ok()) throw std::runtime_error(status.message);
    return program;
  }

  int bits = 0, parameters = 0, counters = 0;
  std::vector<int> variables;  // 0 integer, 1 float
  std::vector<double> constants;
  std::vector<std::int64_t> integers;

  static int row_of(std::string_view name) {
    for (int row = 0; row < static_cast<int>(std::size(qmlx::kGates)); ++row) {
      if (qmlx::kGates[row].name == name) return row;
    }
    throw std::runtime_error("no such gate");
  }

 private:
  int qubits_;
  int operations_ = 0;
  std::vector<std::int32_t> words_;
  std::vector<double> angles_;
  std::vector<std::int32_t> angle_code_, code_;
};

// Where the only segment of a static program comes from.
inline qmlx::PlanSource source_of(const qmlx::Program& program) {
  static const qmlx::Segment kEmpty;
  const auto& segments = program.segments();
  return {segments.empty() ? kEmpty : segments[0], program.qubits(), program.angle_count()};
}

inline std::shared_ptr<const qmlx::CompiledPlan> plan_of(const ProgramBuilder& program,
                                                         const qmlx::Geometry& geometry) {
  return qmlx::compile_plan(source_of(*program.build()), geometry);
}

inline ProgramBuilder fourier(int n) {
  ProgramBuilder program(n);
  for (int q = 0; q < n; ++q) {
    program.gate("h", {}, {q});
    for (int other = q + 1; other < n; ++other) {
      program.gate("cp", {{other, 1}}, {q}, {std::numbers::pi / std::exp2(other - q)});
    }
  }
  for (int q = 0; q < n / 2; ++q) program.gate("swap", {}, {q, n - 1 - q});
  return program;
}

inline ProgramBuilder ghz(int n) {
  ProgramBuilder program(n);
  program.gate("h", {}, {0});
  for (int q = 0; q + 1 < n; ++q) program.gate("cx", {{q, 1}}, {q + 1});
  return program;
}

inline ProgramBuilder hadamards(int n) {
  ProgramBuilder program(n);
  for (int q = 0; q < n; ++q) program.gate("h", {}, {q});
  return program;
}

// Random one-qubit gates and CZs on alternating bonds of a square grid.
inline ProgramBuilder random_grid(int n, int depth) {
  ProgramBuilder program(n);
  std::mt19937 random(1);
  std::uniform_real_distribution<double> angle(0, 2 * std::numbers::pi);
  const int width = static_cast<int>(std::ceil(std::sqrt(n)));
  for (int layer = 0; layer < depth; ++layer) {
    for (int q = 0; q < n; ++q)
      program.gate("u", {}, {q}, {angle(random), angle(random), angle(random)});
    const int pattern = layer % 4;
    for (int q = 0; q < n; ++q) {
      const int x = q % width, y = q / width;
      int other = -1;
      if (pattern < 2 && x % 2 == pattern && x + 1 < width) other = q + 1;
      if (pattern >= 2 && y % 2 == pattern - 2) other = q + width;
      if (other >= 0 && other < n) program.gate("cz", {{q, 1}}, {other});
    }
  }
  return program;
}

inline ProgramBuilder ansatz(int n, int layers) {
  ProgramBuilder program(n);
  double angle = 0;
  for (int layer = 0; layer < layers; ++layer) {
    for (int q = 0; q < n; ++q) {
      program.gate("ry", {}, {q}, {angle += 0.1});
      program.gate("rz", {}, {q}, {angle += 0.1});
    }
    for (int q = 0; q + 1 < n; ++q) program.gate("cx", {{q, 1}}, {q + 1});
  }
  return program;
}
