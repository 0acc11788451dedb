// A program as the language side sends it: decoded, every index and count checked, angles and
// expressions kept apart from the structure.
//
// A program is a list of instructions. Segments are unitary and have a plan each; between them
// stand the steps that need a decision: measurements, resets, jumps and classical assignments.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/classical.h"
#include "core/status.h"

namespace qmlx {

// The arrays of lib/program/encode.ts, which documents the words.
struct EncodedProgram {
  std::span<const std::int32_t> words;
  std::span<const double> angles;
  std::span<const std::int32_t> angle_code;
  std::span<const std::int32_t> code;
  std::span<const double> code_constants;
  std::span<const std::int64_t> code_integers;
};

// One gate with public qubit numbers turned into bits of the basis index.
struct GateOperation {
  std::uint32_t gate = 0;             // row of the gate table
  std::uint64_t control_mask = 0;     // bits
  std::uint64_t control_value = 0;    // bits
  std::vector<std::uint8_t> targets;  // bits, in the order of the gate's operands
  std::vector<std::uint32_t> angles;  // indices into the program's angles
  std::string pauli = {};             // a letter a target makes it exp(−iθ/2 P), whatever the row
};

// Gates between two decisions.
struct Segment {
  std::vector<GateOperation> gates;
  std::vector<std::uint32_t> sources;  // the encoded operation each gate came from
  std::string
      structure;  // equal for segments that differ only in angle values; key of the plan cache
  bool uses_variables = false;  // some angle depends on classical memory

  // One X gate on a bit.
  static const Segment& flip(unsigned bit);
};

enum class InstructionKind : std::uint8_t {
  segment,       // a: segment
  measure,       // a: qubit, b: bit
  reset,         // a: qubit
  jump,          // a: instruction
  branch,        // goes on if expression a is not 0, else to instruction b
  set_bit,       // a: bit, b: expression
  set_variable,  // a: variable, b: expression
  expect,        // a: bit, b: value it must have
  postselect,    // a: qubit, b: outcome kept
  snapshot,      // a: number
  loop_start,    // a: counter, set to 0
  loop_count,    // a: counter, b: most rounds; fails beyond
};

struct Instruction {
  InstructionKind kind = InstructionKind::segment;
  std::uint32_t a = 0, b = 0;
  std::uint32_t source = 0;  // the encoded operation
};

struct Measurement {
  std::uint32_t qubit = 0;
  std::uint32_t bit = 0;
};

class Program : public std::enable_shared_from_this<Program> {
 public:
  enum class Segments : std::uint8_t { longest, single_gates };

  // Decodes and checks. On failure the message names the operation at fault.
  static Status decode(const EncodedProgram& encoded, std::shared_ptr<const Program>& program,
                       Segments segments = Segments::longest);

  unsigned qubits() const { return qubits_; }
  unsigned bits() const { return tables_.bits; }  // classical
  unsigned parameter_count() const { return tables_.parameters; }
  unsigned counter_count() const { return counters_; }
  std::uint32_t angle_count() const { return static_cast<std::uint32_t>(angles_.size()); }
  const std::vector<Instruction>& instructions() const { return instructions_; }
  const std::vector<Segment>& segments() const { return segments_; }
  const ExpressionTables& tables() const { return tables_; }
  // True where nothing but measurements follows: instruction indices from here on.
  std::uint32_t terminal_start() const { return terminal_start_; }
  // Gates first, then measurements only: one evolution serves all shots.
  bool is_static() const { return terminal_start_ <= 1 && segments_.size() == terminal_start_; }
  // The measurements of the terminal part.
  const std::vector<Measurement>& measurements() const { return measurements_; }

  bool angle_is_constant(std::uint32_t angle) const { return angle_code_[angle] < 0; }
  // Where the expression of an angle that is not constant starts in the code.
  std::size_t angle_expression(std::uint32_t angle) const {
    return static_cast<std::size_t>(angle_code_[angle]);
  }
  bool angle_uses_variables(std::uint32_t angle) const { return angle_uses_variables_[angle]; }
  // Writes the constant angles and 0 for the others.
  void constant_angles(std::span<double> angles) const;
  // Fails with Code::invalid_argument if the number of parameters is wrong.
  Status check_parameters(std::span<const double> parameters) const;
  // Fails with Code::parameter, or Code::numeric where classical values take part, if the
  // expression is not finite.
  Status evaluate_angle(std::uint32_t angle, std::span<const double> parameters,
                        const ClassicalMemory& memory, double& value) const;

 private:
  unsigned qubits_ = 0;
  unsigned counters_ = 0;
  std::uint32_t terminal_start_ = 0;
  std::vector<Instruction> instructions_;
  std::vector<Segment> segments_;
  std::vector<Measurement> measurements_;
  std::vector<double> angles_;
  std::vector<std::int32_t> angle_code_;
  std::vector<bool> angle_uses_variables_;
  ExpressionTables tables_;

  friend class ProgramDecoder;
};

}  // namespace qmlx
