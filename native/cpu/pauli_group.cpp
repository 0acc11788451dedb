// Expectation values of Pauli strings that flip the same bits, in one pass over the state. For each
// block of neighbours the products conj(ψ[i ^ x])·ψ[i] are summed with the signs of all strings at
// once by a Walsh–Hadamard transform over the bits in which the strings differ.
#include <algorithm>
#include <bit>

#include "cpu/reduction.h"
#include "kernels/bits.h"

namespace qmlx::cpu {

namespace {

constexpr unsigned kBlockBits = 6;
constexpr std::uint64_t kBlock = std::uint64_t{1} << kBlockBits;
constexpr std::uint64_t kLeastBlocks = 256;  // worth a task
constexpr std::uint64_t kMostTasks = 256;
constexpr std::uint64_t kMostPartials = std::uint64_t{1} << 20;

struct String {
  std::uint64_t z_high;  // signs by the index of the block
  std::uint32_t entry;   // of the transformed block
  bool imaginary;        // the product's imaginary part counts
  bool negative;
};

class PauliGroup {
 public:
  PauliGroup(const qmlx_state& state, std::uint32_t row, std::uint64_t x_mask,
             const std::uint64_t* z_masks, std::uint32_t count)
      : state_(state), amplitudes_(state.row(row)), x_mask_(x_mask), strings_(count) {
    block_bits_ = std::min(kBlockBits, state.bits);
    const std::uint64_t low = low_mask(block_bits_);
    const std::uint64_t first = count > 0 ? z_masks[0] & low : 0;
    std::uint64_t differing = 0;
    for (std::uint32_t k = 0; k < count; ++k) differing |= (z_masks[k] & low) ^ first;
    for (std::uint32_t k = 0; k < count; ++k) {
      // A Y is i·XZ, so that y of them give i^y.
      const int y = std::popcount(x_mask & z_masks[k]) & 3;
      strings_[k] = {z_masks[k] & ~low,
                     static_cast<std::uint32_t>(extract((z_masks[k] & low) ^ first, differing)),
                     (y & 1) != 0, y == 1 || y == 2};
      (strings_[k].imaginary ? needs_imaginary_ : needs_real_) = true;
    }
    entries_ = std::uint32_t{1} << std::popcount(differing);
    for (std::uint64_t i = 0; i <= low; ++i) {
      sign_[i] = (std::popcount(i & first) & 1) != 0 ? -1 : 1;
      entry_[i] = static_cast<std::uint8_t>(extract(i, differing));
    }
    // A pair is visited from its lower half only, where the blocks differ.
    const std::uint64_t high_x = x_mask & ~low;
    pivot_ = high_x == 0 ? 0 : std::bit_floor(high_x);
    walked_ = low_mask(state.bits) & ~low & ~pivot_;
  }

  void run(double* out) {
    const std::uint64_t blocks = std::uint64_t{1} << std::popcount(walked_);
    const std::uint64_t count = std::max<std::uint64_t>(strings_.size(), 1);
    const std::uint64_t most = std::clamp<std::uint64_t>(kMostPartials / count, 1, kMostTasks);
    const std::uint64_t tasks =
        std::clamp<std::uint64_t>(blocks / kLeastBlocks, 1, std::bit_floor(most));
    const std::uint64_t in_task = blocks / tasks;
    std::vector<double> partials(tasks * count);
    state_.engine->pool.run(tasks, [&](unsigned, std::uint64_t task) noexcept {
      double* const sums = partials.data() + task * count;
      std::uint64_t block = deposit(task * in_task, walked_);
      for (std::uint64_t k = 0; k < in_task; ++k) {
        add_block(block, sums);
        block = next_within(block, walked_);
      }
    });
    for (std::size_t k = 0; k < strings_.size(); ++k) {
      double total = 0;
      for (std::uint64_t task = 0; task < tasks; ++task) total += partials[task * count + k];
      if (pivot_ != 0) total *= 2;
      out[k] = strings_[k].negative ? -total : total;
    }
  }

 private:
  void add_block(std::uint64_t block, double* sums) const {
    double re[kBlock] = {}, im[kBlock] = {};
    const std::uint64_t low = low_mask(block_bits_);
    const float* const here = amplitudes_ + 2 * block;
    const float* const there = amplitudes_ + 2 * (block ^ (x_mask_ & ~low));
    const std::uint64_t flips = x_mask_ & low;
    for (std::uint64_t i = 0; i <= low; ++i) {
      const double ar = here[2 * i], ai = here[2 * i + 1];
      const double br = there[2 * (i ^ flips)], bi = there[2 * (i ^ flips) + 1];
      re[entry_[i]] += sign_[i] * (br * ar + bi * ai);
      im[entry_[i]] += sign_[i] * (br * ai - bi * ar);
    }
    if (needs_real_) transform(re);
    if (needs_imaginary_) transform(im);
    for (std::size_t k = 0; k < strings_.size(); ++k) {
      const String& string = strings_[k];
      const double value = (string.imaginary ? im : re)[string.entry];
      sums[k] += (std::popcount(block & string.z_high) & 1) != 0 ? -value : value;
    }
  }

  // values[z] = Σ_i (−1)^parity(i & z) values[i]
  void transform(double* values) const {
    for (std::uint32_t step = 1; step < entries_; step *= 2) {
      for (std::uint32_t first = 0; first < entries_; first += 2 * step) {
        for (std::uint32_t k = first; k < first + step; ++k) {
          const double a = values[k], b = values[k + step];
          values[k] = a + b;
          values[k + step] = a - b;
        }
      }
    }
  }

  const qmlx_state& state_;
  const float* amplitudes_;
  std::uint64_t x_mask_;
  std::vector<String> strings_;
  bool needs_real_ = false, needs_imaginary_ = false;
  unsigned block_bits_;
  std::uint32_t entries_;  // of a transformed block
  std::uint64_t pivot_;
  std::uint64_t walked_;
  double sign_[kBlock];
  std::uint8_t entry_[kBlock];
};

}  // namespace

void pauli_group(const qmlx_state& state, std::uint32_t row, std::uint64_t x_mask,
                 const std::uint64_t* z_masks, std::uint32_t mask_count, double* out) {
  materialise(state, row);
  PauliGroup(state, row, x_mask, z_masks, mask_count).run(out);
}

}  // namespace qmlx::cpu
