// Which classical bits, variables and loop counters can still be read from an instruction on. Two
// branches that differ only in others have the same future.
#pragma once

#include <cstdint>
#include <vector>

#include "core/execution.h"
#include "core/program.h"

namespace qmlx {

class LiveValues {
 public:
  // Flows backwards through the program until nothing changes. Large programs are not analysed:
  // everything counts as live there.
  explicit LiveValues(const Program& program);

  // Whether the live values before an instruction are equal.
  bool equal(std::uint32_t instruction, const Walk& a, const Walk& b) const;

 private:
  using Set = std::vector<std::uint64_t>;  // bits, then variables, then counters

  void add_reads(const Instruction& instruction, Set& set) const;
  void add_expression(std::size_t start, Set& set) const;
  bool flow(std::uint32_t instruction);
  std::size_t variable(std::uint32_t number) const { return program_.bits() + number; }
  std::size_t counter(std::uint32_t number) const {
    return program_.bits() + program_.tables().variables.size() + number;
  }

  const Program& program_;
  std::vector<Set> before_;  // by instruction; empty if all values are live
};

}  // namespace qmlx
