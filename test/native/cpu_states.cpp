// States: memory, reading and writing, orders of bits, collapse.
#include <algorithm>
#include <numeric>

#include "check.h"
#include "cpu_fixture.h"
#include "random_plan.h"
#include "reference_plan.h"

using namespace qmlx;
using namespace qmlx::testing;

namespace {

constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30;

qmlx_description description_of(const TestEngine& engine) {
  qmlx_description description{};
  CHECK_EQUAL(cpu().describe(engine.engine, &description), QMLX_OK);
  return description;
}

// For each tile a pass that rotates its lowest bits.
TestPlan layer(unsigned bits, const Geometry& geometry, const std::vector<std::uint64_t>& tiles) {
  PlanBuilder builder(bits, geometry);
  for (const std::uint64_t tile : tiles) {
    builder.pass(tile);
    builder.stage(StageKind::phase, ((1ULL << geometry.register_bits) - 1) << geometry.lane_bits);
    for (unsigned bit = 0; bit < geometry.lane_bits + geometry.register_bits; ++bit) {
      Operation op{};
      op.kind = OperationKind::real2;
      op.target = static_cast<std::uint8_t>(bit);
      op.slot = builder.slot({0.8, -0.6, 0.6, 0.8});
      builder.add(op);
    }
  }
  return builder.finish();
}

}  // namespace

TEST(an_engine_describes_itself) {
  const TestEngine engine("portable", 3);
  const qmlx_description description = description_of(engine);
  CHECK_EQUAL(std::string(description.device), "cpu");
  CHECK_EQUAL(std::string(description.variant), "portable");
  CHECK(description.name[0] != 0);
  CHECK_EQUAL(description.threads, 3U);
  CHECK(description.memory_bytes >= description.available_bytes);
  CHECK(description.available_bytes > 0);
}

TEST(wrong_configurations_are_refused) {
  const TestEngine unknown("sse9");
  CHECK_EQUAL(unknown.code, QMLX_UNSUPPORTED);
  CHECK(!unknown.text.empty());
  CHECK_EQUAL(TestEngine(nullptr, 5000).code, QMLX_INVALID_ARGUMENT);
  CHECK_EQUAL(TestEngine(nullptr, 1, {21, 0, 0, 0, 0}).code, QMLX_INVALID_ARGUMENT);
  qmlx_config config{};
  config.abi = QMLX_ENGINE_ABI + 1;
  qmlx_engine* engine = nullptr;
  char error[64];
  CHECK_EQUAL(cpu().create(&config, &engine, error, sizeof(error)), QMLX_ABI_MISMATCH);
  config.abi = QMLX_ENGINE_ABI;
  config.precision = QMLX_COMPLEX128 + 1;
  CHECK_EQUAL(cpu().create(&config, &engine, error, sizeof(error)), QMLX_UNSUPPORTED);
  CHECK_EQUAL(cpu().create(nullptr, &engine, nullptr, 0), QMLX_INVALID_ARGUMENT);
}

TEST(too_large_states_are_refused_before_they_are_allocated) {
  const TestEngine engine;
  for (const unsigned bits : {40U, 48U}) {
    CHECK_EQUAL(TestState(engine, bits).code, QMLX_OUT_OF_MEMORY);
    CHECK(engine.error().find("GiB") != std::string::npos);
  }
  for (const unsigned bits : {49U, 64U, 4000000000U}) {
    qmlx_state* none = nullptr;
    CHECK_EQUAL(cpu().state_create(engine.engine, bits, 1, &none), QMLX_INVALID_ARGUMENT);
  }
  CHECK_EQUAL(TestState(engine, 40, 0xffffffff).code, QMLX_OUT_OF_MEMORY);
  CHECK_EQUAL(TestState(engine, 3, 0).code, QMLX_INVALID_ARGUMENT);
  CHECK_EQUAL(TestState(engine, 3).code, QMLX_OK);
}

TEST(a_memory_limit_counts_all_states) {
  const TestEngine engine(nullptr, 1, {0, 0, 0, 0, 0}, 3 * (8 << 10));
  CHECK_EQUAL(TestState(engine, 12).code, QMLX_OUT_OF_MEMORY);
  const TestState first(engine, 11);
  CHECK_EQUAL(first.code, QMLX_OK);
  CHECK_EQUAL(TestState(engine, 11).code, QMLX_OUT_OF_MEMORY);
  CHECK_EQUAL(description_of(engine).available_bytes, 8192U);
  for (int repeat = 0; repeat < 20; ++repeat) CHECK_EQUAL(TestState(engine, 10).code, QMLX_OK);
  CHECK_EQUAL(description_of(engine).available_bytes, 8192U);
}

TEST(a_memory_limit_counts_16_bytes_an_amplitude_of_complex128) {
  const TestEngine engine(nullptr, 1, {0, 0, 0, 0, 0}, 3 * (8 << 10), QMLX_COMPLEX128);
  CHECK_EQUAL(TestState(engine, 11).code, QMLX_OUT_OF_MEMORY);
  CHECK_EQUAL(TestState(engine, 10).code, QMLX_OK);
  const TestState held(engine, 10);
  CHECK_EQUAL(description_of(engine).available_bytes, 8192U);
}

TEST(states_that_were_not_written_count_as_used) {
  const TestEngine engine;
  const std::uint64_t before = description_of(engine).available_bytes;
  if (before < 2 * kGibibyte) return;
  const TestState state(engine, 27);
  CHECK_EQUAL(state.code, QMLX_OK);
  CHECK(description_of(engine).available_bytes < before - kGibibyte / 2);
}

TEST(a_fresh_state_is_the_basis_state_0) {
  const TestEngine engine;
  for (unsigned bits = 0; bits < 12; ++bits) {
    const TestState state(engine, bits, 2);
    CHECK_EQUAL(largest_difference(state.amplitudes(1), basis_state(state.size, 0)), 0.0);
  }
}

TEST(basis_states_are_read_as_written) {
  for (const unsigned threads : {1U, 2U}) {
    const TestEngine engine(nullptr, threads);
    TestState state(engine, 17);
    for (const std::uint64_t index : {0ULL, 1ULL, 77777ULL, 131071ULL}) {
      CHECK_EQUAL(cpu().set_basis(state.state, index), QMLX_OK);
      CHECK_EQUAL(largest_difference(state.amplitudes(), basis_state(state.size, index)), 0.0);
    }
    CHECK_EQUAL(cpu().set_basis(state.state, 131072), QMLX_INVALID_ARGUMENT);
  }
}

// Zeros that are only known must be there for whoever reads next.
TEST(what_a_run_does_not_reach_is_zero) {
  const Geometry geometry{6, 3, 2, 1, 0};
  for (const Way& way : ways()) {
    const std::vector<std::vector<std::uint64_t>> tile_lists = {
        {0x3f}, {0x707}, {0x1c07, 0x3f}, {0x3f, 0x707}, {0x1c07, 0x707, 0xe07}};
    for (const auto& tiles : tile_lists) {
      const TestPlan plan = layer(13, geometry, tiles);
      const TestEngine engine = engine_of(way.precision, way.variant);
      TestState state(engine, 13);
      // Leaves numbers in memory that the next run must not see.
      std::mt19937_64 random(1);
      state.write(random_amplitudes(random, state.size));
      CHECK_EQUAL(cpu().set_basis(state.state, 0x1234), QMLX_OK);
      auto right = basis_state(state.size, 0x1234);
      for (int repeat = 0; repeat < 3; ++repeat) {
        double norm = 0;
        CHECK_EQUAL(state.execute(plan.data(), engine.values(plan), 1, &norm), QMLX_OK);
        reference::PlanInterpreter(plan.data(), engine.values(plan).data()).run(right);
        CHECK_NEAR(norm, 1, engine.scaled(1e-5));
      }
      CHECK(largest_difference(state.amplitudes(), right) < engine.scaled(1e-6));
    }
  }
}

TEST(a_run_after_one_with_shorter_rows) {
  for (const qmlx_precision precision : kPrecisions) {
    const TestEngine engine = engine_of(precision, "portable", 1);
    TestState state(engine, 10);
    CHECK_EQUAL(cpu().set_basis(state.state, 0x155), QMLX_OK);
    auto right = basis_state(state.size, 0x155);
    for (const Geometry& geometry : {Geometry{2, 1, 1, 1, 0}, Geometry{6, 5, 2, 1, 0}}) {
      const std::uint64_t tile = (1ULL << geometry.row_bits) - 1;
      const TestPlan plan = layer(10, geometry, {tile | (tile + 1) << (9 - geometry.row_bits)});
      CHECK_EQUAL(state.execute(plan.data(), engine.values(plan)), QMLX_OK);
      reference::PlanInterpreter(plan.data(), engine.values(plan).data()).run(right);
    }
    CHECK(largest_difference(state.amplitudes(), right) < engine.scaled(1e-6));
  }
}

namespace {

void write_and_read_slices(const TestEngine& engine) {
  for (const unsigned bits : {0U, 1U, 2U, 5U, 17U}) {
    TestState state(engine, bits);
    std::mt19937_64 random(bits);
    auto right = basis_state(state.size, 0);
    for (int repeat = 0; repeat < 5; ++repeat) {
      const std::uint64_t first = random() % state.size;
      const std::uint64_t count = random() % (state.size - first + 1);
      std::vector<Amplitude> numbers(count);
      for (Amplitude& number : numbers) number = {static_cast<double>(random() % 100), -1};
      std::copy(numbers.begin(), numbers.end(), right.begin() + static_cast<std::ptrdiff_t>(first));
      state.write(numbers, 0, first);
    }
    CHECK_EQUAL(largest_difference(state.amplitudes(), right), 0.0);
    double number[2];
    CHECK_EQUAL(cpu().read(state.state, 0, nullptr, state.size, 1, number), QMLX_INVALID_ARGUMENT);
    CHECK_EQUAL(cpu().read(state.state, 0, nullptr, 1, ~0ULL, number), QMLX_INVALID_ARGUMENT);
    CHECK_EQUAL(cpu().read(state.state, 1, nullptr, 0, 1, number), QMLX_INVALID_ARGUMENT);
    CHECK_EQUAL(cpu().write(state.state, 0, state.size, 1, number), QMLX_INVALID_ARGUMENT);
  }
}

}  // namespace

TEST(slices_are_written_and_read) {
  for (const qmlx_precision precision : kPrecisions) write_and_read_slices(engine_of(precision));
}

namespace {

void read_in_any_order(const TestEngine& engine) {
  std::mt19937_64 random(11);
  for (const unsigned bits : {0U, 1U, 3U, 6U, 9U, 18U}) {
    TestState state(engine, bits);
    const auto right = random_amplitudes(random, state.size, !engine.is_double());
    state.write(right);
    for (int repeat = 0; repeat < 6; ++repeat) {
      std::vector<std::uint8_t> order(bits);
      std::iota(order.begin(), order.end(), std::uint8_t{0});
      std::shuffle(order.begin(), order.end(), random);
      const std::uint64_t first = repeat == 0 ? 0 : random() % state.size;
      const std::uint64_t count = repeat == 0 ? state.size : random() % (state.size - first + 1);
      const std::vector<double> out = state.read(order.data(), first, count);
      bool all_right = true;
      for (std::uint64_t k = 0; k < count; ++k) {
        std::uint64_t place = 0;
        for (unsigned bit = 0; bit < bits; ++bit) place |= ((first + k) >> bit & 1) << order[bit];
        if (Amplitude(out[2 * k], out[2 * k + 1]) != right[place]) all_right = false;
      }
      CHECK(all_right);
    }
    if (bits < 2) continue;
    const std::vector<std::uint8_t> twice(bits, 1);
    double number[2];
    CHECK_EQUAL(cpu().read(state.state, 0, twice.data(), 0, 1, number), QMLX_INVALID_ARGUMENT);
  }
}

}  // namespace

TEST(amplitudes_are_read_in_any_order_of_bits) {
  for (const qmlx_precision precision : kPrecisions) read_in_any_order(engine_of(precision));
}

TEST(copies_are_independent) {
  for (const qmlx_precision precision : kPrecisions) {
    const TestEngine engine = engine_of(precision, nullptr, 1);
    std::mt19937_64 random(2);
    TestState from(engine, 9, 3), to(engine, 9, 3), other(engine, 8, 3);
    const auto right = random_amplitudes(random, from.size, !engine.is_double());
    from.write(right, 1);
    CHECK_EQUAL(cpu().state_copy(to.state, from.state), QMLX_OK);
    CHECK_EQUAL(cpu().set_basis(from.state, 4), QMLX_OK);
    CHECK_EQUAL(largest_difference(to.amplitudes(1), right), 0.0);
    CHECK_EQUAL(largest_difference(to.amplitudes(2), basis_state(to.size, 0)), 0.0);
    CHECK_EQUAL(cpu().state_copy(to.state, to.state), QMLX_OK);
    CHECK_EQUAL(largest_difference(to.amplitudes(1), right), 0.0);
    CHECK_EQUAL(cpu().state_copy(other.state, from.state), QMLX_INVALID_ARGUMENT);
  }
}

namespace {

void collapse_halves(const TestEngine& engine) {
  for (const unsigned bits : {1U, 4U, 18U}) {
    for (const unsigned bit : {0U, bits / 2, bits - 1}) {
      for (const unsigned outcome : {0U, 1U}) {
        std::mt19937_64 random(bit);
        TestState state(engine, bits);
        auto right = random_amplitudes(random, state.size, !engine.is_double());
        state.write(right);
        CHECK_EQUAL(cpu().collapse(state.state, 0, bit, outcome, 1 / 3.0), QMLX_OK);
        for (std::uint64_t k = 0; k < state.size; ++k)
          right[k] *= (k >> bit & 1) == outcome ? 1 / 3.0 : 0;
        CHECK(largest_difference(state.amplitudes(), right) < engine.scaled(1e-7));
      }
    }
    TestState state(engine, bits);
    CHECK_EQUAL(cpu().collapse(state.state, 0, bits, 0, 1), QMLX_INVALID_ARGUMENT);
    CHECK_EQUAL(cpu().collapse(state.state, 0, 0, 2, 1), QMLX_INVALID_ARGUMENT);
    CHECK_EQUAL(cpu().collapse(state.state, 3, 0, 1, 1), QMLX_INVALID_ARGUMENT);
  }
}

}  // namespace

TEST(collapse_keeps_one_half) {
  for (const qmlx_precision precision : kPrecisions) collapse_halves(engine_of(precision));
}
