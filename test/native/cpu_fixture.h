// Engines and states of the CPU engine that clean up after themselves.
#pragma once

#include <string>
#include <vector>

#include "amplitudes.h"
#include "check.h"
#include "core/plan.h"
#include "cpu/engine.h"

namespace qmlx::testing {

inline const qmlx_engine_table& cpu() { return *cpu_engine_table(); }

class TestEngine {
 public:
  explicit TestEngine(const char* variant = nullptr, unsigned threads = 1,
                      const Geometry& forced = {0, 0, 0, 0, 0}, std::uint64_t memory_limit = 0) {
    qmlx_config config{};
    config.abi = QMLX_ENGINE_ABI;
    config.threads = threads;
    config.variant = variant;
    config.memory_limit = memory_limit;
    config.tile_bits = forced.tile_bits;
    config.row_bits = forced.row_bits;
    config.register_bits = forced.register_bits;
    char error[256] = "";
    code = cpu().create(&config, &engine, error, sizeof(error));
    text = error;
  }
  ~TestEngine() {
    if (engine != nullptr) cpu().destroy(engine);
  }
  TestEngine(const TestEngine&) = delete;
  TestEngine& operator=(const TestEngine&) = delete;

  std::string error() const { return cpu().last_error(engine); }

  qmlx_engine* engine = nullptr;
  int code = 0;
  std::string text;
};

// The instruction sets that this processor runs.
inline std::vector<const char*> variants() {
  std::vector<const char*> found;
  for (const char* name : {"portable", "avx2", "avx512", "neon"}) {
    if (TestEngine(name).code == QMLX_OK) found.push_back(name);
  }
  return found;
}

class TestState {
 public:
  TestState(const TestEngine& engine, unsigned bits, std::uint32_t batch = 1)
      : size(std::uint64_t{1} << bits) {
    code = cpu().state_create(engine.engine, bits, batch, &state);
  }
  ~TestState() { cpu().state_free(state); }
  TestState(const TestState&) = delete;
  TestState& operator=(const TestState&) = delete;

  std::vector<float> raw(std::uint32_t row = 0, const std::uint8_t* order = nullptr) const {
    std::vector<float> out(2 * size);
    CHECK_EQUAL(cpu().read(state, row, order, 0, size, out.data()), QMLX_OK);
    return out;
  }

  std::vector<Amplitude> amplitudes(std::uint32_t row = 0) const {
    const std::vector<float> numbers = raw(row);
    std::vector<Amplitude> result(size);
    for (std::size_t k = 0; k < size; ++k) result[k] = {numbers[2 * k], numbers[2 * k + 1]};
    return result;
  }

  void write(const std::vector<Amplitude>& amplitudes, std::uint32_t row = 0) {
    std::vector<float> numbers;
    for (const Amplitude& a : amplitudes) {
      numbers.push_back(static_cast<float>(a.real()));
      numbers.push_back(static_cast<float>(a.imag()));
    }
    CHECK_EQUAL(cpu().write(state, row, 0, size, numbers.data()), QMLX_OK);
  }

  // Runs a plan on all rows; value tables follow one another.
  int execute(const void* plan, const std::vector<float>& values, std::uint32_t rows = 1,
              double* norms = nullptr) {
    qmlx_execution execution{};
    execution.plan = plan;
    execution.values = values.data();
    execution.value_stride = values.size() / rows;
    execution.row_count = rows;
    execution.norms = norms;
    return cpu().execute(state, &execution);
  }

  qmlx_state* state = nullptr;
  std::uint64_t size;
  int code = 0;
};

}  // namespace qmlx::testing
