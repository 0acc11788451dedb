#include "core/state.h"

#include <algorithm>
#include <cmath>

#include "core/simulator.h"

namespace qmlx {

State::State(std::shared_ptr<Simulator> simulator, qmlx_state* handle, unsigned qubits)
    : simulator_(std::move(simulator)), handle_(handle), qubits_(qubits) {}

State::~State() { simulator_->table().state_free(handle_); }

PlacedRows State::placed() const {
  return {*simulator_, handle_, qubits_, order_, 0, {&squared_norm_, 1}};
}

Status State::amplitudes(std::uint64_t first, std::uint64_t count, const Scalars& out) const {
  return read_amplitudes(placed(), first, count, out);
}

Status State::probabilities(std::span<const std::uint32_t> qubits, std::span<double> out) const {
  return read_probabilities(placed(), qubits, out);
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
