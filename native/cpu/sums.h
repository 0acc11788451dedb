// Sums over neighbouring amplitudes, in an order fixed by their number.
#pragma once

#include <cstdint>

namespace qmlx::cpu {

// Of `count` numbers. Eight sums run side by side, so that the compiler uses vectors.
template <typename Scalar>
double sum_of_squares(const Scalar* numbers, std::uint64_t count) {
  double sums[8] = {};
  std::uint64_t k = 0;
  for (; k + 8 <= count; k += 8) {
    for (unsigned lane = 0; lane < 8; ++lane) {
      const double number = numbers[k + lane];
      sums[lane] += number * number;
    }
  }
  for (; k < count; ++k) {
    const double number = numbers[k];
    sums[k % 8] += number * number;
  }
  return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

}  // namespace qmlx::cpu
