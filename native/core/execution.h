// Runs programs with decisions in them. Shots with equal histories share one state: a tree of
// branches, walked depth first. Every shot draws its own keyed numbers, so results do not depend on
// the order of branches or on how many states fit in memory; a branch whose state did not fit is
// run again from the start with its outcomes forced.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/bound_program.h"
#include "core/outcomes.h"
#include "core/simulator.h"

namespace qmlx {

struct ExecutionRequest {
  std::span<const double> parameters = {};
  std::uint64_t shots = 1024;
  std::uint64_t seed = 0;
  bool exact = false;            // probabilities of all outcomes instead of shots
  bool per_shot = false;         // also which outcome each shot had
  std::uint32_t max_states = 0;  // held at once; 0 means what memory allows
  ConstScalars initial = {};     // amplitudes to start from; |0…0⟩ if empty
};

struct ExecutionResult {
  Outcomes outcomes;
  std::vector<std::uint32_t>
      shot_outcomes;   // shot → place in outcomes, UINT32_MAX if postselection dropped it
  double dropped = 0;  // shots, or probability, that postselection dropped
};

// What a walk through a program remembers besides the state.
struct Walk {
  ClassicalMemory memory;
  std::vector<std::uint32_t> counters;
  std::uint32_t next = 0;   // instruction
  std::uint32_t draws = 0;  // taken so far
};

// Whether an instruction has two outcomes.
bool decides(InstructionKind kind);

class LiveValues;

// Carries out instructions that need no draw. Used by the tree and by single trajectories.
class Walker {
 public:
  Walker(Simulator& simulator, BoundProgram& bound, const RunControl& control)
      : simulator_(simulator), bound_(bound), control_(control) {}

  Walk start() const;
  // Segments, jumps, assignments, expectations, loop counts: anything but measure, reset and
  // postselect.
  Status carry_out(const Instruction& instruction, Walk& walk, State& state);
  // Probability that the qubit is 0, and of both outcomes together (1 up to rounding).
  Status probability_of_zero(const State& state, std::uint32_t qubit, double& zero);
  // Projects onto an outcome of this probability and, after a reset, turns 1 into 0.
  Status project(State& state, const Instruction& instruction, bool one, double probability);

 private:
  Simulator& simulator_;
  BoundProgram& bound_;
  const RunControl& control_;
};

class Execution {
 public:
  Execution(Simulator& simulator, BoundProgram& bound, const ExecutionRequest& request,
            const RunControl& control);

  Status run(ExecutionResult& result);

 private:
  struct Branch {
    std::unique_ptr<State> state;  // none: to be replayed
    Walk walk;
    std::uint32_t first = 0, last = 0;  // of shots_
    double weight = 1;
    std::vector<bool> history;  // outcomes of measurements, resets and postselections
  };

  Status chunk(std::uint64_t first_shot, std::uint32_t count);
  Status advance(Branch branch);
  Status decide(Branch& branch, const Instruction& instruction);
  Status decide_shots(Branch& branch, const Instruction& instruction, double zero);
  Status decide_exactly(Branch& branch, const Instruction& instruction, double zero);
  Status follow(Branch& branch, const Instruction& instruction, bool one, double probability);
  Status merge_and_follow(Branch root);
  Status wait_at_decision(Branch branch, std::vector<Branch>& waiting);
  Status part(Branch branch, std::vector<Branch>& waiting);
  Status merge(std::vector<Branch>& branches, const LiveValues& live);
  Status fork(const Branch& branch, Branch& other);
  Status replay(Branch& branch);
  Status finish(Branch& branch);
  Status finish_exactly(Branch& branch);
  void drop(const Branch& branch);
  void report() const;
  std::uint32_t split(std::uint32_t first, std::uint32_t last, std::uint32_t draw, double zero);

  Simulator& simulator_;
  BoundProgram& bound_;
  const Program& program_;
  const ExecutionRequest& request_;
  const RunControl& control_;
  RunControl inner_;  // for segments: reports shots, not passes
  Walker walker_;
  double done_ = 0;  // shots, or probability
  OutcomeCollector collector_;
  std::uint32_t max_states_;
  std::uint32_t live_states_ = 0;
  std::uint64_t first_shot_ = 0;
  std::vector<std::uint32_t> shots_, spare_;
  std::vector<Branch> stack_;
  std::vector<std::uint32_t> shot_outcomes_;
  double dropped_ = 0;
};

}  // namespace qmlx
