#include "core/descent.h"

#include <cmath>
#include <cstring>

#include "core/instruction_sets.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define QMLX_DESCENT_AVX512 1
#endif

namespace qmlx {

namespace {

constexpr double kDrawUnit = 0x1p-32, kClose = 0x1p-31;

}  // namespace

bool Descent::descend_anywhere(Descent& descent, std::uint32_t draw, std::uint32_t end) {
  constexpr unsigned kBlocks = 8;
  bool close = false;
  for (unsigned first = 0; first < descent.count; first += kBlocks) {
    PhiloxBlocks<kBlocks> words;
    for (unsigned k = 0; k < kBlocks; ++k) {
      words[0][k] = static_cast<std::uint32_t>(descent.shots[first + k]);
      words[1][k] = static_cast<std::uint32_t>(descent.shots[first + k] >> 32);
      words[2][k] = draw / 4;
      words[3][k] = 0;
    }
    philox<kBlocks>(descent.seed_, words);
    for (std::uint32_t now = draw; now < end; ++now) {
      for (unsigned k = 0; k < kBlocks; ++k) {
        std::uint64_t& node = descent.nodes[first + k];
        const double* const both = descent.trees[first + k] + 2 * node;
        const double sum = both[0] + both[1];
        const double beyond = words[now % 4][k] * kDrawUnit * sum - both[0];
        node = 2 * node + (beyond > 0 ? 1 : 0);
        close |= std::abs(beyond) <= sum * kClose;
      }
    }
  }
  return !close;
}

#ifdef QMLX_DESCENT_AVX512

// Masked forms of intrinsics throughout: the others leave GCC 12 with uninitialised operands.
using Words [[gnu::vector_size(64)]] = unsigned long long;
using Numbers [[gnu::vector_size(64)]] = double;

#define QMLX_AVX512 [[gnu::target("avx512f,avx512dq")]]

QMLX_AVX512 inline Words product(Words a, Words b) {
  return reinterpret_cast<Words>(
      _mm512_maskz_mul_epu32(0xff, reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)));
}

QMLX_AVX512 inline __mmask8 above(Numbers a, Numbers b) {
  return _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ);
}

// The sums at four addresses. Gathering instructions take longer.
QMLX_AVX512 inline Numbers four_pairs(const double* const* pair) {
  using Half [[gnu::vector_size(32)]] = double;
  const Half low = _mm256_set_m128d(_mm_loadu_pd(pair[1]), _mm_loadu_pd(pair[0]));
  const Half high = _mm256_set_m128d(_mm_loadu_pd(pair[3]), _mm_loadu_pd(pair[2]));
  return __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
}

// Words of Philox blocks, each in the lower half of 64 bits.
template <unsigned Vectors>
QMLX_AVX512 inline void philox_vectors(std::uint64_t seed, Words (&word)[Vectors][4]) {
  const Words first = Words{} + kPhiloxFirst, second = Words{} + kPhiloxSecond;
  PhiloxKey key(seed);
  for (unsigned round = 0; round < kPhiloxRounds; ++round, key.next()) {
    for (unsigned v = 0; v < Vectors; ++v) {
      Words* const w = word[v];
      const Words product0 = product(w[0], first), product1 = product(w[2], second);
      w[0] = (product1 >> 32) ^ w[1] ^ key.first;
      w[1] = product1;
      w[2] = (product0 >> 32) ^ w[3] ^ key.second;
      w[3] = product0;
    }
  }
}

// Eight shots in a vector, each in 64 bits; four vectors, so that their steps overlap.
QMLX_AVX512 bool Descent::descend_with_avx512(Descent& descent, std::uint32_t draw,
                                              std::uint32_t end) {
  constexpr unsigned kVectors = kTogether / 8;
  Words word[kVectors][4], node[kVectors], tree[kVectors];
  for (unsigned v = 0; v < kVectors; ++v) {
    std::memcpy(&word[v][0], descent.shots.data() + 8 * v, sizeof(Words));
    std::memcpy(&node[v], descent.nodes.data() + 8 * v, sizeof(Words));
    std::memcpy(&tree[v], static_cast<const void*>(&descent.trees[8 * v]), sizeof(Words));
    word[v][1] = word[v][0] >> 32;
    word[v][2] = Words{} + draw / 4;
    word[v][3] = Words{};
  }
  philox_vectors<kVectors>(descent.seed_, word);
  __mmask8 close = 0;
  for (; draw < end; ++draw) {
    for (unsigned v = 0; v < kVectors; ++v) {
      const Words both = tree[v] + (node[v] << 4);
      const double* pairs[8];
      std::memcpy(static_cast<void*>(pairs), &both, sizeof(Words));
      const Numbers few = four_pairs(pairs), more = four_pairs(pairs + 4);
      const Numbers zero = __builtin_shufflevector(few, more, 0, 2, 4, 6, 8, 10, 12, 14);
      const Numbers one = __builtin_shufflevector(few, more, 1, 3, 5, 7, 9, 11, 13, 15);
      const auto bits = reinterpret_cast<__m512i>(word[v][draw % 4] & 0xffffffff);
      const Numbers sum = zero + one;
      const Numbers beyond = _mm512_maskz_cvtepu64_pd(0xff, bits) * kDrawUnit * sum - zero;
      const Numbers limit = sum * kClose;
      node[v] +=
          node[v] + reinterpret_cast<Words>(_mm512_maskz_set1_epi64(above(beyond, Numbers{}), 1));
      close |= static_cast<__mmask8>(~(above(beyond, limit) | above(-limit, beyond)));
    }
  }
  for (unsigned v = 0; v < kVectors; ++v)
    std::memcpy(descent.nodes.data() + 8 * v, &node[v], sizeof(Words));
  return close == 0;
}

Descent::Rough Descent::fastest() {
  static const bool wide = has_avx512();
  return wide ? &descend_with_avx512 : &descend_anywhere;
}

#else

Descent::Rough Descent::fastest() { return &descend_anywhere; }

#endif

// Where both sums are 0 nothing can arrive but by rounding; 0 is taken then.
void Descent::descend_exactly(unsigned k, std::uint32_t draw, std::uint32_t end) {
  ShotDraws own(seed_, shots[k]);
  for (; draw < end; ++draw) {
    const double* const both = trees[k] + 2 * nodes[k];
    const double sum = both[0] + both[1];
    nodes[k] = 2 * nodes[k] + (own.one(draw, sum > 0 ? both[0] / sum : 1) ? 1 : 0);
  }
}

}  // namespace qmlx
