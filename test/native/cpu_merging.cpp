// Random circuits with two-bit matrices and without: the states agree, and small ones agree with
// the circuit's own operations in float64. QMLX_FUZZ=full runs ten thousand circuits of up to 14
// qubits and a hundred of 20.
#include <cstdlib>
#include <cstring>

#include "action.h"
#include "core/bound_program.h"
#include "core/plan_cache.h"
#include "cpu_fixture.h"
#include "random_program.h"

using namespace qmlx;
using namespace qmlx::testing;

namespace {

struct Evolved {
  std::vector<Amplitude> amplitudes;
  std::size_t matrices;
};

Evolved evolve(const TestEngine& engine, const Program& program, bool fuses) {
  qmlx_geometry own{};
  CHECK_EQUAL(cpu().geometry(engine.engine, program.qubits(), 1, &own), QMLX_OK);
  const Geometry geometry{own.tile_bits, own.row_bits,       own.register_bits,
                          own.lane_bits, own.max_operations, fuses ? own.fuses : 0};
  PlanCache cache(engine.precision);
  BoundProgram& bound = cache.bound(program, geometry);
  const BoundPlan* plan = nullptr;
  CHECK(bound.start({}).ok());
  CHECK(bound.bind(0, kNaturalOrder, {}, cache, plan).ok());
  TestState state(engine, program.qubits());
  CHECK_EQUAL(cpu().set_basis(state.state, 0), QMLX_OK);
  qmlx_execution execution{};
  execution.plan = plan->plan->block.data();
  execution.values = data_of(plan->values);
  execution.row_count = 1;
  CHECK_EQUAL(cpu().execute(state.state, &execution), QMLX_OK);
  return {state.amplitudes(0), plan->plan->matrices.size()};
}

std::vector<Amplitude> in_float64(const Program& program) {
  const Segment& segment = program.segments().front();
  const Ir ir = lower({segment, program.qubits(), program.angle_count()}, {16, 6, 4, 3, 0, 0});
  std::vector<double> angles(ir.angle_count);
  program.constant_angles(angles);
  for (const AngleRun& run : ir.runs) run.evaluate(angles);
  Amplitudes state(std::size_t{1} << program.qubits());
  state[0] = 1;
  for (const IrOperation& operation : ir.operations) apply_to(action_of(operation, angles), state);
  return state;
}

double distance(const std::vector<Amplitude>& a, const std::vector<Amplitude>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += std::norm(a[k] - b[k]);
  return std::sqrt(sum);
}

// Returns whether something was fused.
bool compare(const TestEngine& engine, int qubits, int gates, std::mt19937& random) {
  const auto program = random_program(qubits, gates, random, true).build();
  const Evolved fused = evolve(engine, *program, true), plain = evolve(engine, *program, false);
  const double bound = engine.scaled(2e-7 * (8 + 8 * gates));
  CHECK_NEAR(distance(fused.amplitudes, plain.amplitudes), 0, bound);
  CHECK_EQUAL(plain.matrices, std::size_t{0});
  if (qubits <= 10) CHECK_NEAR(distance(fused.amplitudes, in_float64(*program)), 0, bound);
  return fused.matrices > 0;
}

bool full() {
  const char* wish = std::getenv("QMLX_FUZZ");
  return wish != nullptr && std::strcmp(wish, "full") == 0;
}

}  // namespace

TEST(matrices_change_nothing_but_rounding) {
  const int circuits = full() ? 10000 : 300, most_qubits = full() ? 14 : 10;
  for (const char* variant : variants()) {
    for (const qmlx_precision precision : kPrecisions) {
      std::mt19937 random(31);
      const TestEngine engine = engine_of(precision, variant, 1);
      int fused = 0;
      for (int k = 0; k < circuits; ++k) {
        const int qubits = 1 + static_cast<int>(random() % static_cast<unsigned>(most_qubits));
        if (compare(engine, qubits, 1 + static_cast<int>(random() % 60), random)) ++fused;
      }
      CHECK(fused > circuits / 10);
    }
  }
}

TEST(matrices_in_states_of_several_tiles) {
  std::mt19937 random(32);
  for (const qmlx_precision precision : kPrecisions) {
    const TestEngine engine = engine_of(precision);
    for (int k = 0; k < (full() ? 100 : 2); ++k) compare(engine, full() ? 20 : 17, 150, random);
  }
}
