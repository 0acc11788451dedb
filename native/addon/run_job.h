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
#include "core/simulator.h"

namespace qmlx::addon {

struct Sampling {
  std::uint64_t shots;
  std::uint64_t seed;
};

// Spans named out_* lie in arrays of JavaScript that the Environment keeps alive until the job has
// ended.
struct RunRequest {
  std::shared_ptr<ProgramSource> program;
  std::vector<double> parameters;  // one row after the other
  std::uint32_t rows = 1;
  std::optional<Sampling> sampling;
  std::optional<PauliSum> observable;
  std::span<double> out_values;  // expectation values, one a row
  std::vector<std::uint32_t> qubits;
  std::span<double> out_probabilities;
  std::span<float> out_amplitudes;
  bool keep_state = false;
};

class RunJob : public Job {
 public:
  explicit RunJob(RunRequest request) : request_(std::move(request)) {}

  // Reads the request object of lib/native.ts and lists the arrays that must stay alive.
  static RunRequest read(const Napi::Object& options, std::shared_ptr<ProgramSource> program,
                         std::vector<Napi::ObjectReference>& arrays);

  void execute(Worker& worker) override;
  Napi::Value result(Napi::Env env, Environment& environment,
                     const std::shared_ptr<Worker>& worker) override;

 private:
  using Clock = std::chrono::steady_clock;

  Status perform(Worker& worker);
  Status evolve_row(Worker& worker, const Program& program, std::uint32_t row, State& state);
  Status read_state(Worker& worker, const Program& program, State& state);
  Status draw(Worker& worker, const Program& program, const State& state);
  RunControl control(Worker& worker, Phase phase, std::uint64_t offset, std::uint64_t runs);

  RunRequest request_;
  Status status_;
  Outcomes outcomes_;
  std::unique_ptr<State> state_;
  double squared_norm_ = 1;
  double plan_milliseconds_ = 0;
  double run_milliseconds_ = 0;
  double sample_milliseconds_ = 0;
  Clock::time_point reported_;
};

}  // namespace qmlx::addon
