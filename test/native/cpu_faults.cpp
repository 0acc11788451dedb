// Damaged plans, wrong arguments and cancelled runs end in a code, never in a crash.
#include <atomic>
#include <thread>

#include "check.h"
#include "cpu_fixture.h"
#include "random_plan.h"

using namespace qmlx;
using namespace qmlx::testing;

namespace {

TestPlan sample_plan(std::uint64_t seed, unsigned bits = 7) {
  std::mt19937_64 random(seed);
  return RandomPlan(random, bits, {5, 3, 2, 1, 0}).make(3, 4);
}

}  // namespace

TEST(wrong_headers_are_refused) {
  const TestEngine engine;
  TestState state(engine, 7);
  const auto refused = [&](const auto& damage) {
    TestPlan plan = sample_plan(1);
    damage(plan.header());
    return state.execute(plan.data(), plan.values) == QMLX_INVALID_ARGUMENT &&
           engine.error().find("plan") != std::string::npos;
  };
  CHECK(!refused([](PlanHeader&) {}));
  CHECK(refused([](PlanHeader& header) { header.magic = 0; }));
  CHECK(refused([](PlanHeader& header) { header.version += 1; }));
  CHECK(refused([](PlanHeader& header) { header.bits = 8; }));
  CHECK(refused([](PlanHeader& header) { header.bytes = 100; }));
  CHECK(refused([](PlanHeader& header) { header.tile_bits = 6; }));
  CHECK(refused([](PlanHeader& header) { header.row_bits = 6; }));
  CHECK(refused([](PlanHeader& header) { header.lane_bits = 4; }));
  CHECK(refused([](PlanHeader& header) { header.register_bits = 5; }));
  CHECK(refused([](PlanHeader& header) { header.pass_count = 0xffffffff; }));
  CHECK(refused([](PlanHeader& header) { header.stage_offset = 0xfffffff8; }));
  CHECK(refused([](PlanHeader& header) { header.operation_offset += 4; }));
  CHECK(refused([](PlanHeader& header) { header.term_offset = 0; }));
  CHECK(refused([](PlanHeader& header) { header.value_count = 1; }));
}

TEST(requests_without_plan_or_values_are_refused) {
  const TestEngine engine;
  TestState state(engine, 7);
  qmlx_execution execution{};
  CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_INVALID_ARGUMENT);
  const TestPlan plan = sample_plan(1);
  execution.plan = plan.data();
  execution.row_count = 1;
  CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_INVALID_ARGUMENT);
  execution.values = plan.values.data();
  execution.first_row = 0xffffffff;
  CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_INVALID_ARGUMENT);
}

// Bytes turned at random: most plans are refused, the others still stay inside their memory (the
// sanitizers watch).
TEST(damaged_plans_do_not_leave_their_memory) {
  std::mt19937_64 random(5);
  for (const Way& way : ways()) {
    const TestEngine engine = engine_of(way.precision, way.variant, 1);
    TestState state(engine, 7);
    int refused = 0;
    for (int repeat = 0; repeat < 3000; ++repeat) {
      TestPlan plan = sample_plan(random() % 50);
      auto* bytes = reinterpret_cast<std::uint8_t*>(plan.block.data());
      const std::uint32_t size = plan.header().bytes;
      for (std::uint64_t damage = 1 + random() % 3; damage > 0; --damage)
        bytes[random() % size] = static_cast<std::uint8_t>(random() % 2 == 0 ? random() : 255);
      // The block's size is all that a caller vouches for.
      if (plan.header().bytes > size || plan.header().value_count > plan.values.size()) continue;
      CHECK_EQUAL(cpu().set_basis(state.state, 1), QMLX_OK);
      const int code = state.execute(plan.data(), plan.values);
      CHECK(code == QMLX_OK || code == QMLX_INVALID_ARGUMENT);
      refused += code == QMLX_INVALID_ARGUMENT ? 1 : 0;
    }
    CHECK(refused > 500);
  }
}

TEST(plans_for_more_registers_than_there_are_are_refused) {
  PlanBuilder builder(8, {8, 8, 6, 0, 0});
  builder.pass(0xff);
  builder.stage(StageKind::phase, 0x3f);
  const TestPlan plan = builder.finish();
  for (const Way& way : ways()) {
    const TestEngine engine = engine_of(way.precision, way.variant, 1);
    TestState state(engine, 8);
    const int code = state.execute(plan.data(), plan.values);
    CHECK(code == QMLX_OK || code == QMLX_UNSUPPORTED);
  }
}

TEST(a_run_cancelled_before_it_begins) {
  const TestEngine engine(nullptr, 2);
  for (const unsigned bits : {7U, 16U}) {
    const TestPlan plan = sample_plan(1, bits);
    TestState state(engine, bits);
    std::int32_t cancel = 1;
    qmlx_execution execution{};
    execution.plan = plan.data();
    execution.values = plan.values.data();
    execution.row_count = 1;
    execution.cancel = &cancel;
    CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_CANCELLED);
    CHECK(!engine.error().empty());
    cancel = 0;
    CHECK_EQUAL(cpu().set_basis(state.state, 0), QMLX_OK);
    CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_OK);
  }
}

TEST(a_run_cancelled_at_any_moment_leaves_a_usable_state) {
  std::mt19937_64 random(3);
  constexpr unsigned kBits = 18;
  const TestPlan plan = RandomPlan(random, kBits, {12, 6, 3, 1, 0}).make(12, 6);
  const TestEngine engine(nullptr, 2);
  TestState state(engine, kBits);
  CHECK_EQUAL(cpu().set_basis(state.state, 3), QMLX_OK);
  CHECK_EQUAL(state.execute(plan.data(), plan.values), QMLX_OK);
  const std::vector<double> right = state.raw();
  int cancelled = 0;
  for (int repeat = 0; repeat < 20; ++repeat) {
    std::atomic<std::int32_t> cancel{0};
    qmlx_execution execution{};
    execution.plan = plan.data();
    execution.values = plan.values.data();
    execution.row_count = 1;
    execution.cancel = reinterpret_cast<const std::int32_t*>(&cancel);
    const auto delay = std::chrono::microseconds(random() % 3000);
    std::thread canceller([&] {
      std::this_thread::sleep_for(delay);
      cancel = 1;
    });
    CHECK_EQUAL(cpu().set_basis(state.state, 3), QMLX_OK);
    const int code = cpu().execute(state.state, &execution);
    CHECK(code == QMLX_OK || code == QMLX_CANCELLED);
    cancelled += code == QMLX_CANCELLED ? 1 : 0;
    canceller.join();
    CHECK_EQUAL(cpu().set_basis(state.state, 3), QMLX_OK);
    CHECK_EQUAL(state.execute(plan.data(), plan.values), QMLX_OK);
    CHECK(state.raw() == right);
  }
  CHECK(cancelled > 0);
}

TEST(progress_is_told_between_passes) {
  struct Seen {
    std::vector<std::uint64_t> done;
    std::uint64_t total = 0;
  } seen;
  const TestPlan plan = sample_plan(4);
  const TestEngine engine;
  TestState state(engine, 7, 2);
  std::vector<float> values = plan.values;
  values.insert(values.end(), plan.values.begin(), plan.values.end());
  qmlx_execution execution{};
  execution.plan = plan.data();
  execution.values = values.data();
  execution.value_stride = plan.values.size();
  execution.row_count = 2;
  execution.context = &seen;
  execution.progress = [](void* context, std::uint64_t done, std::uint64_t total) {
    static_cast<Seen*>(context)->done.push_back(done);
    static_cast<Seen*>(context)->total = total;
  };
  CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_OK);
  CHECK_EQUAL(seen.total, 6U);
  CHECK(seen.done == (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6}));
}
