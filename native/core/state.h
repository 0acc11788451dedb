// A state in an engine. Reads give logical order (qubit 0 most significant) whatever order plans
// left the bits in, divided by the norm.
#pragma once

#include <complex>
#include <cstdint>
#include <memory>
#include <span>

#include "core/compiled_plan.h"
#include "core/engine.h"
#include "core/readers.h"
#include "core/status.h"

namespace qmlx {

class Simulator;

class State {
 public:
  State(std::shared_ptr<Simulator> simulator, qmlx_state* handle, unsigned qubits);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  unsigned qubits() const { return qubits_; }
  double squared_norm() const { return squared_norm_; }  // as evolved, 1 up to rounding
  const std::shared_ptr<Simulator>& simulator() const { return simulator_; }

  Status amplitudes(std::uint64_t first, std::uint64_t count,
                    const Scalars& out) const;  // 2·count: re, im, in the engine's precision
  Status probabilities(std::span<const std::uint32_t> qubits,
                       std::span<double> out) const;  // 2^size values, first qubit most significant
  Status inner(const State& other, std::complex<double>& out) const;  // ⟨this|other⟩

 private:
  friend class Simulator;
  friend class MeasuredBits;
  friend class Sampler;

  std::uint8_t physical(std::uint32_t qubit) const { return order_[qubits_ - 1 - qubit]; }
  PlacedRows placed() const;

  std::shared_ptr<Simulator> simulator_;
  qmlx_state* handle_;
  unsigned qubits_;
  BitOrder order_ = kNaturalOrder;
  double squared_norm_ = 1;
};

}  // namespace qmlx
