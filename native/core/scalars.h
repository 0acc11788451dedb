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

// Calls work with the numbers as they are. Unlike std::visit it cannot throw.
template <typename Numbers, typename Work>
decltype(auto) with_scalars(Numbers&& numbers, const Work& work) {
  if (auto* doubles = std::get_if<QMLX_COMPLEX128>(&numbers)) return work(*doubles);
  return work(*std::get_if<QMLX_COMPLEX64>(&numbers));
}

template <typename Numbers>
std::size_t size_of(const Numbers& numbers) {
  return with_scalars(numbers, [](const auto& some) { return some.size(); });
}

template <typename Numbers>
const void* data_of(const Numbers& numbers) {
  return with_scalars(numbers, [](const auto& some) -> const void* { return some.data(); });
}

inline Scalars part(ScalarVector& numbers, std::size_t first, std::size_t count) {
  return with_scalars(numbers,
                      [&](auto& all) -> Scalars { return std::span(all).subspan(first, count); });
}

// Into numbers of the same precision.
inline void copy(const ScalarVector& from, const Scalars& to) {
  with_scalars(from, [&]<typename Scalar>(const std::vector<Scalar>& numbers) {
    if (const auto* target = std::get_if<std::span<Scalar>>(&to))
      std::copy(numbers.begin(), numbers.end(), target->begin());
  });
}

inline ConstScalars all_of(const ScalarVector& numbers) {
  return with_scalars(numbers, [](const auto& all) -> ConstScalars { return std::span(all); });
}

}  // namespace qmlx
