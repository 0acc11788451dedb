#include "core/readers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <string>

#include "core/simulator.h"

namespace qmlx {

Status read_amplitudes(const PlacedRows& rows, std::uint64_t first, std::uint64_t count,
                       const Scalars& out) {
  if (Status status = rows.simulator.check_precision(out); !status.ok()) return status;
  const std::uint64_t size = std::uint64_t{1} << rows.qubits;
  if (first > size || count > size - first || size_of(out) < 2 * count) {
    return failure(Code::invalid_argument, "The state has " + std::to_string(size) +
                                               " amplitudes; amplitudes " + std::to_string(first) +
                                               " to " + std::to_string(first + count) +
                                               " were asked for.");
  }
  const auto end = rows.order.begin() + rows.qubits;
  const bool moved = !std::equal(rows.order.begin(), end, kNaturalOrder.begin());
  const std::uint8_t* order = moved ? rows.order.data() : nullptr;
  const auto read = [&]<typename Scalar>(std::span<Scalar> amplitudes) -> Status {
    const int code = rows.simulator.table().read(rows.handle, rows.first, order, first, count,
                                                 amplitudes.data());
    if (code != QMLX_OK) return rows.simulator.engine_status(code);
    if (rows.squared_norms[0] == 1) return {};
    const double scale = 1 / std::sqrt(rows.squared_norms[0]);
    for (Scalar& part : amplitudes.first(2 * count)) part = static_cast<Scalar>(part * scale);
    return {};
  };
  return with_scalars(out, read);
}

Status read_probabilities(const PlacedRows& rows, std::span<const std::uint32_t> qubits,
                          std::span<double> out) {
  std::vector<std::uint8_t> bits;
  for (const std::uint32_t qubit : qubits) {
    if (qubit >= rows.qubits)
      return failure(Code::invalid_argument,
                     "Qubit " + std::to_string(qubit) + " is out of range.");
    bits.push_back(rows.physical(qubit));
  }
  if (qubits.size() > rows.qubits || out.size() < std::size_t{1} << qubits.size())
    return failure(Code::invalid_argument, "The array for the probabilities is too small.");
  qmlx_reduction reduction{};
  reduction.kind = QMLX_MARGINAL;
  reduction.row = rows.first;
  reduction.bit_list = bits.data();
  reduction.bit_count = static_cast<std::uint32_t>(bits.size());
  const int code = rows.simulator.table().reduce(rows.handle, &reduction, out.data());
  if (code != QMLX_OK) return rows.simulator.engine_status(code);
  for (double& probability : out.first(std::size_t{1} << qubits.size()))
    probability /= rows.squared_norms[0];
  return {};
}

Status read_expectations(const PlacedRows& rows, const PauliSum& sum, std::span<double> values) {
  const auto physical = [&](std::uint64_t logical) {
    std::uint64_t mask = 0;
    for (; logical != 0; logical &= logical - 1)
      mask |= std::uint64_t{1} << rows.order[std::countr_zero(logical)];
    return mask;
  };
  // Terms by what they flip: one read of the state each.
  std::map<std::uint64_t, std::vector<std::size_t>> groups;
  const std::uint64_t all = (std::uint64_t{1} << rows.qubits) - 1;
  for (std::size_t term = 0; term < sum.coefficients.size(); ++term) {
    if (((sum.x_masks[term] | sum.z_masks[term]) & ~all) != 0)
      return failure(Code::invalid_argument, "A Pauli string is longer than the state has qubits.");
    groups[physical(sum.x_masks[term])].push_back(term);
  }
  std::fill(values.begin(), values.end(), 0.0);
  for (const auto& [x_mask, terms] : groups) {
    std::vector<std::uint64_t> z_masks;
    for (const std::size_t term : terms) z_masks.push_back(physical(sum.z_masks[term]));
    std::vector<double> expectations(values.size() * terms.size());
    qmlx_reduction reduction{};
    reduction.kind = QMLX_PAULI_GROUP;
    reduction.row = rows.first;
    reduction.row_count = static_cast<std::uint32_t>(values.size());
    reduction.x_mask = x_mask;
    reduction.z_masks = z_masks.data();
    reduction.mask_count = static_cast<std::uint32_t>(z_masks.size());
    const int code = rows.simulator.table().reduce(rows.handle, &reduction, expectations.data());
    if (code != QMLX_OK) return rows.simulator.engine_status(code);
    for (std::size_t row = 0; row < values.size(); ++row) {
      for (std::size_t k = 0; k < terms.size(); ++k)
        values[row] += sum.coefficients[terms[k]] * expectations[row * terms.size() + k];
    }
  }
  for (std::size_t row = 0; row < values.size(); ++row) values[row] /= rows.squared_norms[row];
  return {};
}

}  // namespace qmlx
