#include "core/comparison.h"

#include <algorithm>
#include <complex>
#include <vector>

namespace qmlx {

namespace {

// 1 − |⟨a|b⟩|² of unit vectors that are equal up to rounding.
constexpr double kSame = 1e-12;
constexpr std::uint64_t kReadAtOnce = std::uint64_t{1} << 14;  // amplitudes
constexpr unsigned kMostQubitsRead = 12;

struct Overlap {
  std::complex<double> inner = 0;
  double first = 0, second = 0;  // squared norms

  void add(const float* a, const float* b) {
    const std::complex<double> x(a[0], a[1]), y(b[0], b[1]);
    inner += std::conj(x) * y;
    first += std::norm(x);
    second += std::norm(y);
  }
  // first · second · (1 − |⟨a|b⟩|²) of the normalised vectors.
  double deviation() const { return first * second - std::norm(inner); }
};

}  // namespace

Status compare_states(const State& a, const State& b, bool& same) {
  const std::uint64_t size = std::uint64_t{1} << a.qubits(), part = std::min(size, kReadAtOnce);
  std::vector<float> left(2 * part), right(2 * part);
  Overlap overlap;
  for (std::uint64_t first = 0; first < size; first += part) {
    if (Status status = a.amplitudes(first, part, left); !status.ok()) return status;
    if (Status status = b.amplitudes(first, part, right); !status.ok()) return status;
    for (std::size_t k = 0; k < 2 * part; k += 2) overlap.add(&left[k], &right[k]);
  }
  same = overlap.deviation() <= kSame * overlap.first * overlap.second;
  return {};
}

// The two outcomes leave the other qubits in the two halves of the state.
Status stands_alone(const State& state, std::uint32_t qubit, double zero, bool& alone) {
  alone = false;
  if (zero <= kSame || zero >= 1 - kSame || state.qubits() > kMostQubitsRead) return {};
  const std::size_t size = std::size_t{1} << state.qubits(), half = size >> (qubit + 1);
  std::vector<float> amplitudes(2 * size);
  if (Status status = state.amplitudes(0, size, amplitudes); !status.ok()) return status;
  Overlap overlap;
  for (std::size_t k = 0; k < size; ++k) {
    if ((k & half) == 0) overlap.add(&amplitudes[2 * k], &amplitudes[2 * (k | half)]);
  }
  alone = overlap.deviation() <= kSame;
  return {};
}

}  // namespace qmlx
