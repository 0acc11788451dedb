// Reads arguments that lib/native.ts has already checked. They are checked again here, so that no
// value from JavaScript, whoever calls, can make the addon read memory that is not its own.
#pragma once

#include <napi.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace qmlx::addon {

// The elements of a typed array, in JavaScript's memory: valid while the array is alive and not
// detached.
template <typename T>
std::span<T> elements(const Napi::Value& value, const char* name);

std::uint32_t count_argument(const Napi::Value& value, const char* name,
                             std::uint64_t maximum = UINT32_MAX);
std::uint64_t seed_argument(const Napi::Value& value, const char* name);
// Amplitudes of as many qubits to start from; none if undefined.
std::span<const float> initial_argument(const Napi::Value& value, unsigned qubits);

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
