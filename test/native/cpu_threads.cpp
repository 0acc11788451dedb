// Results do not depend on the number of threads, and not on the width of the vectors where both
// fuse multiplication with addition.
#include <cstring>

#include "check.h"
#include "cpu_fixture.h"
#include "random_plan.h"

using namespace qmlx;
using namespace qmlx::testing;

namespace {

bool same_bytes(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

struct Outcome {
  std::vector<double> amplitudes;
  double norm = 0;
};

Outcome run(const Way& way, unsigned threads, unsigned bits, const TestPlan& plan) {
  const TestEngine engine = engine_of(way.precision, way.variant, threads);
  TestState state(engine, bits);
  CHECK_EQUAL(cpu().set_basis(state.state, 5), QMLX_OK);
  Outcome outcome;
  CHECK_EQUAL(state.execute(plan.data(), engine.values(plan), 1, &outcome.norm), QMLX_OK);
  outcome.amplitudes = state.raw();
  return outcome;
}

TestPlan plan_of(unsigned bits, const Geometry& geometry, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  return RandomPlan(random, bits, geometry).make(4, 4);
}

}  // namespace

TEST(any_number_of_threads_gives_the_same_bytes) {
  for (const Way& way : ways()) {
    for (const Geometry& geometry :
         {Geometry{10, 5, 2, 1, 0}, Geometry{12, 6, 3, 1, 0}, Geometry{4, 2, 2, 1, 0}}) {
      for (std::uint64_t seed = 0; seed < 4; ++seed) {
        const TestPlan plan = plan_of(16, geometry, seed);
        const Outcome alone = run(way, 1, 16, plan);
        for (const unsigned threads : {2U, 8U}) {
          const Outcome shared = run(way, threads, 16, plan);
          CHECK(same_bytes(alone.amplitudes, shared.amplitudes));
          CHECK_EQUAL(alone.norm, shared.norm);
        }
      }
    }
  }
}

TEST(vectors_of_256_and_512_bits_give_the_same_numbers) {
  if (TestEngine("avx2").code != QMLX_OK || TestEngine("avx512").code != QMLX_OK) return;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const unsigned bits = 6 + static_cast<unsigned>(seed % 4);
    // Rows of at least the wider vector, so that diagonals cut their tables alike.
    const Geometry geometry{bits - static_cast<unsigned>(seed % 2), 4, 2, 2, 0};
    const TestPlan plan = plan_of(bits, geometry, seed);
    // Equal as numbers: a lane where an operation does not act may turn −0 into 0.
    for (const qmlx_precision precision : kPrecisions) {
      CHECK(run({"avx2", precision}, 1, bits, plan).amplitudes ==
            run({"avx512", precision}, 1, bits, plan).amplitudes);
    }
  }
}

TEST(many_small_works_share_their_threads) {
  const TestEngine engine(nullptr, 8);
  const TestPlan plan = plan_of(15, {10, 6, 2, 1, 0}, 1);
  TestState state(engine, 15);
  std::vector<double> first;
  for (int repeat = 0; repeat < 50; ++repeat) {
    CHECK_EQUAL(cpu().set_basis(state.state, 0), QMLX_OK);
    CHECK_EQUAL(state.execute(plan.data(), plan.values), QMLX_OK);
    const std::vector<double> now = state.raw();
    if (repeat == 0) first = now;
    CHECK(same_bytes(first, now));
  }
}
