// Engines and states of the CPU engine that clean up after themselves.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "amplitudes.h"
#include "check.h"
#include "core/plan.h"
#include "cpu/engine.h"
#include "random_plan.h"

namespace qmlx::testing {

inline const qmlx_engine_table& cpu() { return *cpu_engine_table(); }

class TestEngine {
 public:
  explicit TestEngine(const char* variant = nullptr, unsigned threads = 1,
                      const Geometry& forced = {0, 0, 0, 0, 0}, std::uint64_t memory_limit = 0,
                      qmlx_precision scalars = QMLX_COMPLEX64)
      : precision(scalars) {
    qmlx_config config{};
    config.precision = scalars;
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
  bool is_double() const { return precision == QMLX_COMPLEX128; }
  // A bound meant for complex64 in units of this engine's rounding.
  double scaled(double bound) const { return is_double() ? bound * 0x1p-29 : bound; }
  // The values of a plan in this precision.
  std::vector<double> values(const TestPlan& plan) const {
    return is_double() ? plan.numbers : std::vector<double>(plan.values.begin(), plan.values.end());
  }

  qmlx_precision precision;
  qmlx_engine* engine = nullptr;
  int code = 0;
  std::string text;
};

inline constexpr qmlx_precision kPrecisions[] = {QMLX_COMPLEX64, QMLX_COMPLEX128};

// In this precision, with the geometry and the memory it likes.
inline TestEngine engine_of(qmlx_precision precision, const char* variant = nullptr,
                            unsigned threads = 2) {
  return TestEngine(variant, threads, {0, 0, 0, 0, 0}, 0, precision);
}

// The instruction sets that this processor runs.
inline std::vector<const char*> variants() {
  std::vector<const char*> found;
  for (const char* name : {"portable", "avx2", "avx512", "neon"}) {
    if (TestEngine(name).code == QMLX_OK) found.push_back(name);
  }
  return found;
}

// An instruction set and a precision.
struct Way {
  const char* variant;
  qmlx_precision precision;
};

inline std::vector<Way> ways() {
  std::vector<Way> result;
  for (const char* variant : variants()) {
    for (const qmlx_precision precision : kPrecisions) result.push_back({variant, precision});
  }
  return result;
}

class TestState {
 public:
  TestState(const TestEngine& engine, unsigned bits, std::uint32_t batch = 1)
      : size(std::uint64_t{1} << bits), is_double(engine.is_double()) {
    code = cpu().state_create(engine.engine, bits, batch, &state);
  }
  ~TestState() { cpu().state_free(state); }
  TestState(const TestState&) = delete;
  TestState& operator=(const TestState&) = delete;

  std::vector<double> raw(std::uint32_t row = 0, const std::uint8_t* order = nullptr) const {
    return read(order, 0, size, row);
  }

  // re and im in turn
  std::vector<double> read(const std::uint8_t* order, std::uint64_t first, std::uint64_t count,
                           std::uint32_t row = 0) const {
    std::vector<double> out(2 * count);
    std::vector<float> narrow(is_double ? 0 : 2 * count);
    void* const target = is_double ? static_cast<void*>(out.data()) : narrow.data();
    CHECK_EQUAL(cpu().read(state, row, order, first, count, target), QMLX_OK);
    std::copy(narrow.begin(), narrow.end(), out.begin());
    return out;
  }

  std::vector<Amplitude> amplitudes(std::uint32_t row = 0) const {
    const std::vector<double> numbers = raw(row);
    std::vector<Amplitude> result(size);
    for (std::size_t k = 0; k < size; ++k) result[k] = {numbers[2 * k], numbers[2 * k + 1]};
    return result;
  }

  void write(const std::vector<Amplitude>& amplitudes, std::uint32_t row = 0,
             std::uint64_t first = 0) {
    std::vector<double> numbers;
    for (const Amplitude& a : amplitudes) numbers.insert(numbers.end(), {a.real(), a.imag()});
    const std::vector<float> narrow = narrowed(numbers);
    CHECK_EQUAL(cpu().write(state, row, first, amplitudes.size(), scalars(numbers, narrow)),
                QMLX_OK);
  }

  // Runs a plan on all rows; value tables follow one another.
  int execute(const void* plan, const std::vector<double>& values, std::uint32_t rows = 1,
              double* norms = nullptr) {
    const std::vector<float> narrow = narrowed(values);
    qmlx_execution execution{};
    execution.plan = plan;
    execution.values = scalars(values, narrow);
    execution.value_stride = values.size() / rows;
    execution.row_count = rows;
    execution.norms = norms;
    return cpu().execute(state, &execution);
  }
  int execute(const void* plan, const std::vector<float>& values) {
    return execute(plan, std::vector<double>(values.begin(), values.end()));
  }

  qmlx_state* state = nullptr;
  std::uint64_t size;
  bool is_double;
  int code = 0;

 private:
  static std::vector<float> narrowed(const std::vector<double>& numbers) {
    std::vector<float> result;
    for (const double number : numbers) result.push_back(static_cast<float>(number));
    return result;
  }
  const void* scalars(const std::vector<double>& numbers, const std::vector<float>& narrow) const {
    return is_double ? static_cast<const void*>(numbers.data()) : narrow.data();
  }
};

}  // namespace qmlx::testing
