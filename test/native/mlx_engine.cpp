// The MLX engine on MLX's CPU device, with the real libmlx, in all its modes: plans against the
// reference interpreter, readers against sums in float64, errors.
#include <atomic>
#include <bit>
#include <complex>
#include <cstdlib>
#include <string>
#include <vector>

#include "amplitudes.h"
#include "check.h"
#include "cpu/host_executor.h"
#include "engines/loader.h"
#include "random_plan.h"
#include "reference_plan.h"

#if !defined(QMLX_MLX_ENGINE)

TEST(an_engine_is_built_where_there_is_libmlx) { CHECK(true); }

#else

using namespace qmlx;
using namespace qmlx::testing;

namespace {

// Where the files are; a machine that did not build them names its own.
std::string path_of(const char* variable, const char* built) {
  const char* given = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
  return given == nullptr ? built : given;
}

const qmlx_engine_table& mlx() {
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

constexpr Setup kExecutor{"mlx-cpu", nullptr, "executor"};

qmlx_config config_for(const Setup& setup) {
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
const std::vector<Setup>& setups() {
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

Geometry geometry_of(const Engine& engine, unsigned bits) {
  qmlx_geometry own{};
  CHECK_EQUAL(mlx().geometry(engine.engine, bits, 1, &own), QMLX_OK);
  return {own.tile_bits, own.row_bits, own.register_bits, own.lane_bits, own.max_operations};
}

}  // namespace

TEST(engines_describe_themselves) {
  CHECK_EQUAL(std::string(mlx().built_for), "0.32.4");
  for (const Setup& setup : setups()) {
    const Engine engine(setup);
    CHECK_EQUAL(engine.text, "");
    qmlx_description description{};
    CHECK_EQUAL(mlx().describe(engine.engine, &description), QMLX_OK);
    CHECK_EQUAL(std::string(description.device), setup.device);
    CHECK_EQUAL(std::string(description.variant), setup.mode);
    CHECK_EQUAL(std::string(description.version), "0.32.4");
    CHECK(description.available_bytes > 0 &&
          description.available_bytes <= description.memory_bytes);
  }
}

TEST(plans_of_every_size_and_mode) {
  for (const Setup& setup : setups()) {
    const Engine engine(setup);
    for (unsigned bits = 0; bits <= 13; ++bits) {
      const Geometry geometry = geometry_of(engine, bits);
      for (std::uint64_t seed = 0; seed < 6; ++seed) {
        std::mt19937_64 random(100 * bits + seed);
        const TestPlan plan = RandomPlan(random, bits, geometry).make(2, 3);
        EngineState state(engine, bits);
        std::vector<Amplitude> right(state.size);
        if (seed % 2 == 0) {
          const std::uint64_t index = random() % state.size;
          right[index] = 1;
          CHECK_EQUAL(mlx().set_basis(state.state, index), QMLX_OK);
        } else {
          right = random_amplitudes(random, state.size);
          state.write(right);
        }
        double norm = 0;
        qmlx_execution execution{};
        execution.plan = plan.data();
        execution.values = plan.values.data();
        execution.value_stride = plan.values.size();
        execution.row_count = 1;
        execution.norms = &norm;
        CHECK_EQUAL(mlx().execute(state.state, &execution), QMLX_OK);
        reference::PlanInterpreter(plan.data(), plan.values.data()).run(right);
        const double size = std::max(1.0, norm_of(right));
        CHECK_NEAR(norm, norm_of(right), 3e-5 * size);
        CHECK_NEAR(distance(state.read(), right), 0, 3e-6 * size);
      }
    }
  }
}

// Rows have values of their own, and rows that are not run stay as they are.
TEST(batches) {
  for (const Setup& setup : setups()) {
    const Engine engine(setup);
    std::mt19937_64 random(8);
    const Geometry geometry = geometry_of(engine, 6);
    const TestPlan plan = RandomPlan(random, 6, geometry).make(2, 3);
    EngineState state(engine, 6, 5);
    std::vector<std::vector<Amplitude>> right;
    for (std::uint32_t row = 0; row < 5; ++row) {
      right.push_back(random_amplitudes(random, state.size));
      state.write(right.back(), row);
    }
    const std::size_t stride = plan.values.size() + 3;
    std::vector<float> values(3 * stride);
    for (std::size_t row = 0; row < 3; ++row)
      std::copy(plan.values.begin(), plan.values.end(),
                values.begin() + static_cast<std::ptrdiff_t>(row * stride));
    double norms[3];
    qmlx_execution execution{plan.data(), values.data(), stride,  1,    3,
                             nullptr,     nullptr,       nullptr, norms};
    CHECK_EQUAL(mlx().execute(state.state, &execution), QMLX_OK);
    for (std::uint32_t row = 0; row < 5; ++row) {
      if (row >= 1 && row < 4) {
        reference::PlanInterpreter(plan.data(), plan.values.data()).run(right[row]);
        CHECK_NEAR(norms[row - 1], norm_of(right[row]), 3e-5 * std::max(1.0, norm_of(right[row])));
      }
      CHECK_NEAR(distance(state.read(row), right[row]), 0, 5e-6);
    }
  }
}

TEST(readers) {
  for (const Setup& setup : setups()) {
    const Engine engine(setup);
    for (const unsigned bits : {0U, 1U, 3U, 4U, 7U, 11U, 13U}) {
      std::mt19937_64 random(bits);
      EngineState state(engine, bits, 2), other(engine, bits);
      const std::vector<Amplitude> a = random_amplitudes(random, state.size),
                                   b = random_amplitudes(random, state.size);
      state.write(a, 1);
      other.write(b);
      qmlx_reduction reduction{};
      reduction.row = 1;
      CHECK_NEAR(state.reduce(reduction), norm_of(a), 1e-6);
      std::vector<std::uint8_t> order;
      for (unsigned bit = 0; bit < bits; ++bit) order.push_back(static_cast<std::uint8_t>(bit));
      std::shuffle(order.begin(), order.end(), random);
      const std::vector<Amplitude> moved = state.read(1, order.data());
      reduction.kind = QMLX_MARGINAL;
      reduction.bit_list = order.data();
      reduction.bit_count = std::min(bits, 5U);
      std::vector<double> marginal(std::size_t{1} << reduction.bit_count), got = marginal;
      for (std::size_t k = 0; k < state.size; ++k) {
        std::size_t place = 0, from = 0;
        for (unsigned j = 0; j < reduction.bit_count; ++j) place = place << 1 | (k >> order[j] & 1);
        for (unsigned bit = 0; bit < bits; ++bit) from |= (k >> bit & 1) << order[bit];
        marginal[place] += std::norm(a[k]);
        CHECK(moved[k] == a[from]);
      }
      CHECK_EQUAL(mlx().reduce(state.state, &reduction, got.data()), QMLX_OK);
      for (std::size_t k = 0; k < got.size(); ++k) CHECK_NEAR(got[k], marginal[k], 1e-6);
      reduction.kind = QMLX_BLOCK_SUMS;
      std::vector<double> sums(std::max<std::size_t>(1, state.size >> 10)), blocks(sums.size());
      for (std::size_t k = 0; k < state.size; ++k) sums[k >> 10] += std::norm(a[k]);
      CHECK_EQUAL(mlx().reduce(state.state, &reduction, blocks.data()), QMLX_OK);
      for (std::size_t k = 0; k < sums.size(); ++k) CHECK_NEAR(blocks[k], sums[k], 1e-6);
      reduction.kind = QMLX_INNER;
      reduction.other = other.state;
      Amplitude inner = 0;
      for (std::size_t k = 0; k < state.size; ++k) inner += std::conj(a[k]) * b[k];
      double parts[2];
      CHECK_EQUAL(mlx().reduce(state.state, &reduction, parts), QMLX_OK);
      CHECK_NEAR(std::abs(Amplitude(parts[0], parts[1]) - inner), 0, 1e-6);
    }
  }
}

void check_pauli_groups(const Engine& engine) {
  for (const unsigned bits : {1U, 5U, 12U, 15U}) {
    std::mt19937_64 random(bits);
    EngineState state(engine, bits);
    const std::vector<Amplitude> a = random_amplitudes(random, state.size);
    state.write(a);
    for (int trial = 0; trial < 4; ++trial) {
      const std::uint64_t x = trial == 0 ? 0 : random() % state.size;
      std::vector<std::uint64_t> z(1500);
      for (std::uint64_t& mask : z) mask = random() % state.size;
      qmlx_reduction reduction{};
      reduction.kind = QMLX_PAULI_GROUP;
      reduction.x_mask = x;
      reduction.z_masks = z.data();
      reduction.mask_count = 1500;
      std::vector<double> got(z.size());
      CHECK_EQUAL(mlx().reduce(state.state, &reduction, got.data()), QMLX_OK);
      for (std::size_t k = 0; k < z.size(); k += 37) {
        const Amplitude powers[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
        Amplitude sum = 0;
        for (std::size_t i = 0; i < state.size; ++i)
          sum += (std::popcount(i & z[k]) % 2 == 0 ? 1.0 : -1.0) * std::conj(a[i ^ x]) * a[i];
        sum *= powers[std::popcount(x & z[k]) & 3];
        CHECK_NEAR(got[k], sum.real(), 1e-6);
      }
    }
  }
}

TEST(pauli_groups_of_both_parities) {
  for (const Setup& setup : setups()) check_pauli_groups(Engine(setup));
}

TEST(copies_and_collapses) {
  for (const Setup& setup : setups()) {
    const Engine engine(setup);
    std::mt19937_64 random(4);
    EngineState from(engine, 5, 2), to(engine, 5, 2);
    const std::vector<Amplitude> a = random_amplitudes(random, 32);
    from.write(a, 1);
    CHECK_EQUAL(mlx().state_copy(to.state, from.state), QMLX_OK);
    CHECK(to.read(1) == a);
    CHECK_EQUAL(mlx().collapse(to.state, 1, 3, 1, 2.0F), QMLX_OK);
    const std::vector<Amplitude> half = to.read(1);
    for (std::size_t k = 0; k < 32; ++k)
      CHECK(std::abs(half[k] - ((k >> 3 & 1) != 0 ? 2.0 : 0.0) * a[k]) < 1e-6);
    CHECK(from.read(1) == a);
    CHECK(std::abs(to.read(0)[0] - 1.0) < 1e-12);
  }
}

TEST(bad_input_is_refused_and_the_next_call_works) {
  for (const Setup& setup : setups()) {
    const Engine engine(setup);
    qmlx_state* huge = nullptr;
    CHECK_EQUAL(mlx().state_create(engine.engine, 38, 1, &huge), QMLX_OUT_OF_MEMORY);
    CHECK(std::string(mlx().last_error(engine.engine)).find("38 qubits") != std::string::npos);
    EngineState state(engine, 4);
    CHECK_EQUAL(mlx().set_basis(state.state, 16), QMLX_INVALID_ARGUMENT);
    float amplitude[2] = {0, 0};
    CHECK_EQUAL(mlx().write(state.state, 0, 16, 1, amplitude), QMLX_INVALID_ARGUMENT);
    CHECK_EQUAL(mlx().collapse(state.state, 0, 4, 0, 1), QMLX_INVALID_ARGUMENT);
    const std::uint8_t order[] = {0, 1, 1, 3};
    CHECK_EQUAL(mlx().read(state.state, 0, order, 0, 1, amplitude), QMLX_INVALID_ARGUMENT);
    CHECK_EQUAL(mlx().set_basis(state.state, 3), QMLX_OK);
    CHECK(std::abs(state.read()[3] - 1.0) < 1e-12);
  }
}

TEST(a_launch_that_fails_is_reported_and_the_next_run_is_correct) {
  for (const Setup& setup : setups()) {
    if (setup.mode != std::string("in-place")) continue;
    const Engine engine(Setup{setup.device, "failing-launch", ""});
    std::mt19937_64 random(3);
    const TestPlan plan = RandomPlan(random, 12, geometry_of(engine, 12)).make(2, 3);
    EngineState state(engine, 12);
    double norm = 0;
    qmlx_execution execution{};
    execution.plan = plan.data();
    execution.values = plan.values.data();
    execution.row_count = 1;
    execution.norms = &norm;
    CHECK_EQUAL(mlx().execute(state.state, &execution), QMLX_BACKEND_FAILED);
    CHECK(mlx().last_error(engine.engine)[0] != '\0');
    CHECK_EQUAL(mlx().set_basis(state.state, 9), QMLX_OK);
    CHECK_EQUAL(mlx().execute(state.state, &execution), QMLX_OK);
    std::vector<Amplitude> right = basis_state(state.size, 9);
    reference::PlanInterpreter(plan.data(), plan.values.data()).run(right);
    CHECK_NEAR(distance(state.read(), right), 0, 3e-6 * std::max(1.0, norm_of(right)));
  }
}

TEST(a_self_test_that_fails_in_place_leads_out_of_place_and_one_that_fails_twice_to_no_engine) {
  for (const Setup& setup : setups()) {
    if (setup.mode != std::string("in-place")) continue;
    const Engine second(Setup{setup.device, "failing-self-test", ""});
    qmlx_description description{};
    CHECK_EQUAL(mlx().describe(second.engine, &description), QMLX_OK);
    CHECK_EQUAL(std::string(description.variant), "out-of-place");
    CHECK(std::string(description.self_test).rfind("in-place: ", 0) == 0);
    EngineState state(second, 3);
    CHECK_EQUAL(mlx().set_basis(state.state, 6), QMLX_OK);
    CHECK(std::abs(state.read()[6] - 1.0) < 1e-12);
    const Engine none(Setup{setup.device, "failing-self-tests", ""});
    CHECK_EQUAL(none.code, QMLX_BACKEND_FAILED);
    CHECK(none.text.find("out-of-place: ") != std::string::npos);
  }
}

TEST(runs_are_cancelled_between_passes_and_report_them) {
  for (const Setup& setup : setups()) {
    if (setup.mode == kExecutor.mode) continue;
    const Engine engine(setup);
    std::mt19937_64 random(2);
    const TestPlan plan = RandomPlan(random, 6, {5, 2, 3, 0, 0}).make(4, 2);
    EngineState state(engine, 6);
    struct Watch {
      std::int32_t cancel = 0;
      std::uint64_t done = 0;
    } watch;
    qmlx_execution execution{};
    execution.plan = plan.data();
    execution.values = plan.values.data();
    execution.row_count = 1;
    execution.cancel = &watch.cancel;
    execution.context = &watch;
    execution.progress = [](void* context, std::uint64_t done, std::uint64_t total) {
      auto& seen = *static_cast<Watch*>(context);
      CHECK_EQUAL(total, 4U);
      seen.done = done;
      if (done == 2) seen.cancel = 1;
    };
    CHECK_EQUAL(mlx().execute(state.state, &execution), QMLX_CANCELLED);
    CHECK_EQUAL(watch.done, 2U);
    CHECK_EQUAL(mlx().set_basis(state.state, 0), QMLX_OK);
    CHECK(std::abs(state.read()[0] - 1.0) < 1e-12);
  }
}

TEST(engines_that_cannot_be_are_refused) {
  qmlx_config config = config_for(kExecutor);
  config.abi = 99;
  CHECK_EQUAL(Engine(config).code, QMLX_ABI_MISMATCH);
  config = config_for(kExecutor);
  config.variant = "sideways";
  CHECK_EQUAL(Engine(config).code, QMLX_INVALID_ARGUMENT);
  config = config_for(kExecutor);
  config.device = "tpu";
  CHECK_EQUAL(Engine(config).code, QMLX_INVALID_ARGUMENT);
}

// Tiny tiles make small states exercise many passes, and force what geometry() answers.
TEST(forced_geometries) {
  qmlx_config config = config_for({"mlx-cpu", "in-place", "in-place"});
  config.tile_bits = 5;
  config.row_bits = 2;
  config.register_bits = 3;
  const Engine engine(config);
  const Geometry geometry = geometry_of(engine, 9);
  CHECK(geometry == (Geometry{5, 2, 3, 0, 0}));
  CHECK(geometry_of(engine, 3) == (Geometry{3, 2, 3, 0, 0}));
}

#endif
