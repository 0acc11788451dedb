// One shot, followed instruction by instruction. It takes the same draws as the same shot of a run,
// so a shot of a result can be looked at afterwards.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/execution.h"
#include "core/program.h"
#include "core/simulator.h"

namespace qmlx {

struct TrajectoryRequest {
  std::vector<double> parameters = {};
  std::uint64_t seed = 0;
  std::uint64_t shot = 0;
  // Takes the wanted outcome of every postselection instead of failing where the shot drew the
  // other one.
  bool force_postselection = false;
  ConstScalars initial = {};  // amplitudes to start from, read by start(); |0…0⟩ if empty
};

// What an instruction did.
struct TrajectoryStep {
  Instruction instruction;
  bool outcome = false;    // of a measurement, reset or postselection
  double probability = 1;  // of that outcome
  bool taken = false;      // a branch went on, its condition being true
};

class Trajectory {
 public:
  Trajectory(std::shared_ptr<Simulator> simulator, std::shared_ptr<const Program> program,
             TrajectoryRequest request)
      : simulator_(std::move(simulator)),
        program_(std::move(program)),
        request_(std::move(request)) {}

  // Sets all qubits to 0. First of all, and once.
  Status start();
  bool done() const { return walk_.next >= program_->instructions().size(); }
  Status step(const RunControl& control, TrajectoryStep& step);

  const Program& program() const { return *program_; }
  const ClassicalMemory& memory() const { return walk_.memory; }
  const State& state() const { return *state_; }
  std::unique_ptr<State> take_state() { return std::move(state_); }

 private:
  Status decide(Walker& walker, const RunControl& control, TrajectoryStep& step);
  Status choose(const RunControl& control, double zero, TrajectoryStep& step);
  Status sample_terminal(const RunControl& control);

  std::shared_ptr<Simulator> simulator_;
  std::shared_ptr<const Program> program_;
  TrajectoryRequest request_;
  std::unique_ptr<State> state_;
  Walk walk_;
  // The terminal measurements of a run are sampled together: their outcomes, once known.
  std::vector<bool> terminal_;
};

}  // namespace qmlx
