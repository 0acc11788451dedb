// The kernels that set, read and sum states, run as C++ with the threads of a group in both orders,
// against sums over whole states in float64.
#include <bit>
#include <complex>
#include <cstring>
#include <random>

#include "check.h"
#include "kernels/pauli_group.h"
#include "kernels/sums.h"
#include "mlx/walker/host.h"

using namespace qmlx;
using kernels::KernelName;
using Amplitude = std::complex<double>;

namespace {

std::vector<float> random_state(std::mt19937_64& random, std::size_t size) {
  std::normal_distribution<float> normal;
  std::vector<float> state(2 * size);
  for (float& part : state) part = normal(random);
  return state;
}

Amplitude at(const std::vector<float>& state, std::size_t index) {
  return {state[2 * index], state[2 * index + 1]};
}

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

void run(KernelName kernel, std::uint32_t columns, std::uint32_t threads,
         std::vector<void*> buffers, std::vector<std::uint32_t> scalars, bool reverse) {
  walker::run_on_host(
      {kernel, columns, 1, threads, std::move(buffers), std::move(scalars), reverse});
}

}  // namespace

TEST(basis_states) {
  for (const bool in_place : {true, false}) {
    std::vector<float> state(2 * 3 * 64, 7.0F), fresh = state;
    run(KernelName::basis, 3, 32, {state.data(), nullptr, fresh.data()},
        {in_place ? 1U : 0U, 6, 3, 37, 0}, in_place);
    const std::vector<float>& out = in_place ? state : fresh;
    for (std::size_t k = 0; k < 3 * 64; ++k)
      CHECK(at(out, k) == Amplitude(k % 64 == 37 ? 1.0 : 0.0, 0));
  }
}

TEST(slices) {
  std::mt19937_64 random(1);
  std::vector<float> state = random_state(random, 2 * 256), before = state;
  std::vector<std::uint32_t> order{3, 1, 7, 0, 2, 6, 5, 4};
  std::vector<float> slice(2 * 100);
  run(KernelName::gather, 2, 32, {state.data(), order.data(), nullptr, slice.data()},
      {8, 1, 57, 0, 100}, false);
  for (std::size_t k = 0; k < 100; ++k) {
    std::size_t place = 256;
    for (unsigned bit = 0; bit < 8; ++bit) place |= ((57 + k) >> bit & 1) << order[bit];
    CHECK(at(slice, k) == at(state, place));
  }
  std::vector<float> written = random_state(random, 100);
  for (const bool in_place : {false, true}) {
    std::vector<float> fresh(2 * 512, 0.0F);
    run(KernelName::scatter, 2, 64, {state.data(), written.data(), nullptr, fresh.data()},
        {in_place ? 1U : 0U, 8, 2, 300, 0, 100}, in_place);
    const std::vector<float>& out = in_place ? state : fresh;
    for (std::size_t k = 0; k < 512; ++k)
      CHECK(at(out, k) == (k >= 300 && k < 400 ? at(written, k - 300) : at(before, k)));
  }
}

TEST(copies_and_collapses) {
  std::mt19937_64 random(2);
  for (const bool in_place : {true, false}) {
    std::vector<float> state = random_state(random, 2 * 64), other = random_state(random, 2 * 64),
                       fresh(state.size());
    run(KernelName::copy, 2, 16, {state.data(), other.data(), nullptr, nullptr, fresh.data()},
        {in_place ? 1U : 0U, 6, 2}, false);
    CHECK((in_place ? state : fresh) == other);
    const std::vector<float> before = state;
    run(KernelName::collapse, 2, 16, {state.data(), nullptr, fresh.data()},
        {in_place ? 1U : 0U, 6, 2, 1, 4, 1, std::bit_cast<std::uint32_t>(1.5F)}, true);
    for (std::size_t k = 0; k < 128; ++k) {
      const double factor = k < 64 ? 1.0 : (k >> 4 & 1) != 0 ? 1.5 : 0.0;
      CHECK(std::abs(at(in_place ? state : fresh, k) - factor * at(before, k)) < 1e-6);
    }
  }
}

// Any split of a state's bits: those of threads, walked ones and those in which groups differ.
TEST(squares) {
  std::mt19937_64 random(3);
  for (int trial = 0; trial < 200; ++trial) {
    const auto bits = static_cast<unsigned>(4 + random() % 9);
    const std::uint64_t all = (1ULL << bits) - 1;
    const unsigned thread_bits = std::min(bits, kernels::kSumThreadBits);
    const std::uint64_t upper = all & ~((1ULL << thread_bits) - 1);
    const std::uint64_t listed = random() & all, walked = random() & upper & ~listed;
    const std::uint64_t apart = upper & ~walked;
    std::vector<float> state = random_state(random, 2ULL << bits);
    const auto groups = 1U << std::popcount(apart);
    const std::size_t results = std::size_t{1} << std::popcount(listed);
    const std::size_t copies = std::size_t{1} << std::popcount(apart & ~listed);
    std::vector<float> sums(copies * results);
    run(KernelName::squares, groups, 1U << thread_bits, {state.data(), nullptr, sums.data()},
        {bits, 1, low(listed), high(listed), low(walked), high(walked), low(apart), high(apart)},
        trial % 2 == 0);
    std::vector<double> right(results), got(results);
    for (std::size_t k = 0; k <= all; ++k) {
      std::size_t place = 0, bit = 0;
      for (std::uint64_t rest = listed; rest != 0; rest &= rest - 1)
        place |= (k >> std::countr_zero(rest) & 1) << bit++;
      right[place] += std::norm(at(state, all + 1 + k));
    }
    for (std::size_t k = 0; k < sums.size(); ++k) got[k % results] += sums[k];
    for (std::size_t k = 0; k < results; ++k) CHECK_NEAR(got[k], right[k], 1e-6 * (1 + right[k]));
  }
}

TEST(products_and_folds) {
  std::mt19937_64 random(4);
  std::vector<float> a = random_state(random, 2 * 1024), b = random_state(random, 1024);
  std::vector<float> parts(2 * 4);
  run(KernelName::products, 4, 64, {a.data(), b.data(), nullptr, nullptr, parts.data()},
      {10, 1, 0, 256}, false);
  Amplitude sum = 0, right = 0;
  for (std::size_t k = 0; k < 4; ++k) sum += at(parts, k);
  for (std::size_t k = 0; k < 1024; ++k) right += std::conj(at(a, 1024 + k)) * at(b, k);
  CHECK_NEAR(std::abs(sum - right), 0, 1e-4);
  std::vector<float> folded(16);
  run(KernelName::fold, 1, 16, {a.data(), folded.data()}, {16, 50}, true);
  for (std::size_t k = 0; k < 16; ++k) {
    double total = 0;
    for (std::size_t j = 0; j < 50; ++j) total += a[50 * k + j];
    CHECK_NEAR(folded[k], total, 1e-5);
  }
}

TEST(pauli_groups) {
  std::mt19937_64 random(5);
  for (int trial = 0; trial < 60; ++trial) {
    const auto bits = static_cast<unsigned>(4 + random() % 10);
    const std::uint64_t all = (1ULL << bits) - 1;
    const std::uint64_t x = trial % 4 == 0 ? 0 : random() & all;
    const std::uint64_t top = std::bit_floor(x);
    const std::uint64_t skipped = top >= kernels::kPauliBlock ? top : 0;
    const bool imaginary = x != 0 && trial % 2 == 0;
    std::vector<float> state = random_state(random, 1ULL << bits);
    std::vector<std::uint32_t> signs;
    std::vector<std::uint64_t> z_masks;
    while (z_masks.size() < 300) {
      const std::uint64_t z = random() & all;
      if ((std::popcount(x & z) & 1) != (imaginary ? 1 : 0)) continue;
      z_masks.push_back(z);
      signs.insert(signs.end(), {low(z), high(z)});
    }
    const std::uint64_t blocks =
        std::max<std::uint64_t>(1, (all + 1) / kernels::kPauliBlock) >> (skipped != 0 ? 1 : 0);
    const std::uint64_t in_group = blocks > 1 ? 2 : 1;
    const auto groups = static_cast<std::uint32_t>(blocks / in_group);
    std::vector<float> sums(groups * z_masks.size());
    run(KernelName::pauli_group, groups, kernels::kPauliThreads,
        {state.data(), signs.data(), nullptr, sums.data()},
        {bits, 0, low(x), high(x), low(skipped), high(skipped), low(in_group),
         static_cast<std::uint32_t>(z_masks.size()), imaginary ? 1U : 0U},
        trial % 3 == 0);
    for (std::size_t k = 0; k < z_masks.size(); ++k) {
      double got = 0;
      for (std::size_t group = 0; group < groups; ++group) got += sums[group * z_masks.size() + k];
      Amplitude right = 0;
      for (std::uint64_t i = 0; i <= all; ++i) {
        const double sign = (std::popcount(i & z_masks[k]) & 1) != 0 ? -1 : 1;
        right += sign * std::conj(at(state, i ^ x)) * at(state, i);
      }
      const double factor = skipped != 0 ? 2 : 1;
      CHECK_NEAR(factor * got, imaginary ? right.imag() : right.real(),
                 1e-6 * static_cast<double>(all + 1) + 1e-4);
    }
  }
}
