// Runs programs on an engine: plans (cached by structure), binds parameters, evolves states and
// reads them. One thread at a time may use a Simulator and its states; the addon gives each its own
// worker.
#pragma once

#include <complex>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/compiled_plan.h"
#include "core/engine.h"
#include "core/outcomes.h"
#include "core/program.h"
#include "core/readers.h"
#include "core/sampler_memory.h"
#include "core/state.h"
#include "core/status.h"

namespace qmlx {

struct ExecutionRequest;
struct ExecutionResult;
class BoundProgram;
class PlanCache;

// How a caller watches and stops a run. `cancel` is set to non-zero from any thread.
struct RunControl {
  const std::int32_t* cancel = nullptr;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};

struct SampleRequest {
  std::uint64_t shots = 1024;
  std::uint64_t seed = 0;
  std::span<const Measurement> measurements;  // a bit written twice keeps the later one
  unsigned bits = 0;                          // classical bits in a key
  bool per_shot = false;                      // also which outcome each shot had
};

class Simulator : public std::enable_shared_from_this<Simulator> {
 public:
  static Status create(const qmlx_engine_table* table, const qmlx_config& config,
                       std::shared_ptr<Simulator>& simulator);
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  Status describe(qmlx_description& description) const;
  // Checks memory before it is allocated (Code::out_of_memory with the size that would fit).
  Status allocate(unsigned qubits, std::uint32_t rows, qmlx_state*& handle);
  Status create_state(unsigned qubits, std::unique_ptr<State>& state);
  Status copy(const State& from, State& to);
  // Sets the amplitudes, interleaved re and im, of norm 1; |0…0⟩ where there are none.
  Status prepare(State& state, const ConstScalars& amplitudes);
  // Prepares the state and applies the gates of a static program. Measurements are not part of it.
  Status evolve(const Program& program, std::span<const double> parameters,
                const RunControl& control, State& state, const ConstScalars& initial = {});
  Status sample(const State& state, const SampleRequest& request, const RunControl& control,
                ExecutionResult& result);
  // Any program: decisions, terminal measurements, counts or an exact distribution.
  Status run(const Program& program, const ExecutionRequest& request, const RunControl& control,
             ExecutionResult& result);
  Status expectation(const State& state, const PauliSum& sum, double& value);
  // The plan in words people read: passes, tiles, stages, operations, totals.
  Status explain(const Program& program, std::string& text);
  // Makes the plans of all segments.
  Status plan(const Program& program);

  // For the run loop: a program with its plans, one segment, one measurement.
  Status bind(const Program& program, BoundProgram*& bound);
  Status apply(BoundProgram& bound, std::uint32_t segment, const ClassicalMemory& memory,
               const RunControl& control, State& state);
  Status marginal(const State& state, std::uint32_t qubit, double* both);
  Status collapse(State& state, std::uint32_t qubit, bool one, double probability);
  Status flip(State& state, std::uint32_t qubit, const RunControl& control);
  // Runs a plan on the first rows of a state, each with its own value table; norms, one a row, come
  // back checked.
  Status execute(const CompiledPlan& plan, const ConstScalars& values, const RunControl& control,
                 qmlx_state* handle, std::span<double> squared_norms);
  PlanCache& plans() { return *cache_; }
  SamplerMemory& sampler_memory() { return sampler_memory_; }

  Precision precision() const { return precision_; }
  std::uint64_t amplitude_bytes() const { return precision_ == QMLX_COMPLEX128 ? 16 : 8; }
  // That these numbers have the engine's precision, or are none.
  template <typename Numbers>
  Status check_precision(const Numbers& numbers) const {
    if (numbers.index() == precision_ || size_of(numbers) == 0) return {};
    return failure(Code::invalid_argument,
                   "The amplitudes have another precision than the engine.");
  }
  const qmlx_engine_table& table() const { return *table_; }
  qmlx_engine* engine() const { return engine_; }
  // Turns an engine's code and last error into a Status.
  Status engine_status(int code) const;

 private:
  Status geometry(unsigned qubits, Geometry& geometry) const;
  Status execute(const CompiledPlan& plan, const ConstScalars& values, const RunControl& control,
                 State& state);
  Simulator(const qmlx_engine_table* table, qmlx_engine* engine, Precision precision);

  const qmlx_engine_table* table_;
  qmlx_engine* engine_;
  Precision precision_;
  std::unique_ptr<PlanCache> cache_;
  SamplerMemory sampler_memory_;
};

}  // namespace qmlx
