// What an engine knows on its owner thread: the device, how states are updated, plans that were
// rewritten for it.
#pragma once

#include <algorithm>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mlx/backend.h"
#include "mlx/walker/encoder.h"

namespace qmlx::on_mlx {

// How passes update a state.
enum class Mode : std::uint8_t {
  in_place,      // kernels write to the state they read
  out_of_place,  // each pass fills a second state
  executor,      // the host engine's executor works on the state's memory
};

struct CachedPlan {
  std::vector<std::uint8_t> plan;  // as it came
  walker::WalkProgram program;
  mx::array words;            // of the program, on the device
  std::vector<float> values;  // of the last run
  std::optional<mx::array> uploaded;
};

struct HostEngine {
  const qmlx_host_executor* executor = nullptr;
  qmlx_engine* engine = nullptr;

  HostEngine() = default;
  ~HostEngine();
  HostEngine(const HostEngine&) = delete;
  HostEngine& operator=(const HostEngine&) = delete;
};

class Session {
 public:
  // Throws EngineError where the device cannot be used.
  Session(const qmlx_config& config, const std::string& device, const std::string& variant);

  Backend& backend() { return *backend_; }
  Mode mode() const { return mode_; }
  void set_mode(Mode mode) { mode_ = mode; }
  const char* mode_name() const;
  HostEngine& host() { return host_; }
  // Outcome of the device's self-test; empty where none is needed.
  const std::string& self_test() const { return self_test_; }
  std::uint64_t available_bytes() const;
  // Of plans for states of this size.
  qmlx_geometry geometry(std::uint32_t bits, std::uint32_t batch);
  // Whether the next launch of the walker is to fail, as a test asked for.
  bool take_fault() {
    if (faults_ == 0) return false;
    --faults_;
    return true;
  }
  void count_memory(std::int64_t bytes) { used_bytes_ += bytes; }

  // The plan rewritten for walkers; kept for the next run.
  CachedPlan& walk_plan(const void* plan);
  // Value tables of a plan on the device.
  mx::array upload_values(CachedPlan& cached, const float* values, std::size_t count);

  // The numbers, followed by zeros where an array of so few cannot be passed.
  template <typename Number>
  mx::array upload(std::vector<Number> numbers) const {
    const mx::Shape shape = at_least(std::max<std::size_t>(numbers.size(), 4));
    numbers.resize(static_cast<std::size_t>(shape[0]));
    return mx::array(numbers.data(), shape);
  }
  mx::array token();
  // Shape of an array of this many elements, or of the fewest that can be passed.
  mx::Shape at_least(std::uint64_t elements) const;

 private:
  void make_host();

  std::unique_ptr<Backend> backend_;
  HostEngine host_;
  Mode mode_ = Mode::in_place;
  std::string self_test_;
  unsigned faults_ = 0;
  qmlx_config config_;
  std::int64_t used_bytes_ = 0;
  std::list<CachedPlan> plans_;  // the most recently used first
};

}  // namespace qmlx::on_mlx
