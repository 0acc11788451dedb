// One run: evolve, then everything the caller asked for of the state, in one job.
#pragma once

#include <napi.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "addon/environment.h"
#include "addon/job.h"
#include "addon/program_object.h"
#include "core/batch.h"
#include "core/execution.h"
#include "core/simulator.h"

namespace qmlx::addon {

struct Sampling {
  std::uint64_t shots;
  std::uint64_t seed;
  bool per_shot;  // also which outcome each shot had
};

// Spans lie in arrays of JavaScript that the Environment keeps alive until the job has
// ended.
struct RunRequest {
  std::shared_ptr<ProgramSource> program;
  std::vector<double> parameters;  // one row after the other
  std::uint32_t rows = 1;
  std::optional<Sampling> sampling;
  std::optional<PauliSum> observable;
  ConstScalars initial;          // amplitudes to start from; |0…0⟩ if empty
  std::span<double> out_values;  // expectation values, one a row
  std::vector<std::uint32_t> qubits;
  std::span<double> out_probabilities;
  Scalars out_amplitudes;
  bool keep_state = false;
  bool keep_rows = false;             // the states of all rows, as a batch
  bool exact = false;                 // probabilities of all outcomes
  std::uint32_t max_states = 0;       // of a branching run; 0 means what memory allows
  std::optional<std::uint64_t> shot;  // follow this one to its end and keep its state
  std::optional<std::uint32_t> stop;  // …or to the snapshot of this number
};

class RunJob : public Job {
 public:
  explicit RunJob(RunRequest request) : request_(std::move(request)) {}

  // Reads the request object of lib/native.ts and lists the arrays that must stay alive.
  static RunRequest read(const Napi::Object& options, Precision precision,
                         std::shared_ptr<ProgramSource> program,
                         std::vector<Napi::ObjectReference>& arrays);

  void execute(Worker& worker) override;
  Napi::Value result(Napi::Env env, Environment& environment,
                     const std::shared_ptr<Worker>& worker) override;

 private:
  using Clock = std::chrono::steady_clock;

  Status perform(Worker& worker);
  Status evolve(Worker& worker, const Program& program, State& state);
  Status evolve_rows(Worker& worker, const Program& program);
  Status read_state(Worker& worker, const Program& program, State& state);
  Status draw(Worker& worker, const Program& program, const State& state);
  Status branch(Worker& worker, const Program& program);
  Status follow(Worker& worker, std::shared_ptr<const Program> program);
  RunControl control(Worker& worker, Phase phase, std::uint64_t offset, std::uint64_t runs);

  RunRequest request_;
  Status status_;
  ExecutionResult drawn_;
  std::unique_ptr<State> state_;
  std::unique_ptr<Batch> batch_;
  double squared_norm_ = 1;
  double plan_milliseconds_ = 0;
  double run_milliseconds_ = 0;
  double sample_milliseconds_ = 0;
  Clock::time_point reported_;
};

}  // namespace qmlx::addon
