#include "core/comparison.h"

#include <algorithm>
#include <complex>
#include <vector>

#include "core/simulator.h"

namespace qmlx {

namespace {

using Complex = std::complex<double>;

// 1 − |⟨a|b⟩|² of unit vectors that are equal up to rounding. In complex128 that difference is lost
// in rounding itself: there ‖b − ⟨a|b⟩a‖² is looked at, too.
constexpr double kSame = 1e-12;
constexpr double kSameRemainder = 1e-24;
constexpr std::uint64_t kReadAtOnce = std::uint64_t{1} << 14;  // amplitudes
constexpr unsigned kMostQubitsRead = 12;

template <typename Scalar>
Complex number(const Scalar* parts) {
  return {parts[0], parts[1]};
}

struct Overlap {
  Complex inner = 0;
  double first = 0, second = 0;  // squared norms

  void add(Complex x, Complex y) {
    inner += std::conj(x) * y;
    first += std::norm(x);
    second += std::norm(y);
  }
  // first · second · (1 − |⟨a|b⟩|²) of the normalised vectors.
  double deviation() const { return first * second - std::norm(inner); }
};

template <typename Scalar>
Status compare(const State& a, const State& b, bool& same) {
  const std::uint64_t size = std::uint64_t{1} << a.qubits(), part = std::min(size, kReadAtOnce);
  std::vector<Scalar> left(2 * part), right(2 * part);
  const auto each_pair = [&](const auto& visit) -> Status {
    for (std::uint64_t first = 0; first < size; first += part) {
      if (Status status = a.amplitudes(first, part, left); !status.ok()) return status;
      if (Status status = b.amplitudes(first, part, right); !status.ok()) return status;
      for (std::size_t k = 0; k < 2 * part; k += 2) visit(number(&left[k]), number(&right[k]));
    }
    return {};
  };
  Overlap overlap;
  Status status = each_pair([&](Complex x, Complex y) { overlap.add(x, y); });
  same = overlap.deviation() <= kSame * overlap.first * overlap.second;
  if (!status.ok() || !same || sizeof(Scalar) == sizeof(float)) return status;
  const Complex phase = overlap.inner / overlap.first;
  double remainder = 0;
  status = each_pair([&](Complex x, Complex y) { remainder += std::norm(y - phase * x); });
  same = remainder <= kSameRemainder * overlap.second;
  return status;
}

template <typename Scalar>
Status halves_are_parallel(const State& state, std::uint32_t qubit, bool& parallel) {
  const std::size_t size = std::size_t{1} << state.qubits(), half = size >> (qubit + 1);
  std::vector<Scalar> amplitudes(2 * size);
  if (Status status = state.amplitudes(0, size, amplitudes); !status.ok()) return status;
  const auto each_pair = [&](const auto& visit) {
    for (std::size_t k = 0; k < size; ++k) {
      if ((k & half) == 0) visit(number(&amplitudes[2 * k]), number(&amplitudes[2 * (k | half)]));
    }
  };
  Overlap overlap;
  each_pair([&](Complex x, Complex y) { overlap.add(x, y); });
  parallel = overlap.deviation() <= kSame;
  if (!parallel || sizeof(Scalar) == sizeof(float)) return {};
  // The shorter half by the longer one.
  const bool first_is_longer = overlap.first >= overlap.second;
  const Complex by =
      first_is_longer ? overlap.inner / overlap.first : std::conj(overlap.inner) / overlap.second;
  double remainder = 0;
  each_pair([&](Complex x, Complex y) {
    remainder += std::norm(first_is_longer ? y - by * x : x - by * y);
  });
  parallel = remainder <= kSameRemainder;
  return {};
}

bool is_double(const State& state) { return state.simulator()->precision() == QMLX_COMPLEX128; }

}  // namespace

Status compare_states(const State& a, const State& b, bool& same) {
  return is_double(a) ? compare<double>(a, b, same) : compare<float>(a, b, same);
}

// The two outcomes leave the other qubits in the two halves of the state.
Status stands_alone(const State& state, std::uint32_t qubit, double zero, bool& alone) {
  alone = false;
  if (zero <= kSame || zero >= 1 - kSame || state.qubits() > kMostQubitsRead) return {};
  return is_double(state) ? halves_are_parallel<double>(state, qubit, alone)
                          : halves_are_parallel<float>(state, qubit, alone);
}

}  // namespace qmlx
