// Known answers of Philox4x32-10, from the kat_vectors file of the Random123 library, and the draws
// built on it.
#include "core/philox.h"

#include "check.h"

using qmlx::philox;
using qmlx::PhiloxBlock;

TEST(known_answers) {
  CHECK(philox(0, {0, 0, 0, 0}) == (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  CHECK(philox(~std::uint64_t{0}, {~0U, ~0U, ~0U, ~0U}) ==
        (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  CHECK(philox(0x299f31d0a4093822, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}) ==
        (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(blocks_side_by_side_are_the_same) {
  constexpr std::uint64_t kSeed = 0x299f31d0a4093822;
  qmlx::PhiloxBlocks<8> blocks;
  for (unsigned k = 0; k < 8; ++k) {
    for (unsigned word = 0; word < 4; ++word) blocks[word][k] = 0x9e3779b9U * (7 * k + word);
  }
  const qmlx::PhiloxBlocks<8> counters = blocks;
  philox<8>(kSeed, blocks);
  for (unsigned k = 0; k < 8; ++k) {
    const PhiloxBlock alone =
        philox(kSeed, {counters[0][k], counters[1][k], counters[2][k], counters[3][k]});
    for (unsigned word = 0; word < 4; ++word) CHECK_EQUAL(blocks[word][k], alone[word]);
  }
}

TEST(certain_outcomes_are_certain) {
  for (std::uint64_t shot = 0; shot < 100000; ++shot) {
    qmlx::ShotDraws draws(7, shot);
    CHECK(!draws.one(0, 1.0));
    CHECK(draws.one(1, 0.0));
  }
}

TEST(frequencies_follow_the_probability) {
  constexpr int kShots = 1000000;
  for (const double zero : {0.5, 0.9, 0.001}) {
    int ones = 0;
    for (std::uint64_t shot = 0; shot < kShots; ++shot)
      ones += qmlx::ShotDraws(3, shot).one(5, zero);
    CHECK_NEAR(ones, kShots * (1 - zero), 6 * std::sqrt(kShots * zero * (1 - zero)));
  }
}

TEST(draws_do_not_depend_on_their_order) {
  qmlx::ShotDraws forward(11, 42), backward(11, 42);
  bool first[64], second[64];
  for (std::uint32_t draw = 0; draw < 64; ++draw) first[draw] = forward.one(draw, 0.5);
  for (std::uint32_t draw = 64; draw-- > 0;) second[draw] = backward.one(draw, 0.5);
  CHECK(std::equal(first, first + 64, second));
}
