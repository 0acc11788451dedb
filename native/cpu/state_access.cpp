#include "cpu/state_access.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/bits.h"

namespace qmlx::cpu {

namespace {

constexpr std::uint64_t kTask = std::uint64_t{1} << 16;  // amplitudes one thread moves at a time
constexpr std::uint64_t kPattern = 64;                   // numbers

void copy_floats(ThreadPool& pool, float* to, const float* from, std::uint64_t amplitudes) {
  const std::uint64_t tasks = (amplitudes + kTask - 1) / kTask;
  pool.run(tasks, [&](unsigned, std::uint64_t task) noexcept {
    const std::uint64_t first = task * kTask, count = std::min(kTask, amplitudes - first);
    std::memcpy(to + 2 * first, from + 2 * first, 2 * count * sizeof(float));
  });
}

// Reads amplitudes in another order of bits. Pieces of the output are made together whose
// amplitudes lie on the same stretches of the input: each stretch is read once, as a whole, into a
// buffer from which the outputs are taken.
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
  void read(ThreadPool& pool, std::uint64_t first, std::uint64_t count, float* out) const {
    while (count > 0) {
      unsigned size = static_cast<unsigned>(std::bit_width(count)) - 1;
      if (first != 0) size = std::min(size, static_cast<unsigned>(std::countr_zero(first)));
      piece(pool, first, size, out);
      const std::uint64_t done = std::uint64_t{1} << size;
      first += done;
      count -= done;
      out += 2 * done;
    }
  }

 private:
  static constexpr unsigned kStretchBits = 5;  // 256 bytes: four lines
  static constexpr unsigned kStretch = 1U << kStretchBits;

  std::uint64_t place_of(std::uint64_t index) const {
    std::uint64_t place = 0;
    for (unsigned byte = 0; index != 0; ++byte, index >>= 8) place |= places_[byte][index & 255];
    return place;
  }

  void piece(ThreadPool& pool, std::uint64_t first, unsigned size, float* out) const {
    const std::uint64_t from = place_of(first);
    std::uint64_t inputs = 0;  // bits of the output that move along a stretch of the input
    for (unsigned bit = 0; bit < size; ++bit) {
      if (order_[bit] < kStretchBits) inputs |= std::uint64_t{1} << bit;
    }
    if (size < kStretchBits || std::popcount(inputs) < static_cast<int>(kStretchBits))
      return read_one_by_one(pool, from, size, out);
    const std::uint64_t together = inputs | (kStretch - 1);
    const std::uint64_t input_places = place_of(together);
    // Where the buffer holds each amplitude of a stretch of the output.
    std::uint64_t offsets[kStretch];
    for (std::uint64_t k = 0; k < kStretch; ++k) offsets[k] = extract(place_of(k), input_places);
    const std::uint64_t apart = low_mask(size) & ~together;
    const std::uint64_t tiles = std::uint64_t{1} << std::popcount(apart);
    const std::uint64_t in_task = std::min(tiles, kTask >> (2 * kStretchBits));
    pool.run(tiles / in_task, [&](unsigned, std::uint64_t task) noexcept {
      std::uint64_t outer = deposit(task * in_task, apart);
      for (std::uint64_t k = 0; k < in_task; ++k) {
        tile(amplitudes_ + 2 * (from | place_of(outer)), input_places, together & ~(kStretch - 1),
             offsets, out + 2 * outer);
        outer = next_within(outer, apart);
      }
    });
  }

  void read_one_by_one(ThreadPool& pool, std::uint64_t from, unsigned size, float* out) const {
    const std::uint64_t count = std::uint64_t{1} << size, in_task = std::min(count, kTask);
    pool.run(count / in_task, [&](unsigned, std::uint64_t task) noexcept {
      for (std::uint64_t k = task * in_task; k < (task + 1) * in_task; ++k)
        std::memcpy(out + 2 * k, amplitudes_ + 2 * (from | place_of(k)), 2 * sizeof(float));
    });
  }

  void tile(const float* from, std::uint64_t input_places, std::uint64_t output_rows,
            const std::uint64_t* offsets, float* out) const {
    float buffer[2 * kStretch * kStretch];
    const std::uint64_t input_rows = input_places & ~std::uint64_t{kStretch - 1};
    float* next = buffer;
    std::uint64_t row = 0;
    do {
      std::memcpy(next, from + 2 * row, 2 * kStretch * sizeof(float));
      next += 2 * kStretch;
      row = next_within(row, input_rows);
    } while (row != 0);
    std::uint64_t output = 0;
    do {
      const float* const base = buffer + 2 * extract(place_of(output), input_places);
      for (unsigned k = 0; k < kStretch; ++k)
        std::memcpy(out + 2 * (output | k), base + 2 * offsets[k], 2 * sizeof(float));
      output = next_within(output, output_rows);
    } while (output != 0);
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
  Reordering(order, state.bits, state.row(row)).read(pool, first, count, out);
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
    float* const part = amplitudes + 2 * task * task_size;
    if (run < kPattern / 2) {
      // Short runs: a pattern of kept and dropped numbers.
      bool kept[kPattern];
      for (std::uint64_t k = 0; k < kPattern; ++k) kept[k] = (k / 2 >> bit & 1) == outcome;
      for (std::uint64_t first = 0; first < 2 * task_size; first += kPattern) {
        const std::uint64_t last = std::min(kPattern, 2 * task_size - first);
        for (std::uint64_t k = 0; k < last; ++k)
          part[first + k] = kept[k] ? part[first + k] * scale : 0;
      }
      return;
    }
    for (std::uint64_t first = 0; first < task_size; first += run) {
      float* const here = part + 2 * first;
      if (((task * task_size + first) >> bit & 1) != outcome) {
        std::memset(here, 0, 2 * run * sizeof(float));
      } else {
        for (std::uint64_t k = 0; k < 2 * run; ++k) here[k] *= scale;
      }
    }
  });
}

}  // namespace qmlx::cpu
