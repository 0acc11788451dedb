#include "core/state.h"

#include <algorithm>
#include <cmath>

#include "core/simulator.h"

namespace qmlx {

State::State(std::shared_ptr<Simulator> simulator, qmlx_state* handle, unsigned qubits)
    : simulator_(std::move(simulator)), handle_(handle), qubits_(qubits) {}

State::~State() { simulator_->table().state_free(handle_); }

Status State::amplitudes(std::uint64_t first, std::uint64_t count, std::span<float> out) const {
  const std::uint64_t size = std::uint64_t{1} << qubits_;
  if (first > size || count > size - first || out.size() < 2 * count) {
    return failure(Code::invalid_argument, "The state has " + std::to_string(size) +
                                               " amplitudes; amplitudes " + std::to_string(first) +
                                               " to " + std::to_string(first + count) +
                                               " were asked for.");
  }
  const bool moved = !std::equal(order_.begin(), order_.begin() + qubits_, kNaturalOrder.begin());
  const std::uint8_t* order = moved ? order_.data() : nullptr;
  if (const int code = simulator_->table().read(handle_, 0, order, first, count, out.data());
      code != QMLX_OK) {
    return simulator_->engine_status(code);
  }
  if (squared_norm_ != 1) {
    const double scale = 1 / std::sqrt(squared_norm_);
    for (float& part : out.first(2 * count)) part = static_cast<float>(part * scale);
  }
  return {};
}

Status State::probabilities(std::span<const std::uint32_t> qubits, std::span<double> out) const {
  std::vector<std::uint8_t> bits;
  for (const std::uint32_t qubit : qubits) {
    if (qubit >= qubits_)
      return failure(Code::invalid_argument,
                     "Qubit " + std::to_string(qubit) + " is out of range.");
    bits.push_back(physical(qubit));
  }
  if (qubits.size() > qubits_ || out.size() < std::size_t{1} << qubits.size())
    return failure(Code::invalid_argument, "The array for the probabilities is too small.");
  qmlx_reduction reduction{};
  reduction.kind = QMLX_MARGINAL;
  reduction.bit_list = bits.data();
  reduction.bit_count = static_cast<std::uint32_t>(bits.size());
  if (const int code = simulator_->table().reduce(handle_, &reduction, out.data()); code != QMLX_OK)
    return simulator_->engine_status(code);
  for (double& probability : out.first(std::size_t{1} << qubits.size()))
    probability /= squared_norm_;
  return {};
}

Status State::inner(const State& other, std::complex<double>& out) const {
  if (other.simulator_ != simulator_ || other.qubits_ != qubits_ ||
      !std::equal(order_.begin(), order_.begin() + qubits_, other.order_.begin())) {
    return failure(Code::unsupported,
                   "The two states lie in different engines or in different bit orders; compare "
                   "their amplitudes instead.");
  }
  qmlx_reduction reduction{};
  reduction.kind = QMLX_INNER;
  reduction.other = other.handle_;
  double parts[2];
  if (const int code = simulator_->table().reduce(handle_, &reduction, parts); code != QMLX_OK)
    return simulator_->engine_status(code);
  out = std::complex<double>(parts[0], parts[1]) / std::sqrt(squared_norm_ * other.squared_norm_);
  return {};
}

}  // namespace qmlx
