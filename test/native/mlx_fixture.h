// The MLX engine with the real libmlx on every device that is here, and states that clean up after
// themselves.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "amplitudes.h"
#include "check.h"
#include "core/plan.h"
#include "cpu/host_executor.h"
#include "engines/loader.h"

namespace qmlx::testing {

// Where the files are; a machine that did not build them names its own.
inline std::string path_of(const char* variable, const char* built) {
  const char* given = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  return given == nullptr ? built : given;
}

inline const qmlx_engine_table& mlx() {
  static const qmlx_engine_table* const table = [] {
    const qmlx_engine_table* loaded = nullptr;
    const Status status = load_engine({path_of("QMLX_MLX_ENGINE", QMLX_MLX_ENGINE),
                                       path_of("QMLX_LIBMLX", QMLX_LIBMLX), "0.32.4"},
                                      loaded);
    if (!status.ok()) throw std::runtime_error(status.message);
    return loaded;
  }();
  return *table;
}

struct Setup {
  const char* device;
  const char* variant;
  const char* mode;  // that it leads to
};

inline constexpr Setup kExecutor{"mlx-cpu", nullptr, "executor"};

inline qmlx_config config_for(const Setup& setup) {
  qmlx_config config{};
  config.abi = QMLX_ENGINE_ABI;
  config.threads = 2;
  config.device = setup.device;
  config.variant = setup.variant;
  config.host = cpu_host_executor();
  return config;
}

class Engine {
 public:
  explicit Engine(const qmlx_config& config) {
    char error[512] = "";
    code = mlx().create(&config, &engine, error, sizeof(error));
    text = error;
  }
  explicit Engine(const Setup& setup) : Engine(config_for(setup)) {}
  ~Engine() {
    if (engine != nullptr) mlx().destroy(engine);
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  qmlx_engine* engine = nullptr;
  int code = 0;
  std::string text;
};

// A GPU is tested where there is one.
inline const std::vector<Setup>& setups() {
  static const std::vector<Setup> all = [] {
    std::vector<Setup> list{kExecutor,
                            {"mlx-cpu", "in-place", "in-place"},
                            {"mlx-cpu", "out-of-place", "out-of-place"}};
    const Engine gpu(Setup{"gpu", nullptr, ""});
    if (gpu.code == QMLX_BACKEND_UNAVAILABLE) {
      std::printf("no GPU here: %s\n", gpu.text.c_str());
      return list;
    }
    list.push_back({"gpu", nullptr, "in-place"});
    list.push_back({"gpu", "out-of-place", "out-of-place"});
    return list;
  }();
  return all;
}

class EngineState {
 public:
  EngineState(const Engine& engine, unsigned bits, std::uint32_t batch = 1)
      : size(std::size_t{1} << bits) {
    CHECK_EQUAL(mlx().state_create(engine.engine, bits, batch, &state), QMLX_OK);
  }
  ~EngineState() { mlx().state_free(state); }
  EngineState(const EngineState&) = delete;
  EngineState& operator=(const EngineState&) = delete;

  void write(const std::vector<Amplitude>& from, std::uint32_t row = 0) {
    std::vector<float> numbers;
    for (const Amplitude& a : from) {
      numbers.push_back(static_cast<float>(a.real()));
      numbers.push_back(static_cast<float>(a.imag()));
    }
    CHECK_EQUAL(mlx().write(state, row, 0, size, numbers.data()), QMLX_OK);
  }
  std::vector<Amplitude> read(std::uint32_t row = 0, const std::uint8_t* order = nullptr) const {
    std::vector<float> numbers(2 * size);
    CHECK_EQUAL(mlx().read(state, row, order, 0, size, numbers.data()), QMLX_OK);
    std::vector<Amplitude> result(size);
    for (std::size_t k = 0; k < size; ++k) result[k] = {numbers[2 * k], numbers[2 * k + 1]};
    return result;
  }
  double reduce(const qmlx_reduction& reduction) const {
    double value = 0;
    CHECK_EQUAL(mlx().reduce(state, &reduction, &value), QMLX_OK);
    return value;
  }

  std::size_t size;
  qmlx_state* state = nullptr;
};

inline Geometry geometry_of(const Engine& engine, unsigned bits) {
  qmlx_geometry own{};
  CHECK_EQUAL(mlx().geometry(engine.engine, bits, 1, &own), QMLX_OK);
  return {own.tile_bits, own.row_bits, own.register_bits, own.lane_bits, own.max_operations};
}

}  // namespace qmlx::testing
