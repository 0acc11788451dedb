// Shots against their definition: every shot decides at every level by its own numbered draw.
#include <algorithm>
#include <random>

#include "check.h"
#include "core/descent.h"
#include "core/sampler.h"
#include "cpu/engine.h"
#include "dynamic_fixture.h"
#include "random_program.h"

namespace {

using qmlx::Descent;
using qmlx::PlacedShot;
using qmlx::Sampler;

constexpr std::uint64_t kSeed = 0x1234567890abcdef;

// An engine whose memory cannot be seen, as that of a GPU.
const qmlx_engine_table* without_view() {
  static const qmlx_engine_table table = [] {
    qmlx_engine_table changed = *qmlx::cpu_engine_table();
    changed.view = [](const qmlx_state*, std::uint32_t) -> const void* { return nullptr; };
    return changed;
  }();
  return &table;
}

std::shared_ptr<qmlx::Simulator> open(const qmlx_engine_table* table, unsigned threads) {
  qmlx_config config{};
  config.abi = QMLX_ENGINE_ABI;
  config.threads = threads;
  std::shared_ptr<qmlx::Simulator> result;
  if (!qmlx::Simulator::create(table, config, result).ok()) throw std::runtime_error("no engine");
  return result;
}

std::unique_ptr<qmlx::State> evolved(qmlx::Simulator& simulator, const qmlx::Program& program) {
  std::unique_ptr<qmlx::State> state;
  CHECK(simulator.create_state(program.qubits(), state).ok());
  CHECK(simulator.evolve(program, {}, {}, *state).ok());
  return state;
}

std::vector<std::uint64_t> indices(std::span<const PlacedShot> placed) {
  std::vector<std::uint64_t> result(placed.size());
  for (const PlacedShot& shot : placed) result[shot.shot()] = shot.place();
  return result;
}

}  // namespace

TEST(shots_side_by_side_descend_as_each_alone) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> weight(0, 1);
  constexpr unsigned kLevels = 7;
  for (int repeat = 0; repeat < 200; ++repeat) {
    std::vector<double> tree(std::size_t{2} << kLevels);
    for (std::size_t k = tree.size() / 2; k < tree.size(); ++k)
      tree[k] = random() % 3 == 0 ? 0 : weight(random);
    for (std::size_t k = tree.size() / 2; k-- > 1;) tree[k] = tree[2 * k] + tree[2 * k + 1];
    const auto first_draw = static_cast<std::uint32_t>(random() % 9);
    Descent descent(kSeed, repeat % 4 < 2);
    descent.count = 1 + static_cast<unsigned>(random()) % Descent::kTogether;
    descent.trees.fill(tree.data());
    descent.nodes.fill(1);
    for (std::uint64_t& shot : descent.shots) shot = random() >> (repeat % 2 == 0 ? 44 : 20);
    descent.descend(first_draw, first_draw + kLevels);
    for (unsigned k = 0; k < descent.count; ++k) {
      qmlx::ShotDraws draws(kSeed, descent.shots[k]);
      std::uint64_t node = 1;
      for (unsigned level = 0; level < kLevels; ++level) {
        const double sum = tree[2 * node] + tree[2 * node + 1];
        const double zero = sum > 0 ? tree[2 * node] / sum : 1;
        node = 2 * node + (draws.one(first_draw + level, zero) ? 1 : 0);
      }
      CHECK_EQUAL(descent.nodes[k], node);
    }
  }
}

// Sizes around a leaf, a block and a bucket; shots enough for several threads.
TEST(threads_and_views_do_not_change_shots) {
  std::mt19937 random(3);
  for (const int qubits : {1, 3, 4, 9, 10, 11, 14, 21, 22}) {
    const auto program = random_program(qubits, 40, random).build();
    std::vector<std::vector<std::uint64_t>> results;
    for (const qmlx_engine_table* table : {qmlx::cpu_engine_table(), without_view()}) {
      for (const unsigned threads : {1U, 3U}) {
        const auto simulator = open(table, threads);
        const auto state = evolved(*simulator, *program);
        const qmlx::RunControl control;
        Sampler sampler(*state, kSeed, 5, control);
        CHECK(sampler.run(std::uint64_t{1} << 33, 20000).ok());
        const auto by_place = [](const PlacedShot& a, const PlacedShot& b) {
          return a.place() < b.place();
        };
        CHECK(std::is_sorted(sampler.placed().begin(), sampler.placed().end(), by_place));
        results.push_back(indices(sampler.placed()));
        const std::uint32_t few[] = {7, 19000, 3};
        CHECK(sampler.run(std::uint64_t{1} << 33, few).ok());
        for (const PlacedShot& shot : sampler.placed())
          CHECK_EQUAL(shot.place(), results.back()[shot.shot()]);
      }
    }
    for (const auto& result : results) CHECK(result == results.front());
  }
}

// Keys in another order than indices, with qubits left out and measured twice.
TEST(counts_follow_the_measurements) {
  std::mt19937 random(5);
  for (int repeat = 0; repeat < 30; ++repeat) {
    const int qubits = 2 + repeat % 12;
    const auto program = random_program(qubits, 60, random).build();
    const auto state = evolved(*simulator(), *program);
    std::vector<qmlx::Measurement> measurements;
    const auto n = static_cast<std::uint32_t>(qubits);
    for (std::uint32_t k = 0; k < n; ++k)
      measurements.push_back({static_cast<std::uint32_t>(random() % n), (k * 5 + 1) % n});
    qmlx::ExecutionResult result;
    const qmlx::SampleRequest request{
        .shots = 3000, .seed = kSeed, .measurements = measurements, .bits = n, .per_shot = true};
    CHECK(simulator()->sample(*state, request, {}, result).ok());
    const qmlx::RunControl control;
    Sampler sampler(*state, kSeed, 0, control);
    CHECK(sampler.run(0, 3000).ok());
    Histogram expected;
    for (const PlacedShot& shot : sampler.placed()) {
      std::string key(n, '0');
      for (const qmlx::Measurement& measurement : measurements)
        key[measurement.bit] = sampler.outcome(shot.place(), measurement.qubit) ? '1' : '0';
      ++expected[key];
      CHECK_EQUAL(key, key_of(result.outcomes, result.shot_outcomes[shot.shot()]));
    }
    CHECK(histogram(result.outcomes) == expected);
    for (std::size_t k = 1; k < result.outcomes.weights.size(); ++k)
      CHECK(key_of(result.outcomes, k - 1) < key_of(result.outcomes, k));
  }
}
