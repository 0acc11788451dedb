#include "cpu/reduction.h"

#include <algorithm>

#include "cpu/sums.h"

namespace qmlx::cpu {

namespace {

constexpr std::uint64_t kChunk = std::uint64_t{1} << 16;  // amplitudes summed by one thread

// The parts of ⟨x|y⟩. Products of equal parts and of opposite parts are summed side by side so that
// the compiler uses vectors.
template <typename Scalar>
void multiply(const Scalar* x, const Scalar* y, std::uint64_t amplitudes, double* out) {
  double equal[8] = {}, opposite[8] = {};
  for (std::uint64_t k = 0; k < 2 * amplitudes; k += 2) {
    const unsigned lane = k % 8;
    for (unsigned part = 0; part < 2; ++part) {
      equal[lane + part] += static_cast<double>(x[k + part]) * y[k + part];
      opposite[lane + part] += static_cast<double>(x[k + part]) * y[k + (part ^ 1)];
    }
  }
  out[0] = ((equal[0] + equal[1]) + (equal[2] + equal[3])) +
           ((equal[4] + equal[5]) + (equal[6] + equal[7]));
  out[1] = ((opposite[0] - opposite[1]) + (opposite[2] - opposite[3])) +
           ((opposite[4] - opposite[5]) + (opposite[6] - opposite[7]));
}

}  // namespace

double squared_norm(const qmlx_state& state, std::uint32_t row) {
  if (state.rows[row].basis) return 1;
  materialise(state, row);
  const std::uint64_t chunk = std::min(kChunk, state.amplitudes());
  const std::uint64_t chunks = state.amplitudes() / chunk;
  std::vector<double> sums(chunks);
  state.with_row(row, [&](const auto* amplitudes) {
    state.engine->pool.run(chunks, [&](unsigned, std::uint64_t task) noexcept {
      sums[task] = sum_of_squares(amplitudes + 2 * chunk * task, 2 * chunk);
    });
  });
  double total = 0;
  for (const double sum : sums) total += sum;
  return total;
}

void block_sums(const qmlx_state& state, std::uint32_t row, unsigned block_bits, double* out) {
  materialise(state, row);
  const std::uint64_t block = std::uint64_t{1} << block_bits;
  const std::uint64_t blocks = state.amplitudes() / block;
  const std::uint64_t in_chunk = std::min(std::max(kChunk / block, std::uint64_t{1}), blocks);
  state.with_row(row, [&](const auto* amplitudes) {
    state.engine->pool.run(blocks / in_chunk, [&](unsigned, std::uint64_t task) noexcept {
      for (std::uint64_t k = task * in_chunk; k < (task + 1) * in_chunk; ++k)
        out[k] = sum_of_squares(amplitudes + 2 * block * k, 2 * block);
    });
  });
}

void inner_product(const qmlx_state& a, std::uint32_t row_a, const qmlx_state& b,
                   std::uint32_t row_b, double* out) {
  materialise(a, row_a);
  materialise(b, row_b);
  const std::uint64_t chunk = std::min(kChunk, a.amplitudes());
  const std::uint64_t chunks = a.amplitudes() / chunk;
  std::vector<double> sums(2 * chunks);
  a.with_row(row_a, [&](const auto* first) {
    const auto* const second = reinterpret_cast<decltype(first)>(b.row(row_b));
    a.engine->pool.run(chunks, [&](unsigned, std::uint64_t task) noexcept {
      multiply(first + 2 * chunk * task, second + 2 * chunk * task, chunk, &sums[2 * task]);
    });
  });
  out[0] = out[1] = 0;
  for (std::uint64_t task = 0; task < chunks; ++task) {
    out[0] += sums[2 * task];
    out[1] += sums[2 * task + 1];
  }
}

}  // namespace qmlx::cpu
