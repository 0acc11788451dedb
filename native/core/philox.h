// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011).
// A number depends only on its key and counter, so draws are the same for any thread count, batch
// size and order of branches.
#pragma once

#include <array>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace qmlx {

using PhiloxBlock = std::array<std::uint32_t, 4>;

// Word w of block k at [w][k].
template <unsigned Count>
using PhiloxBlocks = std::array<std::array<std::uint32_t, Count>, 4>;

struct PhiloxKey {
  std::uint32_t first, second;

  explicit PhiloxKey(std::uint64_t key)
      : first(static_cast<std::uint32_t>(key)), second(static_cast<std::uint32_t>(key >> 32)) {}
  void next() {
    first += 0x9E3779B9;
    second += 0xBB67AE85;
  }
};

inline constexpr std::uint32_t kPhiloxFirst = 0xD2511F53, kPhiloxSecond = 0xCD9E8D57;
inline constexpr unsigned kPhiloxRounds = 10;

// Several blocks side by side, so that their rounds overlap.
template <unsigned Count>
inline void philox(std::uint64_t seed, PhiloxBlocks<Count>& blocks) {
  PhiloxKey key(seed);
  for (unsigned round = 0; round < kPhiloxRounds; ++round, key.next()) {
    for (unsigned k = 0; k < Count; ++k) {
      const std::uint64_t product0 = std::uint64_t{kPhiloxFirst} * blocks[0][k];
      const std::uint64_t product1 = std::uint64_t{kPhiloxSecond} * blocks[2][k];
      blocks[0][k] = static_cast<std::uint32_t>(product1 >> 32) ^ blocks[1][k] ^ key.first;
      blocks[1][k] = static_cast<std::uint32_t>(product1);
      blocks[2][k] = static_cast<std::uint32_t>(product0 >> 32) ^ blocks[3][k] ^ key.second;
      blocks[3][k] = static_cast<std::uint32_t>(product0);
    }
  }
}

#ifdef __SSE2__
// Two blocks in every vector, each word in the lower half of 64 bits; upper halves hold anything.
template <>
inline void philox<8>(std::uint64_t seed, PhiloxBlocks<8>& blocks) {
  PhiloxKey key(seed);
  __m128i word[4][4];
  for (unsigned w = 0; w < 4; ++w) {
    for (unsigned half = 0; half < 2; ++half) {
      const __m128i four =
          _mm_loadu_si128(reinterpret_cast<const __m128i*>(blocks[w].data() + 4 * half));
      word[w][2 * half] = _mm_unpacklo_epi32(four, four);
      word[w][2 * half + 1] = _mm_unpackhi_epi32(four, four);
    }
  }
  const __m128i first = _mm_set1_epi64x(kPhiloxFirst), second = _mm_set1_epi64x(kPhiloxSecond);
  for (unsigned round = 0; round < kPhiloxRounds; ++round, key.next()) {
    const __m128i key0 = _mm_set1_epi64x(key.first), key1 = _mm_set1_epi64x(key.second);
    for (unsigned k = 0; k < 4; ++k) {
      const __m128i product0 = _mm_mul_epu32(word[0][k], first);
      const __m128i product1 = _mm_mul_epu32(word[2][k], second);
      word[0][k] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product1, 32), word[1][k]), key0);
      word[1][k] = product1;
      word[2][k] = _mm_xor_si128(_mm_xor_si128(_mm_srli_epi64(product0, 32), word[3][k]), key1);
      word[3][k] = product0;
    }
  }
  for (unsigned w = 0; w < 4; ++w) {
    for (unsigned half = 0; half < 2; ++half) {
      const __m128 low = _mm_castsi128_ps(word[w][2 * half]);
      const __m128 high = _mm_castsi128_ps(word[w][2 * half + 1]);
      _mm_storeu_ps(reinterpret_cast<float*>(blocks[w].data() + 4 * half),
                    _mm_shuffle_ps(low, high, _MM_SHUFFLE(2, 0, 2, 0)));
    }
  }
}
#endif

inline PhiloxBlock philox(std::uint64_t key, PhiloxBlock counter) {
  PhiloxBlocks<1> blocks{{{counter[0]}, {counter[1]}, {counter[2]}, {counter[3]}}};
  philox<1>(key, blocks);
  return {blocks[0][0], blocks[1][0], blocks[2][0], blocks[3][0]};
}

// The draws of one shot, numbered from 0: draw d is word d mod 4 of block ⌊d/4⌋. Each decides
// between two outcomes exactly: 32 bits first, 64 more only on a tie.
class ShotDraws {
 public:
  ShotDraws(std::uint64_t seed, std::uint64_t shot) : seed_(seed), shot_(shot) {}

  // True with the given probability of "one", 0 … 1.
  bool one(std::uint32_t draw, double probability_of_zero) {
    const std::uint32_t word = block(draw / 4, 0)[draw % 4];
    const double scaled = probability_of_zero * 0x1p32;
    const auto whole = static_cast<std::uint64_t>(scaled);
    if (word != whole) return word > whole;
    return tie(draw, scaled - static_cast<double>(whole));
  }

  // Decides by 64 more bits, where the first 32 were those of the probability; `rest` are its next.
  bool tie(std::uint32_t draw, double rest) const {
    const PhiloxBlock more = block(draw, kTieStream);
    return more[0] * 0x1p-32 + more[1] * 0x1p-64 >= rest;
  }

 private:
  static constexpr std::uint32_t kTieStream = 1;

  PhiloxBlock block(std::uint32_t number, std::uint32_t stream) const {
    return philox(seed_, {static_cast<std::uint32_t>(shot_),
                          static_cast<std::uint32_t>(shot_ >> 32), number, stream});
  }

  std::uint64_t seed_, shot_;
};

}  // namespace qmlx
