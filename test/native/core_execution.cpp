// Programs with decisions: known physics, the branch tree against single trajectories and exact
// distributions.
#include "core/execution.h"

#include "check.h"
#include "dynamic_fixture.h"

namespace {

Histogram counts(const ProgramBuilder& builder, std::uint64_t shots, std::uint32_t max_states = 0) {
  qmlx::ExecutionResult result;
  const auto program = builder.build();
  const qmlx::Status status =
      run(*program, {.shots = shots, .seed = 5, .max_states = max_states}, result);
  if (!status.ok()) throw std::runtime_error(status.message);
  return histogram(result.outcomes);
}

Histogram distribution(const ProgramBuilder& builder) {
  qmlx::ExecutionResult result;
  const auto program = builder.build();
  const qmlx::Status status = run(*program, {.exact = true}, result);
  if (!status.ok()) throw std::runtime_error(status.message);
  return histogram(result.outcomes);
}

double chi_square(const Histogram& measured, const Histogram& exact, double shots) {
  double sum = 0;
  for (const auto& [key, probability] : exact) {
    const auto entry = measured.find(key);
    const double count = entry == measured.end() ? 0 : entry->second;
    sum += (count - shots * probability) * (count - shots * probability) / (shots * probability);
  }
  return sum;
}

// The same distribution by following every history on its own, with the reference's plainest
// arithmetic: amplitudes of single gates from the engine, no tree.
Histogram by_trajectories(const ProgramBuilder& builder, std::uint64_t shots) {
  Histogram sum;
  const auto program = builder.build();
  for (std::uint64_t first = 0; first < shots; ++first) {
    qmlx::ExecutionResult result;
    const qmlx::Status status =
        run(*program, {.shots = 1, .seed = 1000 + first, .max_states = 1}, result);
    if (!status.ok()) throw std::runtime_error(status.message);
    for (const auto& [key, count] : histogram(result.outcomes)) sum[key] += count;
  }
  return sum;
}

}  // namespace

TEST(measuring_twice_gives_the_same_bit) {
  ProgramBuilder program(1);
  program.bits = 2;
  program.gate("h", {}, {0}).measure(0, 0).gate("id", {}, {0}).measure(0, 1);
  const Histogram result = counts(program, 10000);
  CHECK_EQUAL(result.size(), 2U);
  CHECK_NEAR(result.at("00"), 5000, 300);
  CHECK_NEAR(result.at("11"), 5000, 300);
}

TEST(measuring_collapses) {
  // H, measure, H, measure: deferred measurement would always give the same second bit.
  ProgramBuilder program(1);
  program.bits = 2;
  program.gate("h", {}, {0}).measure(0, 0).gate("h", {}, {0}).measure(0, 1);
  const Histogram exact = distribution(program);
  CHECK_EQUAL(exact.size(), 4U);
  for (const auto& [key, probability] : exact) CHECK_NEAR(probability, 0.25, 1e-6);
}

TEST(teleportation_restores_the_state) {
  for (int trial = 0; trial < 50; ++trial) {
    const double theta = 0.1 * trial, phi = 0.37 * trial;
    ProgramBuilder program(3);
    program.bits = 3;
    program.gate("u", {}, {0}, {theta, phi, 0.2}).gate("h", {}, {1}).gate("cx", {{1, 1}}, {2});
    program.gate("cx", {{0, 1}}, {1}).gate("h", {}, {0}).measure(0, 0).measure(1, 1);
    program.branch(program.expression({{33, 1}}), program.operations() + 2).gate("x", {}, {2});
    program.branch(program.expression({{33, 0}}), program.operations() + 2).gate("z", {}, {2});
    program.gate("u", {}, {2}, {-theta, -0.2, -phi}).measure(2, 2);
    double wrong = 0;
    for (const auto& [key, probability] : distribution(program)) {
      if (key[2] == '1') wrong += probability;
    }
    CHECK_NEAR(wrong, 0, 1e-6);
  }
}

TEST(reset_gives_zero) {
  ProgramBuilder program(2);
  program.bits = 2;
  program.gate("h", {}, {0}).gate("cx", {{0, 1}}, {1}).reset(0).measure(0, 0).measure(1, 1);
  const Histogram exact = distribution(program);
  CHECK_EQUAL(exact.size(), 2U);
  CHECK_NEAR(exact.at("00"), 0.5, 1e-6);
  CHECK_NEAR(exact.at("01"), 0.5, 1e-6);
}

TEST(repeat_until_success_ends_and_is_counted) {
  // Measure H|0> until it is 0; then the bit is 0 always.
  ProgramBuilder program(1);
  program.bits = 1;
  program.counters = 1;
  program.gate("h", {}, {0}).measure(0, 0).step(-10, {0});
  const int start = program.operations();
  program.branch(program.expression({{33, 0}}), start + 6).step(-11, {0, 64}).reset(0);
  program.gate("h", {}, {0}).measure(0, 0).jump(start);
  const Histogram result = counts(program, 20000);
  CHECK_EQUAL(result.size(), 1U);
  CHECK_NEAR(result.at("0"), 20000, 0);
}

TEST(a_loop_beyond_its_limit_fails) {
  ProgramBuilder program(1);
  program.counters = 1;
  program.step(-10, {0}).step(-11, {0, 10}).gate("x", {}, {0}).jump(1);
  qmlx::ExecutionResult result;
  const qmlx::Status status = run(*program.build(), {.shots = 3}, result);
  CHECK(status.code == qmlx::Code::limit);
  CHECK(status.message.find("10 rounds") != std::string::npos);
}

TEST(angles_follow_classical_variables) {
  // A variable that counts measured ones turns the last rotation by π each.
  ProgramBuilder program(2);
  program.bits = 2;
  program.variables = {0};
  program.constants = {std::numbers::pi};
  program.integers = {1};
  program.gate("h", {}, {0}).measure(0, 0);
  const int increment = program.expression({{35, 0}, {33, 0}, {40, 0}});
  program.step(-6, {0, increment});
  program.gate("ry", {}, {1}, {0});
  program.angle_from(program.expression({{35, 0}, {80, 0}, {1, 0}, {5, 0}}));
  program.measure(1, 1);
  const Histogram exact = distribution(program);
  CHECK_EQUAL(exact.size(), 2U);
  CHECK_NEAR(exact.at("00"), 0.5, 1e-6);
  CHECK_NEAR(exact.at("11"), 0.5, 1e-6);
}

TEST(expectations_of_bits_are_checked) {
  ProgramBuilder program(1);
  program.bits = 1;
  program.gate("x", {}, {0}).measure(0, 0).step(-7, {0, 1}).gate("x", {}, {0});
  qmlx::ExecutionResult result;
  CHECK(run(*program.build(), {.shots = 10}, result).ok());
  program.measure(0, 0).step(-7, {0, 1});
  CHECK(run(*program.build(), {.shots = 10}, result).code == qmlx::Code::assertion);
}

TEST(postselection_drops_shots) {
  ProgramBuilder program(2);
  program.bits = 1;
  program.gate("h", {}, {0}).gate("cx", {{0, 1}}, {1}).step(-8, {0, 1}).measure(1, 0);
  qmlx::ExecutionResult result;
  CHECK(run(*program.build(), {.shots = 10000, .seed = 1}, result).ok());
  const Histogram kept = histogram(result.outcomes);
  CHECK_EQUAL(kept.size(), 1U);
  CHECK_NEAR(kept.at("1") + result.dropped, 10000, 0);
  CHECK_NEAR(result.dropped, 5000, 300);
}

TEST(results_do_not_depend_on_the_budget_of_states) {
  std::mt19937 random(3);
  for (int trial = 0; trial < 2000; ++trial) {
    const ProgramBuilder program = random_dynamic(random);
    const Histogram all = counts(program, 500, 64);
    CHECK(all == counts(program, 500, 1));
    CHECK(all == counts(program, 500, 3));
  }
}

TEST(counts_follow_the_exact_distribution) {
  std::mt19937 random(4);
  constexpr double kShots = 20000;
  for (int trial = 0; trial < 2000; ++trial) {
    const ProgramBuilder program = random_dynamic(random);
    const Histogram exact = distribution(program),
                    measured = counts(program, static_cast<std::uint64_t>(kShots));
    double total = 0;
    for (const auto& [key, probability] : exact) total += probability;
    CHECK_NEAR(total, 1, 1e-5);
    for (const auto& [key, count] : measured) CHECK(exact.contains(key));
    // Rare outcomes would make the statistic heavy-tailed: at most 8 outcomes, so 60 is far beyond
    // any chance.
    Histogram frequent;
    for (const auto& [key, probability] : exact) {
      if (probability * kShots > 5) frequent[key] = probability;
    }
    CHECK(chi_square(measured, frequent, kShots) < 60);
  }
}

TEST(one_shot_at_a_time_gives_the_same_distribution) {
  std::mt19937 random(6);
  for (int trial = 0; trial < 20; ++trial) {
    const ProgramBuilder program = random_dynamic(random);
    const Histogram exact = distribution(program), measured = by_trajectories(program, 2000);
    Histogram frequent;
    for (const auto& [key, probability] : exact) {
      if (probability * 2000 > 5) frequent[key] = probability;
    }
    CHECK(chi_square(measured, frequent, 2000) < 60);
  }
}

namespace {

// Three qubits that carry a bit, each flipped with probability p in every round by a coin that is
// forgotten; a majority vote corrects them. The two bits of the syndrome are written again and
// again. Bit 2 is what comes out.
ProgramBuilder memory_rounds(int rounds, double p) {
  ProgramBuilder program(6);
  program.bits = 3;
  program.integers = {1, 2, 3};
  const double theta = 2 * std::asin(std::sqrt(p));
  for (int round = 0; round < rounds; ++round) {
    for (int qubit = 0; qubit < 3; ++qubit)
      program.gate("ry", {}, {3}, {theta}).gate("cx", {{3, 1}}, {qubit}).reset(3);
    program.gate("cx", {{0, 1}}, {4}).gate("cx", {{1, 1}}, {4});
    program.gate("cx", {{1, 1}}, {5}).gate("cx", {{2, 1}}, {5});
    program.measure(4, 0).measure(5, 1).reset(4).reset(5);
    const int flipped[3] = {0, 2, 1};  // by syndrome 1, 2, 3
    for (int syndrome = 1; syndrome <= 3; ++syndrome) {
      const int two_bits = 0 + (2 << 20);
      program.branch(program.expression({{34, two_bits}, {32, syndrome - 1}, {64, 0}}),
                     program.operations() + 2);
      program.gate("x", {}, {flipped[syndrome - 1]});
    }
  }
  program.measure(0, 2).measure(4, 0).measure(5, 1);
  return program;
}

}  // namespace

// 32^60 histories, four states.
TEST(an_exact_distribution_merges_branches_with_one_future) {
  constexpr double kP = 0.1;
  const double once = 3 * kP * kP - 2 * kP * kP * kP;
  for (const int rounds : {1, 2, 60}) {
    const Histogram exact = distribution(memory_rounds(rounds, kP));
    CHECK_EQUAL(exact.size(), 2U);
    CHECK_NEAR(exact.at("001"), (1 - std::pow(1 - 2 * once, rounds)) / 2, 2e-5);
    CHECK_NEAR(exact.at("000") + exact.at("001"), 1, 1e-5);
  }
}

TEST(an_exact_distribution_is_the_same_without_merging) {
  std::mt19937 random(12);
  for (int trial = 0; trial < 300; ++trial) {
    const auto program = random_dynamic(random).build();
    qmlx::ExecutionResult merged, followed;
    CHECK(run(*program, {.exact = true}, merged).ok());
    CHECK(run(*program, {.exact = true, .max_states = 1}, followed).ok());
    const Histogram a = histogram(merged.outcomes), b = histogram(followed.outcomes);
    for (const auto& [key, probability] : b)
      CHECK_NEAR(a.contains(key) ? a.at(key) : 0, probability, 2e-6);
  }
}

// Tiny tiles leave the bits in other orders at each decision.
TEST(tiles_do_not_change_distributions) {
  const auto tiny = make_simulator(3, 1, 1), small = make_simulator(4, 2, 2);
  std::mt19937 random(13);
  for (int trial = 0; trial < 300; ++trial) {
    const auto program = random_dynamic(random, 7).build();
    qmlx::ExecutionResult whole, parts;
    CHECK(run(*program, {.exact = true}, whole).ok());
    const auto& tiled = trial % 2 == 0 ? tiny : small;
    CHECK(tiled->run(*program, {.exact = true}, {}, parts).ok());
    const Histogram a = histogram(whole.outcomes), b = histogram(parts.outcomes);
    for (const auto& [key, probability] : a)
      CHECK_NEAR(b.contains(key) ? b.at(key) : 0, probability, 5e-6);
  }
}

TEST(resets_of_qubits_that_stand_alone_do_not_branch) {
  // 2^40 histories otherwise, and the shots of one branch go on together.
  ProgramBuilder program(2);
  program.bits = 1;
  program.gate("ry", {}, {1}, {1.0});
  for (int k = 0; k < 40; ++k) program.gate("h", {}, {0}).gate("t", {}, {0}).reset(0);
  program.measure(1, 0);
  const Histogram exact = distribution(program);
  CHECK_NEAR(exact.at("1"), std::sin(0.5) * std::sin(0.5), 1e-5);
  CHECK_NEAR(counts(program, 10000).at("1"), 10000 * std::sin(0.5) * std::sin(0.5), 300);
}

TEST(every_shot_knows_its_outcome) {
  ProgramBuilder program(2);
  program.bits = 2;
  program.gate("h", {}, {0}).measure(0, 0).gate("h", {}, {1}).measure(1, 1);
  qmlx::ExecutionResult result;
  CHECK(run(*program.build(), {.shots = 1000, .seed = 2, .per_shot = true}, result).ok());
  std::vector<double> tally(result.outcomes.weights.size());
  for (const std::uint32_t outcome : result.shot_outcomes) ++tally[outcome];
  CHECK_EQUAL(result.shot_outcomes.size(), 1000U);
  CHECK(tally == result.outcomes.weights);
}
