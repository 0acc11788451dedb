// Vectors of amplitudes in float64, for comparisons.
#pragma once

#include <cmath>
#include <complex>
#include <cstddef>
#include <random>
#include <vector>

namespace qmlx::testing {

using Amplitude = std::complex<double>;

// The nearest float32. GCC 12 drops the pair of conversions at -O3 unless the value is stored.
inline double rounded(double value) {
  volatile float stored = static_cast<float>(value);
  return stored;
}

// A random state, rounded as engines of complex64 keep it, so that both sides begin with the same
// one.
inline std::vector<Amplitude> random_amplitudes(std::mt19937_64& random, std::size_t size,
                                                bool to_float = true) {
  std::normal_distribution<double> normal;
  std::vector<Amplitude> state(size);
  double norm = 0;
  for (Amplitude& a : state) {
    a = {normal(random), normal(random)};
    norm += std::norm(a);
  }
  for (Amplitude& a : state) {
    a /= std::sqrt(norm);
    if (to_float) a = {rounded(a.real()), rounded(a.imag())};
  }
  return state;
}

inline std::vector<Amplitude> basis_state(std::uint64_t size, std::uint64_t index) {
  std::vector<Amplitude> result(size);
  result[index] = 1;
  return result;
}

inline double largest_difference(const std::vector<Amplitude>& a, const std::vector<Amplitude>& b) {
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    const double difference = std::abs(a[k] - b[k]);
    if (!(difference <= largest)) largest = difference;  // also if it is not a number
  }
  return largest;
}

inline double norm_of(const std::vector<Amplitude>& state) {
  double sum = 0;
  for (const Amplitude& a : state) sum += std::norm(a);
  return sum;
}

inline double distance(const std::vector<Amplitude>& a, const std::vector<Amplitude>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += std::norm(a[k] - b[k]);
  return std::sqrt(sum);
}

}  // namespace qmlx::testing
