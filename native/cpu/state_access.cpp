#include "cpu/state_access.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/bits.h"

namespace qmlx::cpu {

namespace {

constexpr std::uint64_t kTask = std::uint64_t{1} << 16;  // amplitudes one thread moves at a time

void copy_floats(ThreadPool& pool, float* to, const float* from, std::uint64_t amplitudes) {
  const std::uint64_t tasks = (amplitudes + kTask - 1) / kTask;
  pool.run(tasks, [&](unsigned, std::uint64_t task) noexcept {
    const std::uint64_t first = task * kTask, count = std::min(kTask, amplitudes - first);
    std::memcpy(to + 2 * first, from + 2 * first, 2 * count * sizeof(float));
  });
}

// Reads amplitudes in another order of bits. A piece of the output is read together with the pieces
// whose amplitudes lie on the same cache lines, so that every line is fetched once.
class Reordering {
 public:
  Reordering(const std::uint8_t* order, unsigned bits, const float* amplitudes)
      : order_(order), amplitudes_(amplitudes) {
    for (unsigned byte = 0; 8 * byte < bits; ++byte) {
      for (unsigned value = 0; value < 256; ++value) {
        std::uint64_t place = 0;
        for (unsigned bit = 8 * byte; bit < std::min(bits, 8 * byte + 8); ++bit) {
          if ((value >> (bit - 8 * byte) & 1) != 0) place |= std::uint64_t{1} << order[bit];
        }
        places_[byte][value] = place;
      }
    }
  }

  // out[i] for first ≤ i < first + count, in pieces of 2^k that begin at multiples of 2^k.
  void read(std::uint64_t first, std::uint64_t count, float* out) const {
    while (count > 0) {
      unsigned size = static_cast<unsigned>(std::bit_width(count)) - 1;
      if (first != 0) size = std::min(size, static_cast<unsigned>(std::countr_zero(first)));
      piece(first, size, out);
      const std::uint64_t done = std::uint64_t{1} << size;
      first += done;
      count -= done;
      out += 2 * done;
    }
  }

 private:
  static constexpr unsigned kLineBits = 4;  // 128 bytes: two lines, as processors fetch them

  std::uint64_t place_of(std::uint64_t index) const {
    std::uint64_t place = 0;
    for (unsigned byte = 0; index != 0; ++byte, index >>= 8) place |= places_[byte][index & 255];
    return place;
  }

  void piece(std::uint64_t first, unsigned size, float* out) const {
    const std::uint64_t from = place_of(first);
    const unsigned line_bits = std::min(kLineBits, size);
    const std::uint64_t line = low_mask(line_bits);
    std::uint64_t together = 0;  // bits of the output that move along an input line
    for (unsigned bit = line_bits; bit < size; ++bit) {
      if (order_[bit] < kLineBits) together |= std::uint64_t{1} << bit;
    }
    std::uint64_t offsets[1U << kLineBits];
    for (std::uint64_t k = 0; k <= line; ++k) offsets[k] = from | place_of(k);
    const std::uint64_t apart = low_mask(size) & ~line & ~together;
    std::uint64_t outer = 0;
    do {
      const std::uint64_t outer_place = place_of(outer);
      std::uint64_t inner = 0;
      do {
        const float* source = amplitudes_ + 2 * (outer_place | place_of(inner));
        float* target = out + 2 * (outer | inner);
        for (std::uint64_t k = 0; k <= line; ++k)
          std::memcpy(target + 2 * k, source + 2 * offsets[k], 2 * sizeof(float));
        inner = next_within(inner, together);
      } while (inner != 0);
      outer = next_within(outer, apart);
    } while (outer != 0);
  }

  const std::uint8_t* order_;
  const float* amplitudes_;
  std::uint64_t places_[(kMaxBits + 7) / 8][256];
};

}  // namespace

void read_amplitudes(const qmlx_state& state, std::uint32_t row, const std::uint8_t* order,
                     std::uint64_t first, std::uint64_t count, float* out) {
  materialise(state, row);
  ThreadPool& pool = state.engine->pool;
  if (order == nullptr) return copy_floats(pool, out, state.row(row) + 2 * first, count);
  const Reordering reordering(order, state.bits, state.row(row));
  // Tasks begin at multiples of their size, so that only the first and the last are not whole.
  const std::uint64_t first_task = first / kTask, end = first + count;
  const std::uint64_t tasks = count == 0 ? 0 : (end + kTask - 1) / kTask - first_task;
  pool.run(tasks, [&](unsigned, std::uint64_t task) noexcept {
    const std::uint64_t begin = std::max(first, (first_task + task) * kTask);
    const std::uint64_t stop = std::min(end, (first_task + task + 1) * kTask);
    reordering.read(begin, stop - begin, out + 2 * (begin - first));
  });
}

void write_amplitudes(qmlx_state& state, std::uint32_t row, std::uint64_t first,
                      std::uint64_t count, const float* amplitudes) {
  if (count == state.amplitudes() && 2 * count == state.row_stride) {
    state.touch();
    state.rows[row] = {false, 0, 0};
  } else {
    materialise(state, row);
  }
  copy_floats(state.engine->pool, state.row(row) + 2 * first, amplitudes, count);
}

void copy_state(qmlx_state& to, const qmlx_state& from) {
  for (std::uint32_t row = 0; row < from.batch; ++row) {
    if (!from.rows[row].basis) {
      materialise(from, row);
      to.touch();
      copy_floats(to.engine->pool, to.row(row), from.row(row), from.row_stride / 2);
    }
    to.rows[row] = from.rows[row];
  }
}

void collapse_bit(qmlx_state& state, std::uint32_t row, unsigned bit, unsigned outcome,
                  float scale) {
  materialise(state, row);
  float* const amplitudes = state.row(row);
  const std::uint64_t count = state.amplitudes(), task_size = std::min(kTask, count);
  const std::uint64_t run = std::min(std::uint64_t{1} << bit, task_size);
  state.engine->pool.run(count / task_size, [&](unsigned, std::uint64_t task) noexcept {
    for (std::uint64_t first = task * task_size; first < (task + 1) * task_size; first += run) {
      float* const part = amplitudes + 2 * first;
      if ((first >> bit & 1) != outcome) {
        std::memset(part, 0, 2 * run * sizeof(float));
      } else {
        for (std::uint64_t k = 0; k < 2 * run; ++k) part[k] *= scale;
      }
    }
  });
}

}  // namespace qmlx::cpu
