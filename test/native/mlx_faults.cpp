// What goes wrong in the MLX engine and around it: bad input, launches and self-tests that fail,
// runs that are cancelled. After each, the next run is correct.
#include <complex>

#include "mlx_fixture.h"
#include "random_plan.h"
#include "reference_plan.h"

using namespace qmlx;
using namespace qmlx::testing;

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
