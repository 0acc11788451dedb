// The walker of GPUs, run as C++: random plans of every geometry against the reference interpreter,
// in place and out of place, with the threads of a group in both orders.
#include "amplitudes.h"
#include "check.h"
#include "core/compiled_plan.h"
#include "kernels/walk_format.h"
#include "mlx/walker/encoder.h"
#include "mlx/walker/host.h"
#include "program_builder.h"
#include "random_plan.h"
#include "reference_plan.h"

using namespace qmlx;
using namespace qmlx::testing;

namespace {

struct Case {
  bool in_place = true;
  bool reverse = false;
  bool from_basis = false;
};

class HostState {
 public:
  HostState(unsigned bits, const std::vector<Amplitude>& start)
      : bits_(bits), memory_(2U << std::max(bits, walker::kLeastBits)) {
    for (std::size_t k = 0; k < start.size(); ++k) {
      memory_[2 * k] = static_cast<float>(start[k].real());
      memory_[2 * k + 1] = static_cast<float>(start[k].imag());
    }
  }

  // Returns the squared norm that the last pass reports.
  double run(const PlanView& plan, const float* values, const Case& how, std::uint64_t basis) {
    walker::WalkProgram program;
    CHECK(walker::encode_plan(plan, program));
    std::vector<float> norms(std::size_t{1} << (program.state_bits - program.tile_bits));
    for (std::size_t pass = 0; pass < program.passes.size(); ++pass) {
      const bool last = pass + 1 == program.passes.size();
      std::vector<float> fresh(how.in_place ? 2 : memory_.size(), std::nanf(""));
      walker::HostLaunch launch{kernels::KernelName::walk};
      launch.columns = 1U << (program.state_bits - program.tile_bits);
      launch.threads = 1U << (program.tile_bits - kernels::kRegisterBits);
      launch.reverse = how.reverse;
      launch.buffers = {memory_.data(), program.words.data(), const_cast<float*>(values),
                        nullptr,        norms.data(),         fresh.data()};
      launch.scalars = {program.passes[pass],
                        (how.in_place ? kernels::kWalkInPlace : 0) |
                            (how.from_basis && pass == 0 ? kernels::kWalkFromBasis : 0) |
                            (last ? kernels::kWalkNorms : 0),
                        program.state_bits,
                        0,
                        0,
                        static_cast<std::uint32_t>(basis),
                        static_cast<std::uint32_t>(basis >> 32)};
      walker::run_on_host(launch);
      if (!how.in_place) memory_ = std::move(fresh);
    }
    double norm = 0;
    for (const float part : norms) norm += part;
    return norm;
  }

  std::vector<Amplitude> amplitudes() const {
    std::vector<Amplitude> result(std::size_t{1} << bits_);
    for (std::size_t k = 0; k < result.size(); ++k)
      result[k] = {memory_[2 * k], memory_[2 * k + 1]};
    return result;
  }
  const std::vector<float>& memory() const { return memory_; }

 private:
  unsigned bits_;
  std::vector<float> memory_;
};

void compare(unsigned bits, const Geometry& geometry, std::uint64_t seed, unsigned passes,
             unsigned stages) {
  std::mt19937_64 random(seed);
  const TestPlan plan = RandomPlan(random, bits, geometry).make(passes, stages);
  const Case how{seed % 2 == 0, seed % 3 == 0, seed % 5 == 0};
  const std::uint64_t basis = random() & ((1ULL << bits) - 1);
  std::vector<Amplitude> right(std::size_t{1} << bits);
  if (how.from_basis) {
    right[basis] = 1;
  } else {
    right = random_amplitudes(random, right.size());
  }
  HostState state(bits, right);
  const double norm = state.run(PlanView(plan.data()), plan.values.data(), how, basis);
  reference::PlanInterpreter(plan.data(), plan.values.data()).run(right);
  // Random strings need not be unitary.
  const double size = distance(right, std::vector<Amplitude>(right.size()));
  CHECK_NEAR(norm, size * size, 1e-5 * std::max(1.0, size * size));
  const double difference = distance(state.amplitudes(), right) / std::max(1.0, size);
  if (difference <= 2e-6) return;
  std::ostringstream text;
  text << bits << " bits, T " << geometry.tile_bits << ", C " << geometry.row_bits << ", R "
       << geometry.register_bits << ", L " << geometry.lane_bits << ", seed " << seed
       << ": difference " << difference;
  check::fail(__FILE__, __LINE__, text.str());
}

// L2 error of a circuit against float64, by the bound of the walker's design.
void check_circuit(const ProgramBuilder& builder, const Geometry& geometry, double gates) {
  const auto program = builder.build();
  const auto plan = compile_plan(source_of(*program), geometry);
  std::vector<double> angles(plan->angle_count);
  program->constant_angles(angles);
  for (const AngleRun& run : plan->runs) run.evaluate(angles);
  std::vector<float> values(plan->value_count);
  for (const Recipe& recipe : plan->recipes) recipe.write(angles, values.data());
  for (const PairMatrix& matrix : plan->matrices) matrix.write(angles, values.data());
  std::vector<Amplitude> right(std::size_t{1} << program->qubits());
  right[0] = 1;
  HostState forward(program->qubits(), right), backward = forward;
  forward.run(plan->view(), values.data(), {true, false, true}, 0);
  backward.run(plan->view(), values.data(), {false, true, true}, 0);
  CHECK(forward.memory() == backward.memory());
  reference::PlanInterpreter(plan->block.data(), values.data()).run(right);
  CHECK_NEAR(distance(forward.amplitudes(), right), 0, 4 * 0x1p-24 * std::sqrt(gates));
}

}  // namespace

TEST(random_geometries) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    std::mt19937_64 random(seed);
    const auto bits = static_cast<unsigned>(seed % 11);
    const Geometry geometry = random_geometry(random, bits);
    if (geometry.lane_bits + geometry.register_bits <= kernels::kRegisterBits)
      compare(bits, geometry, seed, 3, 3);
  }
}

TEST(plans_with_larger_phases_or_tiles_are_refused) {
  std::mt19937_64 random(1);
  walker::WalkProgram program;
  const Geometry too_large[] = {{8, 4, 4, 1, 0}, {13, 4, 4, 0, 0}};
  for (const Geometry& geometry : too_large) {
    const TestPlan plan = RandomPlan(random, 13, geometry).make(1, 1);
    CHECK(!walker::encode_plan(PlanView(plan.data()), program));
  }
}

TEST(own_geometry) {
  for (unsigned bits = 0; bits <= 14; ++bits) {
    const unsigned tile = std::min(bits, 12U);
    const Geometry geometry{tile, std::min(tile, 4U), std::min(tile, 4U), 0, 0};
    for (std::uint64_t seed = 0; seed < (bits < 12 ? 40 : 8); ++seed)
      compare(bits, geometry, 100 * bits + seed, 2, 4);
  }
}

// More phases, operations and terms than a chunk holds.
TEST(long_passes) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    compare(7, {7, 4, 4, 0, 0}, seed, 1, 120);
    compare(8, {6, 2, 3, 0, 0}, seed, 2, 60);
  }
}

TEST(circuits) {
  for (const Geometry& geometry : {Geometry{12, 4, 4, 0, 0}, Geometry{6, 2, 4, 0, 0}}) {
    check_circuit(fourier(13), geometry, 91);
    check_circuit(ghz(13), geometry, 13);
    check_circuit(hadamards(13), geometry, 13);
    check_circuit(random_grid(13, 20), geometry, 400);
    check_circuit(ansatz(13, 5), geometry, 190);
  }
}
