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

#include "core/engine.h"
#include "core/program.h"
#include "core/status.h"

namespace qmlx {

struct CompiledPlan;
struct Geometry;
class PlanCache;
class Simulator;

// A state in an engine. Reads give logical order (qubit 0 most significant) whatever order the plan
// left the bits in, divided by the norm.
class State {
 public:
  State(std::shared_ptr<Simulator> simulator, qmlx_state* handle, unsigned qubits);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  unsigned qubits() const { return qubits_; }
  double squared_norm() const { return squared_norm_; }  // as evolved, 1 up to rounding
  const std::shared_ptr<Simulator>& simulator() const { return simulator_; }

  Status amplitudes(std::uint64_t first, std::uint64_t count,
                    std::span<float> out) const;  // 2·count floats: re, im
  Status probabilities(std::span<const std::uint32_t> qubits,
                       std::span<double> out) const;  // 2^size values, first qubit most significant
  Status inner(const State& other, std::complex<double>& out) const;  // ⟨this|other⟩

 private:
  friend class Simulator;
  friend class Sampler;
  std::shared_ptr<Simulator> simulator_;
  qmlx_state* handle_;
  unsigned qubits_;
  std::uint8_t order_[64];
  double squared_norm_ = 1;
};

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
};

// Distinct outcomes in ascending order of their keys. A key is ⌈bits/8⌉ bytes; classical bit c is
// bit 7 − c mod 8 of byte ⌊c/8⌋, so that keys sort as strings do.
struct Outcomes {
  std::uint32_t bits = 0;
  std::vector<std::uint8_t> keys;
  std::vector<std::uint64_t> counts;
};

struct PauliSum {
  std::vector<double> coefficients;
  std::vector<std::uint64_t> x_masks;  // bits of the basis index; a Y is in both masks
  std::vector<std::uint64_t> z_masks;
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
  Status create_state(unsigned qubits, std::unique_ptr<State>& state);
  // Sets |0…0⟩ and applies the program's gates. Measurements are not part of it.
  Status evolve(const Program& program, std::span<const double> parameters,
                const RunControl& control, State& state);
  Status sample(const State& state, const SampleRequest& request, const RunControl& control,
                Outcomes& outcomes);
  Status expectation(const State& state, const PauliSum& sum, double& value);
  // The plan in words people read: passes, tiles, stages, operations, totals.
  Status explain(const Program& program, std::string& text);
  Status plan(const Program& program, std::shared_ptr<const CompiledPlan>& plan);

  const qmlx_engine_table& table() const { return *table_; }
  qmlx_engine* engine() const { return engine_; }
  // Turns an engine's code and last error into a Status.
  Status engine_status(int code) const;

 private:
  Status geometry(unsigned qubits, Geometry& geometry) const;
  Simulator(const qmlx_engine_table* table, qmlx_engine* engine);

  const qmlx_engine_table* table_;
  qmlx_engine* engine_;
  std::unique_ptr<PlanCache> cache_;
};

}  // namespace qmlx
