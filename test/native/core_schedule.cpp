// Plans of random circuits, executed operation by operation in plan order, against the circuit in
// its own order.
#include "core/schedule.h"

#include <algorithm>

#include "action.h"
#include "check.h"
#include "program_builder.h"
#include "random_program.h"

namespace {

Amplitudes random_state(int n, std::mt19937& random) {
  std::normal_distribution<double> normal;
  Amplitudes state(std::size_t{1} << n);
  double norm = 0;
  for (auto& amplitude : state) {
    amplitude = {normal(random), normal(random)};
    norm += std::norm(amplitude);
  }
  for (auto& amplitude : state) amplitude /= std::sqrt(norm);
  return state;
}

double distance(const Amplitudes& a, const Amplitudes& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += std::norm(a[k] - b[k]);
  return std::sqrt(sum);
}

// Angles as the binding computes them: the program's, then those of merged runs.
std::vector<double> angles_of(const qmlx::Program& program, std::uint32_t count,
                              const std::vector<qmlx::AngleRun>& runs) {
  std::vector<double> angles(count);
  program.constant_angles(angles);
  for (const qmlx::AngleRun& run : runs) run.evaluate(angles);
  return angles;
}

// Every operation stays inside what its pass and phase hold, and masks name no bit twice.
void check_shape(const qmlx::CompiledPlan& plan) {
  const qmlx::PlanView view = plan.view();
  const std::uint64_t all = (std::uint64_t{1} << view.header().bits) - 1;
  for (const qmlx::Pass& pass : view.passes()) {
    CHECK_EQUAL(static_cast<std::uint32_t>(std::popcount(pass.tile_mask)), view.header().tile_bits);
    const std::uint64_t rows = (std::uint64_t{1} << view.header().row_bits) - 1;
    CHECK((pass.tile_mask & rows) == rows);
    for (const qmlx::Stage& stage : view.stages(pass)) {
      if (stage.kind == qmlx::StageKind::diagonal) continue;
      for (const qmlx::Operation& operation : view.operations(stage)) {
        CHECK(operation.target < view.header().lane_bits + view.header().register_bits ||
              operation.kind >= qmlx::OperationKind::pauli);
        CHECK((operation.outside_mask & (pass.tile_mask | ~all)) == 0);
        CHECK((operation.outside_z & (pass.tile_mask | ~all)) == 0);
      }
    }
  }
}

void check_circuit(const qmlx::Program& program, const qmlx::Geometry& geometry,
                   std::mt19937& random) {
  const auto plan = qmlx::compile_plan(source_of(program), geometry);
  check_shape(*plan);
  qmlx::Geometry unfused = geometry;
  unfused.fuses = 0;
  const qmlx::Ir ir = qmlx::lower(source_of(program), unfused);
  Amplitudes in_order = random_state(static_cast<int>(program.qubits()), random),
             planned = in_order;
  const std::vector<double> angles = angles_of(program, ir.angle_count, ir.runs);
  for (const qmlx::IrOperation& operation : ir.operations)
    apply_to(action_of(operation, angles), in_order);
  std::vector<float> values(plan->value_count);
  for (const qmlx::Recipe& recipe : plan->recipes) recipe.write(angles, values.data());
  for (const qmlx::PairMatrix& matrix : plan->matrices) matrix.write(angles, values.data());
  for (const Action& action : PlanActions(*plan, values).all()) apply_to(action, planned);
  // Values are rounded to float32 once; an operation adds at most 2^-24 or so.
  CHECK_NEAR(distance(in_order, planned), 0, 1e-7 * static_cast<double>(8 + ir.operations.size()));
}

}  // namespace

TEST(random_circuits_in_tiny_geometries) {
  std::mt19937 random(20250101);
  const qmlx::Geometry geometries[] = {
      {3, 1, 1, 0, 0}, {3, 1, 1, 1, 0}, {3, 1, 2, 1, 0},    {4, 2, 2, 0, 0},    {4, 2, 1, 2, 5},
      {5, 2, 3, 0, 7}, {5, 3, 2, 3, 0}, {3, 1, 1, 1, 0, 1}, {4, 2, 2, 0, 0, 1}, {5, 2, 3, 2, 9, 1}};
  for (int trial = 0; trial < 10000; ++trial) {
    const int n = 1 + static_cast<int>(random() % 7);
    const auto program = random_program(n, 1 + static_cast<int>(random() % 30), random).build();
    check_circuit(*program, geometries[random() % std::size(geometries)], random);
  }
}

TEST(random_circuits_in_real_geometries) {
  std::mt19937 random(7);
  const qmlx::Geometry geometries[] = {
      {16, 6, 4, 3, 0}, {12, 4, 4, 0, 0}, {8, 4, 4, 2, 0}, {10, 6, 4, 3, 64}, {10, 6, 4, 3, 0, 1}};
  for (int trial = 0; trial < 75; ++trial) {
    const auto program = random_program(11 + static_cast<int>(random() % 3), 120, random).build();
    check_circuit(*program, geometries[random() % std::size(geometries)], random);
  }
}

TEST(deep_structured_circuits) {
  std::mt19937 random(9);
  for (const qmlx::Geometry& geometry :
       {qmlx::Geometry{6, 2, 2, 1, 0}, qmlx::Geometry{8, 4, 4, 2, 0}}) {
    check_circuit(*fourier(11).build(), geometry, random);
    check_circuit(*random_grid(12, 14).build(), geometry, random);
    check_circuit(*ansatz(12, 5).build(), geometry, random);
    check_circuit(*ghz(12).build(), geometry, random);
  }
}
