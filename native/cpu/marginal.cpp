// Probabilities by some bits. The state is cut into parts by bits that the result tells apart, so
// that parts write to different places, and by others only while a copy of the result for each is
// small.
#include <algorithm>
#include <bit>

#include "cpu/reduction.h"
#include "cpu/sums.h"
#include "kernels/bits.h"

namespace qmlx::cpu {

namespace {

constexpr unsigned kBlockBits = 10;
constexpr unsigned kTaskBits = 6;
constexpr unsigned kMostCopyBits = 20;  // log2 of all numbers in the copies

class Marginal {
 public:
  Marginal(const qmlx_state& state, const std::uint8_t* bits, unsigned bit_count)
      : bits_(bits),
        bit_count_(bit_count),
        block_bits_(std::min(kBlockBits, state.bits)),
        all_(low_mask(state.bits)) {
    for (unsigned k = 0; k < bit_count; ++k) listed_ |= std::uint64_t{1} << bits[k];
    choose_tasks(state.bits);
    // Neighbours that no listed bit tells apart are added before they are placed.
    const std::uint64_t low_listed = listed_ & low_mask(block_bits_);
    run_bits_ = low_listed == 0 ? block_bits_ : static_cast<unsigned>(std::countr_zero(low_listed));
    places_.resize(std::size_t{1} << (block_bits_ - run_bits_));
    for (std::size_t k = 0; k < places_.size(); ++k) places_[k] = place(k << run_bits_);
  }

  void run(const qmlx_state& state, std::uint32_t row, double* out) {
    const std::uint64_t results = std::uint64_t{1} << bit_count_;
    const std::uint64_t unlisted = task_mask_ & ~listed_;
    const std::uint64_t copies = std::uint64_t{1} << std::popcount(unlisted);
    std::vector<double> copied;
    if (copies > 1) copied.resize(copies * results);
    double* const target = copies > 1 ? copied.data() : out;
    std::fill_n(target, copies * results, 0.0);
    state.with_row(row, [&](const auto* amplitudes) {
      state.engine->pool.run(std::uint64_t{1} << std::popcount(task_mask_),
                             [&](unsigned, std::uint64_t task) noexcept {
                               const std::uint64_t part = deposit(task, task_mask_);
                               add_part(amplitudes, part,
                                        target + extract(part, unlisted) * results);
                             });
    });
    if (copies == 1) return;
    std::fill_n(out, results, 0.0);
    for (std::uint64_t copy = 0; copy < copies; ++copy) {
      for (std::uint64_t k = 0; k < results; ++k) out[k] += copied[copy * results + k];
    }
  }

 private:
  // Listed bits from the highest down, then others.
  void choose_tasks(unsigned state_bits) {
    unsigned count = 0, copy_bits = bit_count_;
    for (const bool listed : {true, false}) {
      for (unsigned bit = state_bits; bit-- > block_bits_ + 2 && count < kTaskBits;) {
        if ((listed_ >> bit & 1) != (listed ? 1U : 0U)) continue;
        if (!listed && copy_bits++ >= kMostCopyBits) return;
        task_mask_ |= std::uint64_t{1} << bit;
        ++count;
      }
    }
  }

  // Where in the result an amplitude counts.
  std::uint64_t place(std::uint64_t index) const {
    std::uint64_t result = 0;
    for (unsigned k = 0; k < bit_count_; ++k) result = result << 1 | (index >> bits_[k] & 1);
    return result;
  }

  // Blocks that count at the same places are added up first.
  template <typename Scalar>
  void add_part(const Scalar* amplitudes, std::uint64_t part, double* out) const {
    const std::uint64_t high = all_ & ~task_mask_ & ~low_mask(block_bits_);
    const std::uint64_t apart = high & listed_, together = high & ~listed_;
    const bool runs_only = places_.size() == 1 || together == 0;
    std::uint64_t outer = 0;
    do {
      const std::uint64_t index = outer | part;
      runs_only ? add_runs(amplitudes + 2 * index, together, out + place(index))
                : add_blocks(amplitudes + 2 * index, together, out + place(index));
      outer = next_within(outer, apart);
    } while (outer != 0);
  }

  template <typename Scalar>
  void add_runs(const Scalar* first, std::uint64_t together, double* out) const {
    const std::uint64_t run = std::uint64_t{2} << run_bits_;
    std::uint64_t inner = 0;
    do {
      const Scalar* next = first + 2 * inner;
      for (const std::uint64_t offset : places_) {
        out[offset] += sum_of_squares(next, run);
        next += run;
      }
      inner = next_within(inner, together);
    } while (inner != 0);
  }

  template <typename Scalar>
  void add_blocks(const Scalar* first, std::uint64_t together, double* out) const {
    double sums[2U << kBlockBits] = {};
    const std::size_t numbers = std::size_t{2} << block_bits_;
    std::uint64_t inner = 0;
    do {
      const Scalar* const block = first + 2 * inner;
      for (std::size_t k = 0; k < numbers; ++k) sums[k] += static_cast<double>(block[k]) * block[k];
      inner = next_within(inner, together);
    } while (inner != 0);
    const double* next = sums;
    for (const std::uint64_t offset : places_) {
      double sum = 0;
      for (std::size_t k = 0; k < std::size_t{2} << run_bits_; ++k) sum += *next++;
      out[offset] += sum;
    }
  }

  const std::uint8_t* bits_;
  unsigned bit_count_;
  unsigned block_bits_;
  std::uint64_t all_;
  std::uint64_t listed_ = 0;
  std::uint64_t task_mask_ = 0;
  unsigned run_bits_ = 0;
  std::vector<std::uint64_t> places_;  // of the runs of a block
};

}  // namespace

void marginal(const qmlx_state& state, std::uint32_t row, const std::uint8_t* bits,
              unsigned bit_count, double* out) {
  materialise(state, row);
  Marginal(state, bits, bit_count).run(state, row, out);
}

}  // namespace qmlx::cpu
