// Reads arguments that lib/native.ts has already checked. They are checked again here, so that no
// value from JavaScript, whoever calls, can make the addon read memory that is not its own.
#pragma once

#include <napi.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/scalars.h"

namespace qmlx::addon {

// The elements of a typed array, in JavaScript's memory: valid while the array is alive and not
// detached.
template <typename T>
std::span<T> elements(const Napi::Value& value, const char* name);

std::uint32_t count_argument(const Napi::Value& value, const char* name,
                             std::uint64_t maximum = UINT32_MAX);
std::uint64_t seed_argument(const Napi::Value& value, const char* name);
// A Float64Array of an engine of complex128, a Float32Array of another.
Scalars scalar_elements(const Napi::Value& value, const char* name, Precision precision);
// Amplitudes of as many qubits to start from; none if undefined.
ConstScalars initial_argument(const Napi::Value& value, unsigned qubits, Precision precision);

[[noreturn]] void refuse(Napi::Env env, const char* name, const char* expected);

// The object behind a tagged JavaScript object, or an error naming the argument.
template <typename Wrapped>
Wrapped& unwrap(const Napi::Value& value, const char* name) {
  if (value.IsObject()) {
    const Napi::Object object = value.As<Napi::Object>();
    if (object.CheckTypeTag(&Wrapped::kTypeTag)) return *Wrapped::Unwrap(object);
  }
  refuse(value.Env(), name, Wrapped::kClassName);
}

}  // namespace qmlx::addon
