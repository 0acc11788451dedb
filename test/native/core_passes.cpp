// Pass counts of known circuits, read off their plans: no amplitudes are needed.
#include "check.h"
#include "core/compiled_plan.h"
#include "program_builder.h"

namespace {

constexpr int kQubits = 26;
constexpr qmlx::Geometry kLarge{16, 6, 4, 3, 0};
constexpr qmlx::Geometry kSmall{12, 4, 4, 0, 0};

std::uint32_t passes(const ProgramBuilder& program, const qmlx::Geometry& geometry) {
  return plan_of(program, geometry)->view().header().pass_count;
}

}  // namespace

TEST(fourier_transform) {
  CHECK(passes(fourier(kQubits), kLarge) <= 2);
  CHECK(passes(fourier(kQubits), kSmall) <= 3);
}

TEST(ghz_state) { CHECK(passes(ghz(kQubits), kLarge) <= 2); }

TEST(hadamard_layer) { CHECK(passes(hadamards(kQubits), kLarge) <= 2); }

TEST(random_grid_of_depth_30) {
  CHECK(passes(random_grid(kQubits, 30), kLarge) <= 14);
  CHECK(passes(random_grid(kQubits, 30), kSmall) <= 20);
}

TEST(hardware_efficient_ansatz) { CHECK(passes(ansatz(kQubits, 5), kSmall) <= 12); }

TEST(small_states_take_one_pass) {
  for (int n = 1; n <= 16; ++n) CHECK_EQUAL(passes(random_grid(n, 12), kLarge), 1U);
}

TEST(an_empty_program_takes_none) { CHECK_EQUAL(passes(ProgramBuilder(3), kLarge), 0U); }

TEST(swaps_cost_nothing) {
  ProgramBuilder program(20);
  for (int q = 0; q < 19; ++q) program.gate("swap", {}, {q, q + 1});
  const auto plan = plan_of(program, kLarge);
  CHECK_EQUAL(plan->view().header().pass_count, 0U);
  // Qubit 0 has moved to the end, bit 19 to bit 0.
  CHECK_EQUAL(static_cast<int>(plan->view().header().order[0]), 19);
}

TEST(equal_structures_give_equal_plans) {
  const auto first = plan_of(random_grid(20, 8), kLarge);
  const auto second = plan_of(random_grid(20, 8), kLarge);
  CHECK(first->block == second->block);
}

TEST(an_operation_limit_splits_passes) {
  qmlx::Geometry limited = kLarge;
  limited.max_operations = 10;
  const auto plan = plan_of(random_grid(10, 8), limited);
  for (const qmlx::Pass& pass : plan->view().passes()) {
    std::uint32_t sum = 0;
    for (const qmlx::Stage& stage : plan->view().stages(pass)) sum += stage.count;
    CHECK(sum <= 10);
  }
}
