// Numbers in the precision of an engine: amplitudes, re and im in turn, and value tables. Those of
// complex64 are float, those of complex128 double.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "core/engine.h"

namespace qmlx {

using Precision = qmlx_precision;

// The places of the alternatives are those of qmlx_precision.
using Scalars = std::variant<std::span<float>, std::span<double>>;
using ConstScalars = std::variant<std::span<const float>, std::span<const double>>;
using ScalarVector = std::variant<std::vector<float>, std::vector<double>>;

inline ScalarVector scalar_vector(Precision precision, std::size_t size) {
  if (precision == QMLX_COMPLEX128) return std::vector<double>(size);
  return std::vector<float>(size);
}

template <typename Numbers>
std::size_t size_of(const Numbers& numbers) {
  return std::visit([](const auto& some) { return some.size(); }, numbers);
}

template <typename Numbers>
const void* data_of(const Numbers& numbers) {
  return std::visit([](const auto& some) -> const void* { return some.data(); }, numbers);
}

inline Scalars part(ScalarVector& numbers, std::size_t first, std::size_t count) {
  return std::visit(
      [&](auto& all) -> Scalars { return std::span(all).subspan(first, count); }, numbers);
}

// Into numbers of the same precision.
inline void copy(const ScalarVector& from, const Scalars& to) {
  std::visit(
      [&]<typename Scalar>(const std::vector<Scalar>& numbers) {
        std::copy(numbers.begin(), numbers.end(), std::get<std::span<Scalar>>(to).begin());
      },
      from);
}

inline ConstScalars all_of(const ScalarVector& numbers) {
  return std::visit([](const auto& all) -> ConstScalars { return std::span(all); }, numbers);
}

}  // namespace qmlx
