// Expectation values of Pauli strings that flip the same bits, in one pass over the state. For each
// block of neighbours the products conj(ψ[i ^ x])·ψ[i] are summed with the signs of all strings at
// once by a Walsh–Hadamard transform over the bits in which the strings differ.
#include <algorithm>
#include <bit>
#include <cstring>

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

template <typename Scalar>
class PauliGroup {
 public:
  PauliGroup(const qmlx_state& state, const Scalar* amplitudes, std::uint64_t x_mask,
             const std::uint64_t* z_masks, std::uint32_t count)
      : state_(state), amplitudes_(amplitudes), x_mask_(x_mask), strings_(count) {
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
    for (std::uint64_t i = 0; i <= low; ++i) {
      const double sign = (std::popcount(i & first) & 1) != 0 ? -1 : 1;
      real_sign_[2 * i] = real_sign_[2 * i + 1] = sign;
      imaginary_sign_[2 * i] = -sign;
      imaginary_sign_[2 * i + 1] = sign;
    }
    differing_ = static_cast<unsigned>(differing);
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
  // The products of an amplitude's parts with its partner's lie side by side; their sum is the real
  // part of conj(partner)·amplitude, the difference of the crossed ones the imaginary part.
  void add_block(std::uint64_t block, double* sums) const {
    const std::uint64_t low = low_mask(block_bits_), flips = x_mask_ & low;
    const Scalar* const here = amplitudes_ + 2 * block;
    const Scalar* there = amplitudes_ + 2 * (block ^ (x_mask_ & ~low));
    Scalar reordered[2 * kBlock];
    if (flips != 0) {
      for (std::uint64_t i = 0; i <= low; ++i)
        std::memcpy(reordered + 2 * i, there + 2 * (i ^ flips), 2 * sizeof(Scalar));
      there = reordered;
    }
    double re[2 * kBlock], im[2 * kBlock];
    const std::uint64_t numbers = 2 * (low + 1);
    if (needs_real_) {
      for (std::uint64_t k = 0; k < numbers; ++k)
        re[k] = real_sign_[k] * (static_cast<double>(here[k]) * there[k]);
      transform(re);
    }
    if (needs_imaginary_) {
      for (std::uint64_t k = 0; k < numbers; k += 2) {
        im[k] = imaginary_sign_[k] * (static_cast<double>(here[k]) * there[k + 1]);
        im[k + 1] = imaginary_sign_[k + 1] * (static_cast<double>(here[k + 1]) * there[k]);
      }
      transform(im);
    }
    for (std::size_t k = 0; k < strings_.size(); ++k) {
      const String& string = strings_[k];
      const double value = (string.imaginary ? im : re)[string.entry];
      sums[k] += __builtin_parityll(block & string.z_high) != 0 ? -value : value;
    }
  }

  // Adds up the parts and the bits in which the strings agree; over the bits in which they differ,
  // values[z] = Σ_i (−1)^parity(i & z) values[i].
  void transform(double* values) const {
    unsigned size = 1U << block_bits_;
    for (unsigned i = 0; i < size; ++i) values[i] = values[2 * i] + values[2 * i + 1];
    for (unsigned bit = block_bits_; bit-- > 0;) {
      const unsigned step = 1U << bit;
      if ((differing_ >> bit & 1) != 0) {
        for (unsigned first = 0; first < size; first += 2 * step)
          add_and_subtract(values + first, step);
        continue;
      }
      for (unsigned first = 0; first < size; first += 2 * step) {
        for (unsigned k = 0; k < step; ++k)
          values[first / 2 + k] = values[first + k] + values[first + step + k];
      }
      size /= 2;
    }
  }

  static void add_and_subtract(double* values, unsigned step) {
    for (unsigned k = 0; k < step; ++k) {
      const double a = values[k], b = values[k + step];
      values[k] = a + b;
      values[k + step] = a - b;
    }
  }

  const qmlx_state& state_;
  const Scalar* amplitudes_;
  std::uint64_t x_mask_;
  std::vector<String> strings_;
  bool needs_real_ = false, needs_imaginary_ = false;
  unsigned block_bits_;
  unsigned differing_;  // bits of a block
  std::uint64_t pivot_;
  std::uint64_t walked_;
  double real_sign_[2 * kBlock];
  double imaginary_sign_[2 * kBlock];
};

}  // namespace

void pauli_group(const qmlx_state& state, std::uint32_t row, std::uint64_t x_mask,
                 const std::uint64_t* z_masks, std::uint32_t mask_count, double* out) {
  materialise(state, row);
  state.with_row(row, [&](const auto* amplitudes) {
    PauliGroup(state, amplitudes, x_mask, z_masks, mask_count).run(out);
  });
}

}  // namespace qmlx::cpu
