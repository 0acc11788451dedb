// From basis states to classical bits: what measurements at the end of a run write, for one basis
// state after another.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/classical.h"
#include "core/outcomes.h"
#include "core/program.h"
#include "core/state.h"

namespace qmlx {

class MeasuredBits {
 public:
  MeasuredBits(const State& state, std::span<const Measurement> measurements)
      : state_(state), measurements_(measurements) {
    for (const Measurement& measurement : measurements)
      if (measurement.bit >= 64) return;
    tables_.resize((state.qubits() + 7) / 8);
    std::array<std::uint8_t, 64> source{};
    for (const Measurement& measurement : measurements) {
      source[measurement.bit] = state.physical(measurement.qubit);
      written_ |= std::uint64_t{1} << measurement.bit;
    }
    for (std::uint64_t rest = written_; rest != 0; rest &= rest - 1) {
      const auto bit = static_cast<unsigned>(std::countr_zero(rest));
      const unsigned values = state.qubits() < 8 ? 1U << state.qubits() : 256;
      for (unsigned value = 0; value < values; ++value) {
        if ((value >> source[bit] % 8 & 1) != 0)
          tables_[source[bit] / 8][value] |= std::uint64_t{1} << bit;
      }
    }
  }

  void write(std::uint64_t index, ClassicalMemory& memory) const {
    if (tables_.empty()) {
      for (const Measurement& measurement : measurements_)
        memory.set_bit(measurement.bit, (index >> state_.physical(measurement.qubit) & 1) != 0);
      return;
    }
    if (written_ != 0) memory.bit_words[0] = (memory.bit_words[0] & ~written_) | word(index);
  }

  // What the measurements write where there are at most 64 bits, the first bit most significant.
  std::uint64_t key(std::uint64_t index) const { return reversed(word(index)); }

 private:
  using Table = std::array<std::uint64_t, 256>;  // by a byte of the index

  std::uint64_t word(std::uint64_t index) const {
    std::uint64_t word = 0;
    for (const Table& table : tables_) {
      word |= table[index & 255];
      index >>= 8;
    }
    return word;
  }

  const State& state_;
  std::span<const Measurement> measurements_;
  std::vector<Table> tables_;  // empty if classical bits need more than a word
  std::uint64_t written_ = 0;
};

}  // namespace qmlx
