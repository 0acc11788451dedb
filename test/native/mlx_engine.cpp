// The MLX engine on every device that is here, in all its modes: plans against the reference
// interpreter, readers against sums in float64.
#include <bit>
#include <complex>

#include "mlx_fixture.h"
#include "random_plan.h"
#include "reference_plan.h"

using namespace qmlx;
using namespace qmlx::testing;

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
      reduction.bit_count = std::min(bits, 10U);
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
