// Reductions against sums written out in float64.
#include <algorithm>
#include <bit>

#include "check.h"
#include "cpu_fixture.h"

using namespace qmlx;
using namespace qmlx::testing;

namespace {

// ⟨P⟩ with X on the bits of x only, Z on those of z only and Y on those of both.
double pauli_expectation(const std::vector<Amplitude>& state, std::uint64_t x, std::uint64_t z) {
  static const Amplitude kPowers[4] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  Amplitude sum = 0;
  for (std::uint64_t i = 0; i < state.size(); ++i) {
    const double sign = (std::popcount(i & z) & 1) != 0 ? -1 : 1;
    sum += std::conj(state[i ^ x]) * kPowers[std::popcount(x & z) & 3] * sign * state[i];
  }
  CHECK_NEAR(sum.imag(), 0, 1e-12);
  return sum.real();
}

std::vector<double> marginal_of(const std::vector<Amplitude>& state,
                                const std::vector<std::uint8_t>& bits) {
  std::vector<double> result(std::size_t{1} << bits.size());
  for (std::uint64_t i = 0; i < state.size(); ++i) {
    std::size_t place = 0;
    for (const std::uint8_t bit : bits) place = place << 1 | (i >> bit & 1);
    result[place] += std::norm(state[i]);
  }
  return result;
}

std::vector<double> reduce(const TestState& state, qmlx_reduction reduction, std::size_t size) {
  std::vector<double> out(size, -7);
  CHECK_EQUAL(cpu().reduce(state.state, &reduction, out.data()), QMLX_OK);
  return out;
}

qmlx_reduction of_kind(std::uint32_t kind) {
  qmlx_reduction reduction{};
  reduction.kind = kind;
  return reduction;
}

std::vector<std::uint8_t> random_bits(std::mt19937_64& random, unsigned bits, unsigned count) {
  std::vector<std::uint8_t> all(bits);
  for (unsigned bit = 0; bit < bits; ++bit) all[bit] = static_cast<std::uint8_t>(bit);
  std::shuffle(all.begin(), all.end(), random);
  all.resize(count);
  return all;
}

void check_all_kinds(const TestEngine& engine, unsigned bits, std::mt19937_64& random) {
  TestState state(engine, bits, 2), other(engine, bits);
  const auto right = random_amplitudes(random, state.size);
  const auto second = random_amplitudes(random, state.size);
  state.write(right, 1);
  other.write(second);

  qmlx_reduction reduction = of_kind(QMLX_NORM);
  reduction.row = 1;
  CHECK_NEAR(reduce(state, reduction, 1)[0], norm_of(right), 1e-13);

  reduction.kind = QMLX_BLOCK_SUMS;
  for (const unsigned block_bits : {0U, 2U, 4U, 10U, 17U}) {
    reduction.bit_count = std::min(block_bits, bits);
    const std::size_t block = std::size_t{1} << reduction.bit_count;
    const auto sums = reduce(state, reduction, state.size / block);
    for (std::size_t k = 0; k < sums.size(); ++k) {
      double sum = 0;
      for (std::size_t i = k * block; i < (k + 1) * block; ++i) sum += std::norm(right[i]);
      CHECK_NEAR(sums[k], sum, 1e-13);
    }
  }
  reduction.bit_count = bits + 1;
  CHECK_EQUAL(cpu().reduce(state.state, &reduction, nullptr), QMLX_INVALID_ARGUMENT);

  reduction.kind = QMLX_INNER;
  reduction.other = other.state;
  Amplitude inner = 0;
  for (std::size_t i = 0; i < state.size; ++i) inner += std::conj(right[i]) * second[i];
  const auto parts = reduce(state, reduction, 2);
  CHECK_NEAR(parts[0], inner.real(), 1e-13);
  CHECK_NEAR(parts[1], inner.imag(), 1e-13);

  reduction.kind = QMLX_MARGINAL;
  for (const unsigned count : {0U, 1U, bits / 2, bits}) {
    const auto listed = random_bits(random, bits, std::min(count, bits));
    reduction.bit_list = listed.data();
    reduction.bit_count = static_cast<std::uint32_t>(listed.size());
    const auto expected = marginal_of(right, listed);
    const auto found = reduce(state, reduction, expected.size());
    for (std::size_t k = 0; k < found.size(); ++k) CHECK_NEAR(found[k], expected[k], 1e-13);
  }

  reduction.kind = QMLX_PAULI_GROUP;
  for (const unsigned masks : {1U, 2U, 17U}) {
    reduction.x_mask = random() % state.size & (masks == 2 ? 0 : random());
    std::vector<std::uint64_t> z(masks);
    for (std::uint64_t& mask : z) mask = random() % state.size;
    reduction.z_masks = z.data();
    reduction.mask_count = masks;
    const auto found = reduce(state, reduction, masks);
    for (unsigned k = 0; k < masks; ++k)
      CHECK_NEAR(found[k], pauli_expectation(right, reduction.x_mask, z[k]), 1e-13);
  }
}

}  // namespace

TEST(all_kinds_at_all_sizes) {
  std::mt19937_64 random(3);
  for (const qmlx_precision precision : kPrecisions) {
    for (const unsigned threads : {1U, 2U}) {
      const TestEngine engine = engine_of(precision, nullptr, threads);
      for (unsigned bits = 0; bits <= 17; ++bits) {
        for (int repeat = 0; repeat < (bits < 12 ? 6 : 1); ++repeat)
          check_all_kinds(engine, bits, random);
      }
    }
  }
}

namespace {

void check_sums(qmlx_precision precision) {
  std::mt19937_64 random(4);
  constexpr unsigned kBits = 18;
  const auto amplitudes =
      random_amplitudes(random, std::uint64_t{1} << kBits, precision == QMLX_COMPLEX64);
  const std::uint8_t listed[] = {17, 3, 9};
  const std::uint64_t z[] = {0x1f, 0x20003, 0x3ffff};
  std::vector<std::vector<double>> results;
  for (const unsigned threads : {1U, 2U, 8U}) {
    const TestEngine engine = engine_of(precision, nullptr, threads);
    TestState state(engine, kBits);
    state.write(amplitudes);
    qmlx_reduction reduction{};
    reduction.bit_list = listed;
    reduction.bit_count = 3;
    reduction.x_mask = 0x15005;
    reduction.z_masks = z;
    reduction.mask_count = 3;
    reduction.other = state.state;
    std::vector<double> all;
    for (const std::uint32_t kind : {QMLX_NORM, QMLX_MARGINAL, QMLX_PAULI_GROUP, QMLX_INNER}) {
      reduction.kind = kind;
      for (const double value : reduce(state, reduction, 8)) all.push_back(value);
    }
    results.push_back(all);
  }
  CHECK(results[0] == results[1]);
  CHECK(results[0] == results[2]);
}

}  // namespace

TEST(threads_do_not_change_a_sum) {
  for (const qmlx_precision precision : kPrecisions) check_sums(precision);
}

// So many small rows that threads share them, one of them a basis state.
TEST(pauli_groups_of_many_rows) {
  constexpr unsigned kBits = 7;
  constexpr std::uint32_t kRows = 101, kMasks = 3;
  const std::uint64_t z[kMasks] = {0x05, 0x62, 0x7f};
  for (const qmlx_precision precision : kPrecisions) {
    for (const unsigned threads : {1U, 3U}) {
      std::mt19937_64 random(5);
      const TestEngine engine = engine_of(precision, nullptr, threads);
      TestState state(engine, kBits, kRows);
      std::vector<std::vector<Amplitude>> right;
      CHECK_EQUAL(cpu().set_basis(state.state, 9), QMLX_OK);
      for (std::uint32_t row = 0; row < kRows; ++row) {
        right.push_back(
            random_amplitudes(random, std::uint64_t{1} << kBits, precision == QMLX_COMPLEX64));
        if (row == 40) {
          std::fill(right.back().begin(), right.back().end(), 0);
          right.back()[9] = 1;
        } else {
          state.write(right.back(), row);
        }
      }
      qmlx_reduction reduction = of_kind(QMLX_PAULI_GROUP);
      reduction.x_mask = 0x43;
      reduction.z_masks = z;
      reduction.mask_count = kMasks;
      reduction.row = 2;
      reduction.row_count = kRows - 2;
      const auto found = reduce(state, reduction, std::size_t{kMasks} * (kRows - 2));
      for (std::uint32_t row = 2; row < kRows; ++row) {
        for (std::uint32_t k = 0; k < kMasks; ++k)
          CHECK_NEAR(found[(row - 2) * kMasks + k],
                     pauli_expectation(right[row], reduction.x_mask, z[k]), 1e-13);
      }
    }
  }
}

TEST(a_basis_state_is_reduced_as_what_it_stands_for) {
  const TestEngine engine;
  TestState state(engine, 12);
  CHECK_EQUAL(cpu().set_basis(state.state, 0x801), QMLX_OK);
  CHECK_EQUAL(reduce(state, of_kind(QMLX_NORM), 1)[0], 1.0);
  qmlx_reduction in_blocks = of_kind(QMLX_BLOCK_SUMS);
  in_blocks.bit_count = 10;
  const auto sums = reduce(state, in_blocks, 4);
  CHECK_EQUAL(sums[0], 0.0);
  CHECK_EQUAL(sums[2], 1.0);
  qmlx_reduction reduction = of_kind(QMLX_MARGINAL);
  const std::uint8_t bits[] = {0, 11, 5};
  reduction.bit_list = bits;
  reduction.bit_count = 3;
  CHECK_EQUAL(reduce(state, reduction, 8)[6], 1.0);
}

TEST(wrong_requests_are_refused) {
  const TestEngine engine;
  TestState state(engine, 4), larger(engine, 5);
  const auto refused = [&](qmlx_reduction reduction) {
    double out[64];
    return cpu().reduce(state.state, &reduction, out) == QMLX_INVALID_ARGUMENT &&
           !engine.error().empty();
  };
  CHECK(refused(of_kind(9)));
  CHECK(refused(of_kind(QMLX_INNER)));
  qmlx_reduction reduction = of_kind(QMLX_INNER);
  reduction.other = larger.state;
  CHECK(refused(reduction));
  reduction = of_kind(QMLX_NORM);
  reduction.row = 1;
  CHECK(refused(reduction));
  const std::uint8_t twice[] = {1, 1}, outside[] = {4, 0};
  reduction = of_kind(QMLX_MARGINAL);
  reduction.bit_count = 2;
  reduction.bit_list = twice;
  CHECK(refused(reduction));
  reduction.bit_list = outside;
  CHECK(refused(reduction));
  const std::uint64_t z[] = {16};
  reduction = of_kind(QMLX_PAULI_GROUP);
  reduction.z_masks = z;
  reduction.mask_count = 1;
  CHECK(refused(reduction));
}
