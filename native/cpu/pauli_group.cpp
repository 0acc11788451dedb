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
constexpr std::uint64_t kRowsOfTask = 32;
constexpr unsigned kSignBits = 6;        // blocks whose signs a word holds
constexpr std::size_t kMostWords = 128;  // strings whose words are kept at once

struct String {
  std::uint64_t z_high;  // signs by the index of the block
  std::uint64_t signs;   // of the first blocks walked
  std::uint32_t
      entry;  // of the transformed block, behind all others where the imaginary part counts
  bool negative;
};

class PauliGroup {
 public:
  PauliGroup(const qmlx_state& state, std::uint64_t x_mask, const std::uint64_t* z_masks,
             std::uint32_t count)
      : state_(state), x_mask_(x_mask), strings_(count) {
    block_bits_ = std::min(kBlockBits, state.bits);
    const std::uint64_t low = low_mask(block_bits_);
    const std::uint64_t first = count > 0 ? z_masks[0] & low : 0;
    std::uint64_t differing = 0;
    for (std::uint32_t k = 0; k < count; ++k) differing |= (z_masks[k] & low) ^ first;
    for (std::uint32_t k = 0; k < count; ++k) {
      // A Y is i·XZ, so that y of them give i^y.
      const int y = std::popcount(x_mask & z_masks[k]) & 3;
      const auto entry = static_cast<std::uint32_t>(extract((z_masks[k] & low) ^ first, differing));
      const bool imaginary = (y & 1) != 0;
      strings_[k] = {z_masks[k] & ~low, 0,
                     entry + (imaginary ? static_cast<std::uint32_t>(2 * kBlock) : 0U),
                     y == 1 || y == 2};
      (imaginary ? needs_imaginary_ : needs_real_) = true;
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
    sign_blocks_ = std::min(std::uint64_t{1} << kSignBits, blocks());
    // Bit k of a pattern is the number's bit in k.
    constexpr std::uint64_t kPatterns[kSignBits] = {0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc,
                                                    0xf0f0f0f0f0f0f0f0, 0xff00ff00ff00ff00,
                                                    0xffff0000ffff0000, 0xffffffff00000000};
    std::uint64_t bits = walked_;
    for (unsigned k = 0; k < kSignBits && bits != 0; ++k, bits &= bits - 1) {
      for (String& string : strings_)
        string.signs ^= (string.z_high & bits & (~bits + 1)) != 0 ? kPatterns[k] : 0;
    }
  }

  // Small rows are shared among threads as wholes, large ones one after another in parts.
  void run(std::uint32_t first_row, std::uint32_t rows, double* out) const {
    const std::size_t count = strings_.size();
    if (tasks() > 1 || rows < 2 * kRowsOfTask) {
      for (std::uint32_t k = 0; k < rows; ++k) {
        state_.with_row(first_row + k,
                        [&](const auto* amplitudes) { run_row(amplitudes, out + k * count); });
      }
      return;
    }
    std::fill_n(out, rows * count, 0.0);
    state_.engine->pool.run(
        (rows + kRowsOfTask - 1) / kRowsOfTask, [&](unsigned, std::uint64_t task) noexcept {
          const std::uint64_t last = std::min<std::uint64_t>((task + 1) * kRowsOfTask, rows);
          for (std::uint64_t k = task * kRowsOfTask; k < last; ++k) {
            double* const sums = out + k * count;
            state_.with_row(first_row + static_cast<std::uint32_t>(k), [&](const auto* amplitudes) {
              add_blocks(amplitudes, 0, blocks(), sums);
            });
            finish(sums);
          }
        });
  }

 private:
  static std::uint64_t parity(std::uint64_t bits) {
    return static_cast<std::uint64_t>(__builtin_parityll(bits));
  }

  std::uint64_t blocks() const { return std::uint64_t{1} << std::popcount(walked_); }

  // In how many parts a row is summed, whatever the number of threads.
  std::uint64_t tasks() const {
    const std::uint64_t count = std::max<std::uint64_t>(strings_.size(), 1);
    const std::uint64_t most = std::clamp<std::uint64_t>(kMostPartials / count, 1, kMostTasks);
    return std::clamp<std::uint64_t>(blocks() / kLeastBlocks, 1, std::bit_floor(most));
  }

  template <typename Scalar>
  void run_row(const Scalar* amplitudes, double* out) const {
    const std::size_t count = strings_.size();
    const std::uint64_t parts = tasks(), in_task = blocks() / parts;
    std::vector<double> partials(parts * count);
    state_.engine->pool.run(parts, [&](unsigned, std::uint64_t task) noexcept {
      add_blocks(amplitudes, task * in_task, in_task, partials.data() + task * count);
    });
    for (std::size_t k = 0; k < count; ++k) {
      out[k] = 0;
      for (std::uint64_t task = 0; task < parts; ++task) out[k] += partials[task * count + k];
    }
    finish(out);
  }

  template <typename Scalar>
  void add_blocks(const Scalar* amplitudes, std::uint64_t first, std::uint64_t count,
                  double* sums) const {
    std::uint64_t block = deposit(first, walked_);
    double parts[4 * kBlock];
    // Of each string, by the number of the block.
    std::uint64_t words[kMostWords];
    for (std::uint64_t k = first; k < first + count; ++k) {
      multiply_block(amplitudes, block, parts);
      if (strings_.size() > kMostWords) {
        for (std::size_t n = 0; n < strings_.size(); ++n)
          sums[n] += signed_value(parts[strings_[n].entry], parity(block & strings_[n].z_high));
      } else {
        const std::uint64_t place = k & (sign_blocks_ - 1);
        if (k == first || place == 0) start_words(block & ~deposit(place, walked_), words);
        for (std::size_t n = 0; n < strings_.size(); ++n)
          sums[n] += signed_value(parts[strings_[n].entry], words[n] >> place);
      }
      block = next_within(block, walked_);
    }
  }

  void start_words(std::uint64_t block, std::uint64_t* words) const {
    for (std::size_t n = 0; n < strings_.size(); ++n)
      words[n] = strings_[n].signs ^ (0 - parity(block & strings_[n].z_high));
  }

  // The number, or its opposite if the lowest bit of `odd` is set.
  static double signed_value(double value, std::uint64_t odd) {
    return std::bit_cast<double>(std::bit_cast<std::uint64_t>(value) ^ odd << 63);
  }

  // Counts both halves of pairs, and signs.
  void finish(double* sums) const {
    for (std::size_t k = 0; k < strings_.size(); ++k) {
      if (pivot_ != 0) sums[k] *= 2;
      if (strings_[k].negative) sums[k] = -sums[k];
    }
  }

  // The products of an amplitude's parts with its partner's lie side by side; their sum is the real
  // part of conj(partner)·amplitude, the difference of the crossed ones the imaginary part.
  template <typename Scalar>
  void multiply_block(const Scalar* amplitudes, std::uint64_t block, double* parts) const {
    const std::uint64_t low = low_mask(block_bits_), flips = x_mask_ & low;
    const Scalar* const here = amplitudes + 2 * block;
    const Scalar* there = amplitudes + 2 * (block ^ (x_mask_ & ~low));
    Scalar reordered[2 * kBlock];
    if (flips != 0) {
      for (std::uint64_t i = 0; i <= low; ++i)
        std::memcpy(reordered + 2 * i, there + 2 * (i ^ flips), 2 * sizeof(Scalar));
      there = reordered;
    }
    double* const re = parts;
    double* const im = parts + 2 * kBlock;
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
  std::uint64_t x_mask_;
  std::vector<String> strings_;
  bool needs_real_ = false, needs_imaginary_ = false;
  unsigned block_bits_;
  unsigned differing_;  // bits of a block
  std::uint64_t pivot_;
  std::uint64_t walked_;
  std::uint64_t sign_blocks_;
  double real_sign_[2 * kBlock];
  double imaginary_sign_[2 * kBlock];
};

}  // namespace

void pauli_group(const qmlx_state& state, std::uint32_t first_row, std::uint32_t rows,
                 std::uint64_t x_mask, const std::uint64_t* z_masks, std::uint32_t mask_count,
                 double* out) {
  for (std::uint32_t k = 0; k < rows; ++k) materialise(state, first_row + k);
  PauliGroup(state, x_mask, z_masks, mask_count).run(first_row, rows, out);
}

}  // namespace qmlx::cpu
