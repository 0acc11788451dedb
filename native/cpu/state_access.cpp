#include "cpu/state_access.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/bits.h"

namespace qmlx::cpu {

namespace {

constexpr std::uint64_t kTask = std::uint64_t{1} << 16;  // amplitudes one thread moves at a time
constexpr std::uint64_t kCopy = 8 * kTask;               // bytes one thread copies at a time
constexpr std::uint64_t kPattern = 64;                   // numbers

void copy_bytes(ThreadPool& pool, void* to, const void* from, std::uint64_t bytes) {
  pool.run((bytes + kCopy - 1) / kCopy, [&](unsigned, std::uint64_t task) noexcept {
    const std::uint64_t first = task * kCopy;
    std::memcpy(static_cast<std::byte*>(to) + first, static_cast<const std::byte*>(from) + first,
                std::min(kCopy, bytes - first));
  });
}

// Reads amplitudes in another order of bits. Pieces of the output are made together whose
// amplitudes lie on the same stretches of the input: each stretch is read once, as a whole, into a
// buffer from which the outputs are taken.
template <typename Scalar>
class Reordering {
 public:
  Reordering(const std::uint8_t* order, unsigned bits, const Scalar* amplitudes)
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
  void read(ThreadPool& pool, std::uint64_t first, std::uint64_t count, Scalar* out) const {
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
  static constexpr unsigned kStretchBits = sizeof(Scalar) == 4 ? 5 : 4;  // 256 bytes: four lines
  static constexpr unsigned kStretch = 1U << kStretchBits;

  std::uint64_t place_of(std::uint64_t index) const {
    std::uint64_t place = 0;
    for (unsigned byte = 0; index != 0; ++byte, index >>= 8) place |= places_[byte][index & 255];
    return place;
  }

  void piece(ThreadPool& pool, std::uint64_t first, unsigned size, Scalar* out) const {
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

  void read_one_by_one(ThreadPool& pool, std::uint64_t from, unsigned size, Scalar* out) const {
    const std::uint64_t count = std::uint64_t{1} << size, in_task = std::min(count, kTask);
    pool.run(count / in_task, [&](unsigned, std::uint64_t task) noexcept {
      for (std::uint64_t k = task * in_task; k < (task + 1) * in_task; ++k)
        std::memcpy(out + 2 * k, amplitudes_ + 2 * (from | place_of(k)), 2 * sizeof(Scalar));
    });
  }

  void tile(const Scalar* from, std::uint64_t input_places, std::uint64_t output_rows,
            const std::uint64_t* offsets, Scalar* out) const {
    Scalar buffer[2 * kStretch * kStretch];
    const std::uint64_t input_rows = input_places & ~std::uint64_t{kStretch - 1};
    Scalar* next = buffer;
    std::uint64_t row = 0;
    do {
      std::memcpy(next, from + 2 * row, 2 * kStretch * sizeof(Scalar));
      next += 2 * kStretch;
      row = next_within(row, input_rows);
    } while (row != 0);
    std::uint64_t output = 0;
    do {
      const Scalar* const base = buffer + 2 * extract(place_of(output), input_places);
      for (unsigned k = 0; k < kStretch; ++k)
        std::memcpy(out + 2 * (output | k), base + 2 * offsets[k], 2 * sizeof(Scalar));
      output = next_within(output, output_rows);
    } while (output != 0);
  }

  const std::uint8_t* order_;
  const Scalar* amplitudes_;
  std::uint64_t places_[(kMaxBits + 7) / 8][256];
};

template <typename Scalar>
void collapse(ThreadPool& pool, Scalar* amplitudes, std::uint64_t count, unsigned bit,
              unsigned outcome, Scalar scale) {
  const std::uint64_t task_size = std::min(kTask, count);
  const std::uint64_t run = std::min(std::uint64_t{1} << bit, task_size);
  pool.run(count / task_size, [&](unsigned, std::uint64_t task) noexcept {
    Scalar* const part = amplitudes + 2 * task * task_size;
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
      Scalar* const here = part + 2 * first;
      if (((task * task_size + first) >> bit & 1) != outcome) {
        std::memset(here, 0, 2 * run * sizeof(Scalar));
      } else {
        for (std::uint64_t k = 0; k < 2 * run; ++k) here[k] *= scale;
      }
    }
  });
}

}  // namespace

void read_amplitudes(const qmlx_state& state, std::uint32_t row, const std::uint8_t* order,
                     std::uint64_t first, std::uint64_t count, void* out) {
  materialise(state, row);
  ThreadPool& pool = state.engine->pool;
  const std::uint64_t bytes = state.engine->amplitude_bytes();
  if (order == nullptr) return copy_bytes(pool, out, state.row(row) + bytes * first, bytes * count);
  state.with_row(row, [&]<typename Scalar>(const Scalar* amplitudes) {
    Reordering(order, state.bits, amplitudes).read(pool, first, count, static_cast<Scalar*>(out));
  });
}

void write_amplitudes(qmlx_state& state, std::uint32_t row, std::uint64_t first,
                      std::uint64_t count, const void* amplitudes) {
  const std::uint64_t bytes = state.engine->amplitude_bytes();
  if (count == state.amplitudes() && bytes * count == state.row_bytes) {
    state.touch();
    state.rows[row] = {false, 0, 0};
  } else {
    materialise(state, row);
  }
  copy_bytes(state.engine->pool, state.row(row) + bytes * first, amplitudes, bytes * count);
}

void copy_state(qmlx_state& to, const qmlx_state& from) {
  for (std::uint32_t row = 0; row < from.batch; ++row) {
    if (!from.rows[row].basis) {
      materialise(from, row);
      to.touch();
      copy_bytes(to.engine->pool, to.row(row), from.row(row), from.row_bytes);
    }
    to.rows[row] = from.rows[row];
  }
}

void collapse_bit(qmlx_state& state, std::uint32_t row, unsigned bit, unsigned outcome,
                  double scale) {
  materialise(state, row);
  state.with_row(row, [&]<typename Scalar>(Scalar* amplitudes) {
    collapse(state.engine->pool, amplitudes, state.amplitudes(), bit, outcome,
             static_cast<Scalar>(scale));
  });
}

}  // namespace qmlx::cpu
