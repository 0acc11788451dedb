// Times of the CPU engine's execute() alone: planning, binding and the JavaScript boundary
// excluded.
//   native-cpu [THREADS] [VARIANT] [LARGEST]
//   native-cpu THREADS VARIANT QUBITS gates: only one gate on each qubit's bit; - means the best variant
// Built from the test headers, which hold the circuits: see bench/machine.mjs.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "core/bound_program.h"
#include "core/plan_cache.h"
#include "cpu/engine.h"
#include "program_builder.h"
#include "random_plan.h"

namespace {

using namespace qmlx;

const qmlx_engine_table& cpu() { return *cpu_engine_table(); }

// Shortest of the runs that fit into about a third of a second, in milliseconds.
double shortest(const std::function<void()>& work) {
  double best = 1e300, spent = 0;
  for (int repeat = 0; repeat < 3 || (spent < 300 && repeat < 20000); ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
    best = std::min(best, time.count());
    spent += time.count();
  }
  return best;
}

struct Bench {
  Bench(unsigned threads, const char* variant) {
    qmlx_config config{};
    config.abi = QMLX_ENGINE_ABI;
    config.threads = threads;
    config.variant = variant;
    char error[256];
    if (cpu().create(&config, &engine, error, sizeof(error)) != QMLX_OK) {
      std::fprintf(stderr, "%s\n", error);
      std::exit(1);
    }
  }
  ~Bench() { cpu().destroy(engine); }

  // From a basis state, as programs run.
  void circuit(const char* name, int n, const ProgramBuilder& builder) {
    qmlx_geometry raw{};
    cpu().geometry(engine, static_cast<unsigned>(n), 1, &raw);
    const auto program = builder.build();
    const Geometry geometry{raw.tile_bits, raw.row_bits,       raw.register_bits,
                            raw.lane_bits, raw.max_operations, raw.fuses};
    PlanCache cache(QMLX_COMPLEX64);
    BoundProgram& bound = cache.bound(*program, geometry);
    const BoundPlan* plan = nullptr;
    if (!bound.start({}).ok() || !bound.bind(0, kNaturalOrder, {}, cache, plan).ok()) std::exit(1);
    const PlanHeader& header = plan->plan->view().header();
    const double time = run(n, plan->plan->block.data(), std::get<std::vector<float>>(plan->values), false);
    std::printf(
        "%-10s %2d: %10.4f ms  (%u passes, %u stages, %u operations, %u terms; T %u R %u)\n", name,
        n, time, header.pass_count, header.stage_count, header.operation_count, header.term_count,
        header.tile_bits, header.register_bits);
  }

  // From a state in memory.
  double run(int n, const void* plan, const std::vector<float>& values, bool dense) {
    qmlx_state* state = nullptr;
    if (cpu().state_create(engine, static_cast<unsigned>(n), 1, &state) != QMLX_OK) std::exit(1);
    qmlx_execution execution{};
    double norm = 0;
    execution.plan = plan;
    execution.values = values.data();
    execution.row_count = 1;
    execution.norms = dense ? nullptr : &norm;
    if (dense) {
      const float number[2] = {1, 0};
      cpu().set_basis(state, 1);
      cpu().write(state, 0, 0, 1, number);
    }
    const double time = shortest([&] {
      if (!dense) cpu().set_basis(state, 0);
      if (cpu().execute(state, &execution) != QMLX_OK) std::exit(1);
    });
    cpu().state_free(state);
    return time;
  }

  // A pass with one rotation on one bit, against an in-place scale by a diagonal stage.
  void one_gate(int n, const std::vector<int>& bits) {
    qmlx_geometry g{};
    cpu().geometry(engine, static_cast<unsigned>(n), 1, &g);
    const Geometry geometry{g.tile_bits, g.row_bits, g.register_bits, g.lane_bits, 0, 0};
    const std::uint64_t low = (std::uint64_t{1} << g.tile_bits) - 1;
    testing::PlanBuilder scale(static_cast<unsigned>(n), geometry);
    scale.pass(low);
    scale.stage(StageKind::diagonal, 0);
    Term term{};
    term.slot = scale.slot({1, 1e-7F, 0});
    scale.add(term);
    const testing::TestPlan scaled = scale.finish();
    std::printf("scale pass %d: %.3f ms\n", n, run(n, scaled.data(), scaled.values, true));
    for (const int bit : bits) {
      const std::uint64_t target = std::uint64_t{1} << bit;
      const std::uint64_t rest = std::uint64_t{1} << (g.tile_bits - 1);
      testing::PlanBuilder gate(static_cast<unsigned>(n), geometry);
      gate.pass((low & target) != 0 ? low : (low & ~rest) | target);
      const unsigned position = (low & target) != 0 ? static_cast<unsigned>(bit) : g.tile_bits - 1;
      std::uint64_t registers = position < g.lane_bits ? 0 : std::uint64_t{1} << position;
      for (unsigned p = g.lane_bits; std::popcount(registers) < static_cast<int>(g.register_bits);
           ++p)
        registers |= std::uint64_t{1} << p;
      gate.stage(StageKind::phase, registers);
      Operation op{};
      op.kind = OperationKind::real2;
      op.target = static_cast<std::uint8_t>(
          position < g.lane_bits
              ? position
              : g.lane_bits + static_cast<unsigned>(
                                  std::popcount(registers & ((std::uint64_t{1} << position) - 1))));
      op.slot = gate.slot({0.8F, -0.6F, 0.6F, 0.8F});
      gate.add(op);
      const testing::TestPlan plan = gate.finish();
      std::printf("one gate %d, bit %2d: %.3f ms\n", n, bit,
                  run(n, plan.data(), plan.values, true));
    }
  }

  // Stages of one kind on a tile that stays in the cache, less what a run without them costs.
  void stage_cost(unsigned n) {
    qmlx_geometry g{};
    cpu().geometry(engine, n, 1, &g);
    const Geometry geometry{g.tile_bits, g.row_bits, g.register_bits, g.lane_bits, 0, 0};
    const double vectors = static_cast<double>(std::uint64_t{1} << (n - g.lane_bits));
    const auto report = [&](const char* name,
                            const std::function<void(testing::PlanBuilder&)>& add) {
      double times[2];
      for (const unsigned stages : {2U, 34U}) {
        testing::PlanBuilder builder(n, geometry);
        builder.pass((std::uint64_t{1} << n) - 1);
        for (unsigned k = 0; k < stages; ++k) add(builder);
        const testing::TestPlan plan = builder.finish();
        times[stages > 2] = run(static_cast<int>(n), plan.data(), plan.values, true);
      }
      std::printf("%2u bits, %-34s %7.2f us a stage, %5.2f ns a vector\n", n, name,
                  (times[1] - times[0]) / 32 * 1e3, (times[1] - times[0]) / 32 * 1e6 / vectors);
    };
    const auto phase = [&](testing::PlanBuilder& builder, unsigned registers, unsigned lanes,
                           OperationKind kind) {
      builder.stage(StageKind::phase, ((1ULL << g.register_bits) - 1)
                                          << (n - g.register_bits - builder.stage_count() % 3));
      for (unsigned k = 0; k < lanes + registers; ++k) {
        Operation op{};
        op.kind = kind;
        const unsigned local = k < lanes ? k : g.lane_bits + k - lanes;
        op.target = static_cast<std::uint8_t>(local);
        op.target2 = static_cast<std::uint8_t>(local + 1);
        if (kind == OperationKind::pauli) {
          op.register_x = static_cast<std::uint16_t>(3);
          op.quarter = 3;
        }
        if (kind == OperationKind::factor) op.register_mask = op.register_value = 3;
        op.slot =
            builder.slot(kind == OperationKind::real2 ? std::vector<double>{0.8, -0.6, 0.6, 0.8}
                                                      : std::vector<double>(32, 0.1));
        builder.add(op);
      }
    };
    const unsigned r = g.register_bits, l = g.lane_bits;
    report("empty phase", [&](auto& b) { phase(b, 0, 0, OperationKind::real2); });
    report("phase, 1 rotation", [&](auto& b) { phase(b, 1, 0, OperationKind::real2); });
    report("phase, rotations of all registers",
           [&](auto& b) { phase(b, r, 0, OperationKind::real2); });
    report("phase, rotations of all lanes", [&](auto& b) { phase(b, 0, l, OperationKind::real2); });
    report("phase, rotations everywhere", [&](auto& b) { phase(b, r, l, OperationKind::real2); });
    report("phase, 1 dense2", [&](auto& b) { phase(b, 1, 0, OperationKind::dense2); });
    report("phase, 1 dense4", [&](auto& b) { phase(b, 1, 0, OperationKind::dense4); });
    report("phase, 1 pauli XX", [&](auto& b) { phase(b, 1, 0, OperationKind::pauli); });
    report("phase, 1 factor", [&](auto& b) { phase(b, 1, 0, OperationKind::factor); });
    const auto diagonal = [&](testing::PlanBuilder& builder, int couplings, bool signs) {
      builder.stage(StageKind::diagonal, 0);
      const float re = signs ? -1.0F : 0.8F, im = signs ? 0.0F : 0.6F;
      for (unsigned bit = 0; bit < n; ++bit) {
        Term term{};
        term.tile_mask = term.tile_value = 1U << bit;
        term.slot = builder.slot({0.6F, 0.8F, 0});
        builder.add(term);
      }
      for (unsigned bit = 0; bit < n && couplings > 0; bit += 2, --couplings) {
        Term term{};
        term.tile_mask = term.tile_value = 1U << bit | 1U << (n - 1 - bit);
        term.slot = builder.slot({re, im, 0});
        builder.add(term);
      }
    };
    report("diagonal of single bits", [&](auto& b) { diagonal(b, 0, false); });
    report("diagonal with CZs", [&](auto& b) { diagonal(b, 4, true); });
    report("diagonal with CPs", [&](auto& b) { diagonal(b, 4, false); });
  }

  qmlx_engine* engine = nullptr;
};

// 67 rotations and 33 CX.
ProgramBuilder hundred_gates() {
  ProgramBuilder program(10);
  for (int k = 0; k < 100; ++k) {
    if (k % 3 == 2) {
      program.gate("cx", {{k % 10, 1}}, {(k + 3) % 10});
    } else {
      program.gate("ry", {}, {k % 10}, {0.1 * k + 0.1});
    }
  }
  return program;
}

}  // namespace

int main(int count, char** arguments) {
  const auto threads = static_cast<unsigned>(count > 1 ? std::atoi(arguments[1]) : 1);
  Bench bench(threads, count > 2 && arguments[2][0] != '-' ? arguments[2] : nullptr);
  const int largest = count > 3 ? std::atoi(arguments[3]) : 26;
  if (count > 4) {
    std::vector<int> bits(static_cast<std::size_t>(largest));
    std::iota(bits.begin(), bits.end(), 0);
    bench.one_gate(largest, bits);
    return 0;
  }
  bench.circuit("100 gates", 10, hundred_gates());
  for (const int n : {4, 10, 16, 20, 24, 26}) {
    if (n > largest) break;
    bench.circuit("H layer", n, hadamards(n));
    bench.circuit("GHZ", n, ghz(n));
    bench.circuit("QFT", n, fourier(n));
    bench.circuit("ansatz 5", n, ansatz(n, 5));
    if (n > 4) bench.circuit("grid 20", n, random_grid(n, 20));
  }
  for (const unsigned n : {10U, 14U, 16U}) bench.stage_cost(n);
  if (largest >= 24) bench.one_gate(largest, {0, 2, 3, 5, 6, 10, 15, 18, 22, largest - 1});
  return 0;
}
