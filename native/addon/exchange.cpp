#include "addon/exchange.h"

#include <algorithm>

#include "addon/arguments.h"
#include "addon/errors.h"

namespace qmlx::addon {
namespace {

std::vector<std::uint64_t> read_masks(const Napi::Object& sum, const char* name, unsigned qubits,
                                      std::size_t count) {
  const auto masks = elements<std::uint64_t>(sum.Get(name), name);
  const bool inside = std::all_of(masks.begin(), masks.end(),
                                  [qubits](std::uint64_t mask) { return mask >> qubits == 0; });
  if (masks.size() != count || !inside) {
    refuse(sum.Env(), name, "one mask a term, over the qubits of the state");
  }
  return {masks.begin(), masks.end()};
}

}  // namespace

PauliSum read_pauli_sum(const Napi::Value& value, unsigned qubits) {
  if (!value.IsObject()) refuse(value.Env(), "observable", "a Pauli sum");
  const auto object = value.As<Napi::Object>();
  const auto coefficients = elements<double>(object.Get("coefficients"), "coefficients");
  PauliSum sum;
  sum.coefficients.assign(coefficients.begin(), coefficients.end());
  sum.x_masks = read_masks(object, "xMasks", qubits, coefficients.size());
  sum.z_masks = read_masks(object, "zMasks", qubits, coefficients.size());
  return sum;
}

void write_outcomes(Napi::Object& object, const Outcomes& outcomes) {
  const Napi::Env env = object.Env();
  auto keys = Napi::Uint8Array::New(env, outcomes.keys.size());
  std::copy(outcomes.keys.begin(), outcomes.keys.end(), keys.Data());
  auto counts = Napi::Float64Array::New(env, outcomes.weights.size());
  std::copy(outcomes.weights.begin(), outcomes.weights.end(), counts.Data());
  object.Set("keys", keys);
  object.Set("counts", counts);
}

std::vector<std::uint32_t> read_qubits(const Napi::Value& value, unsigned qubits) {
  const auto listed = elements<std::uint32_t>(value, "qubits");
  std::uint64_t seen = 0;
  for (const std::uint32_t qubit : listed) {
    const bool again = qubit < qubits && ((seen >> qubit) & 1) != 0;
    if (qubit >= qubits || again) refuse(value.Env(), "qubits", "distinct qubits of the state");
    seen |= std::uint64_t{1} << qubit;
  }
  return {listed.begin(), listed.end()};
}

std::vector<Measurement> measure_all(unsigned qubits) {
  std::vector<Measurement> measurements;
  measurements.reserve(qubits);
  for (std::uint32_t qubit = 0; qubit < qubits; ++qubit) measurements.push_back({qubit, qubit});
  return measurements;
}

}  // namespace qmlx::addon
