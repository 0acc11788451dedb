// A program as the language side sends it: decoded, every index and count checked, angles and
// expressions kept apart from the structure.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/status.h"

namespace qmlx {

// The arrays of lib/program/encode.ts, which documents the words.
struct EncodedProgram {
  std::span<const std::int32_t> words;
  std::span<const double> angles;
  std::span<const std::int32_t> angle_code;
  std::span<const std::int32_t> code;
  std::span<const double> code_constants;
};

// One gate with public qubit numbers turned into bits of the basis index.
struct GateOperation {
  std::uint32_t gate = 0;             // row of the gate table
  std::uint64_t control_mask = 0;     // bits
  std::uint64_t control_value = 0;    // bits
  std::vector<std::uint8_t> targets;  // bits, in the order of the gate's operands
  std::vector<std::uint32_t> angles;  // indices into the program's angles
};

struct Measurement {
  std::uint32_t qubit = 0;
  std::uint32_t bit = 0;
};

class Program : public std::enable_shared_from_this<Program> {
 public:
  // Decodes and checks. On failure the message names the operation and the word at fault.
  static Status decode(const EncodedProgram& encoded, std::shared_ptr<const Program>& program);

  unsigned qubits() const { return qubits_; }
  unsigned bits() const { return bits_; }  // classical
  unsigned parameter_count() const { return parameter_count_; }
  std::uint32_t angle_count() const { return static_cast<std::uint32_t>(angles_.size()); }
  const std::vector<GateOperation>& gates() const { return gates_; }
  const std::vector<Measurement>& measurements() const { return measurements_; }
  // Hash of the structure: equal for programs that differ only in angle values.
  const std::string& structure() const { return structure_; }

  bool angle_is_constant(std::uint32_t angle) const { return angle_code_[angle] < 0; }
  // Writes the constant angles and 0 for the others.
  void constant_angles(std::span<double> angles) const;
  // Fills angle_count() values. Fails with Code::parameter if an expression is not finite.
  Status evaluate_angles(std::span<const double> parameters, std::span<double> angles) const;

 private:
  unsigned qubits_ = 0;
  unsigned bits_ = 0;
  unsigned parameter_count_ = 0;
  std::vector<GateOperation> gates_;
  std::vector<Measurement> measurements_;
  std::vector<double> angles_;
  std::vector<std::int32_t> angle_code_;
  std::vector<std::int32_t> code_;
  std::vector<double> code_constants_;
  std::string structure_;  // the words themselves, as the key of the plan cache

  friend class ProgramDecoder;
};

}  // namespace qmlx
