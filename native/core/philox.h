// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3; SC 2011).
// A number depends only on its key and counter, so draws are the same for any thread count, batch
// size and order of branches.
#pragma once

#include <array>
#include <cstdint>

namespace qmlx {

using PhiloxBlock = std::array<std::uint32_t, 4>;

inline PhiloxBlock philox(std::uint64_t key, PhiloxBlock counter) {
  auto key0 = static_cast<std::uint32_t>(key), key1 = static_cast<std::uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t product1 = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key0,
               static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key1,
               static_cast<std::uint32_t>(product0)};
    key0 += 0x9E3779B9;
    key1 += 0xBB67AE85;
  }
  return counter;
}

// The draws of one shot, numbered from 0. Each decides between two outcomes exactly: 32 bits first,
// 64 more only on a tie.
class ShotDraws {
 public:
  ShotDraws(std::uint64_t seed, std::uint64_t shot) : seed_(seed), shot_(shot) {}

  // True with the given probability of "one", 0 … 1.
  bool one(std::uint32_t draw, double probability_of_zero) {
    const std::uint32_t word = words(draw / 4, 0)[draw % 4];
    const double scaled = probability_of_zero * 0x1p32;
    const auto whole = static_cast<std::uint64_t>(scaled);
    if (word != whole) return word > whole;
    const double rest = scaled - static_cast<double>(whole);
    const PhiloxBlock tie =
        philox(seed_, {static_cast<std::uint32_t>(shot_), static_cast<std::uint32_t>(shot_ >> 32),
                       draw, kTieStream});
    return tie[0] * 0x1p-32 + tie[1] * 0x1p-64 >= rest;
  }

 private:
  static constexpr std::uint32_t kTieStream = 1;

  const PhiloxBlock& words(std::uint32_t block, std::uint32_t stream) {
    if (block != block_) {
      words_ = philox(seed_, {static_cast<std::uint32_t>(shot_),
                              static_cast<std::uint32_t>(shot_ >> 32), block, stream});
      block_ = block;
    }
    return words_;
  }

  std::uint64_t seed_, shot_;
  std::uint32_t block_ = UINT32_MAX;
  PhiloxBlock words_{};
};

}  // namespace qmlx
