// Random plans of all geometries on all instruction sets, against the reference interpreter.
#include "check.h"
#include "cpu_fixture.h"
#include "random_plan.h"
#include "reference_plan.h"

using namespace qmlx;
using namespace qmlx::testing;

namespace {

std::vector<Amplitude> expected(const TestPlan& plan, const std::vector<double>& values,
                                std::vector<Amplitude> state) {
  reference::PlanInterpreter(plan.data(), values.data()).run(state);
  return state;
}

void compare(const Way& way, unsigned bits, const Geometry& geometry, std::uint64_t seed,
             bool from_basis, bool any_modulus) {
  std::mt19937_64 random(seed);
  const TestPlan plan = RandomPlan(random, bits, geometry).make(3, 3, any_modulus);
  const TestEngine engine =
      engine_of(way.precision, way.variant, 1 + static_cast<unsigned>(seed % 2));
  TestState state(engine, bits);
  std::vector<Amplitude> start;
  if (from_basis) {
    const std::uint64_t index = random() % state.size;
    start = basis_state(state.size, index);
    CHECK_EQUAL(cpu().set_basis(state.state, index), QMLX_OK);
  } else {
    start = random_amplitudes(random, state.size, !engine.is_double());
    state.write(start);
  }
  double norm = 0;
  CHECK_EQUAL(state.execute(plan.data(), engine.values(plan), 1, &norm), QMLX_OK);
  const std::vector<Amplitude> right = expected(plan, engine.values(plan), start);
  const double difference = largest_difference(state.amplitudes(), right);
  CHECK_NEAR(norm, norm_of(right), engine.scaled(3e-5));
  if (difference <= engine.scaled(3e-6)) return;
  std::ostringstream text;
  text << way.variant << (engine.is_double() ? ", complex128" : "") << ", " << bits << " bits, T "
       << geometry.tile_bits << ", C " << geometry.row_bits << ", R " << geometry.register_bits
       << ", L " << geometry.lane_bits << ", seed " << seed << ": difference " << difference;
  check::fail(__FILE__, __LINE__, text.str());
}

void turn_around(TestPlan& plan) {
  for (double& value : plan.numbers) value = -value;
  for (float& value : plan.values) value = -value;
}

}  // namespace

TEST(random_geometries) {
  for (const Way& way : ways()) {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      std::mt19937_64 random(seed);
      const auto bits = static_cast<unsigned>(seed % 11);
      compare(way, bits, random_geometry(random, bits), seed, seed % 3 == 0, seed % 5 == 0);
    }
  }
}

TEST(tiniest_geometries) {
  for (const Way& way : ways()) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      compare(way, 6, {1, 0, 1, 0, 0}, seed, seed % 2 == 0, false);
      compare(way, 6, {3, 1, 1, 0, 0}, seed, seed % 2 == 0, false);
      compare(way, 6, {3, 1, 1, 1, 0}, seed, seed % 2 == 0, false);
      compare(way, 6, {2, 1, 0, 1, 0}, seed, seed % 2 == 0, false);
    }
  }
}

// The geometry an engine asks for itself, at all sizes around its vectors, rows and tiles.
TEST(own_geometries) {
  for (const Way& way : ways()) {
    for (const unsigned threads : {1U, 2U}) {
      for (unsigned bits = 0; bits <= 15; ++bits) {
        const TestEngine engine = engine_of(way.precision, way.variant, threads);
        qmlx_geometry own{};
        CHECK_EQUAL(cpu().geometry(engine.engine, bits, 1, &own), QMLX_OK);
        const Geometry geometry{own.tile_bits, own.row_bits, own.register_bits, own.lane_bits, 0};
        for (std::uint64_t seed = 0; seed < (bits < 12 ? 10 : 1); ++seed)
          compare(way, bits, geometry, 1000 * threads + seed, seed % 2 == 0, seed % 3 == 0);
      }
    }
  }
}

TEST(forced_geometries_are_met) {
  for (const Way& way : ways()) {
    for (unsigned bits = 0; bits <= 14; ++bits) {
      for (const Geometry& forced :
           {Geometry{1, 1, 1, 0, 0}, Geometry{3, 1, 1, 0, 0}, Geometry{6, 3, 2, 0, 0},
            Geometry{12, 4, 4, 0, 0}, Geometry{10, 6, 6, 0, 0}, Geometry{5, 20, 3, 0, 0}}) {
        const TestEngine engine(way.variant, 1, forced, 0, way.precision);
        qmlx_geometry own{};
        CHECK_EQUAL(cpu().geometry(engine.engine, bits, 1, &own), QMLX_OK);
        CHECK_EQUAL(own.tile_bits, std::min(forced.tile_bits, bits));
        CHECK_EQUAL(own.row_bits, std::min(forced.row_bits, own.tile_bits));
        CHECK(own.lane_bits <= own.row_bits);
        CHECK(own.register_bits <= forced.register_bits);
        CHECK(own.lane_bits + own.register_bits <= own.tile_bits);
        const Geometry geometry{own.tile_bits, own.row_bits, own.register_bits, own.lane_bits, 0};
        if (bits <= 10) compare(way, bits, geometry, bits, false, false);
      }
    }
  }
}

TEST(rows_of_a_batch_have_their_own_values) {
  for (const Way& way : ways()) {
    for (const unsigned bits : {0U, 2U, 5U, 9U}) {
      for (const unsigned threads : {1U, 2U, 8U}) {
        constexpr std::uint32_t kRows = 5;
        std::mt19937_64 random(bits);
        const Geometry geometry = random_geometry(random, bits);
        const std::uint64_t same = random();
        std::vector<TestPlan> plans;
        std::vector<double> values;
        const TestEngine engine = engine_of(way.precision, way.variant, threads);
        for (std::uint32_t row = 0; row < kRows; ++row) {
          std::mt19937_64 structure(same);
          plans.push_back(RandomPlan(structure, bits, geometry).make(2, 3));
          // Another value table for the same structure: all numbers turned around.
          if (row % 2 == 1) turn_around(plans[row]);
          const std::vector<double> own = engine.values(plans[row]);
          values.insert(values.end(), own.begin(), own.end());
        }
        TestState state(engine, bits, kRows);
        CHECK_EQUAL(cpu().set_basis(state.state, state.size - 1), QMLX_OK);
        double norms[kRows];
        CHECK_EQUAL(state.execute(plans[0].data(), values, kRows, norms), QMLX_OK);
        for (std::uint32_t row = 0; row < kRows; ++row) {
          const auto right = expected(plans[row], engine.values(plans[row]),
                                      basis_state(state.size, state.size - 1));
          CHECK(largest_difference(state.amplitudes(row), right) < engine.scaled(2e-6));
          CHECK_NEAR(norms[row], norm_of(right), engine.scaled(1e-5));
        }
      }
    }
  }
}

TEST(some_rows_of_a_batch) {
  std::mt19937_64 random(7);
  const TestPlan plan = RandomPlan(random, 5, {5, 5, 2, 0, 0}).make(1, 4);
  const TestEngine engine;
  TestState state(engine, 5, 4);
  CHECK_EQUAL(cpu().set_basis(state.state, 3), QMLX_OK);
  qmlx_execution execution{};
  execution.plan = plan.data();
  execution.values = plan.values.data();
  execution.first_row = 2;
  execution.row_count = 1;
  CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_OK);
  const auto start = basis_state(state.size, 3);
  for (const std::uint32_t row : {0U, 1U, 3U})
    CHECK_EQUAL(largest_difference(state.amplitudes(row), start), 0.0);
  CHECK(largest_difference(state.amplitudes(2), expected(plan, engine.values(plan), start)) < 2e-6);
  execution.first_row = 3;
  execution.row_count = 2;
  CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_INVALID_ARGUMENT);
}

TEST(a_plan_without_passes_changes_nothing) {
  PlanBuilder builder(4, {4, 4, 1, 0, 0});
  const TestPlan plan = builder.finish();
  const TestEngine engine;
  TestState state(engine, 4);
  CHECK_EQUAL(cpu().set_basis(state.state, 9), QMLX_OK);
  double norm = 0;
  CHECK_EQUAL(state.execute(plan.data(), engine.values(plan), 1, &norm), QMLX_OK);
  CHECK_EQUAL(norm, 1.0);
  CHECK_EQUAL(largest_difference(state.amplitudes(), basis_state(16, 9)), 0.0);
}
