#include "addon/arguments.h"

#include "addon/errors.h"

namespace qmlx::addon {
namespace {

template <typename T>
struct ArrayType;
template <>
struct ArrayType<std::int32_t> {
  static constexpr napi_typedarray_type kType = napi_int32_array;
  static constexpr const char* kName = "an Int32Array";
};
template <>
struct ArrayType<std::uint32_t> {
  static constexpr napi_typedarray_type kType = napi_uint32_array;
  static constexpr const char* kName = "a Uint32Array";
};
template <>
struct ArrayType<std::uint64_t> {
  static constexpr napi_typedarray_type kType = napi_biguint64_array;
  static constexpr const char* kName = "a BigUint64Array";
};
template <>
struct ArrayType<std::int64_t> {
  static constexpr napi_typedarray_type kType = napi_bigint64_array;
  static constexpr const char* kName = "a BigInt64Array";
};
template <>
struct ArrayType<float> {
  static constexpr napi_typedarray_type kType = napi_float32_array;
  static constexpr const char* kName = "a Float32Array";
};
template <>
struct ArrayType<double> {
  static constexpr napi_typedarray_type kType = napi_float64_array;
  static constexpr const char* kName = "a Float64Array";
};

}  // namespace

void refuse(Napi::Env env, const char* name, const char* expected) {
  Napi::Error error =
      coded_error(env, "ERR_INVALID_ARGUMENT", std::string(name) + " must be " + expected + ".");
  error.Set("argument", Napi::String::New(env, name));
  throw error;
}

template <typename T>
std::span<T> elements(const Napi::Value& value, const char* name) {
  napi_typedarray_type type{};
  std::size_t length = 0;
  void* data = nullptr;
  const napi_status status =
      napi_get_typedarray_info(value.Env(), value, &type, &length, &data, nullptr, nullptr);
  if (status != napi_ok || type != ArrayType<T>::kType) {
    refuse(value.Env(), name, ArrayType<T>::kName);
  }
  return {static_cast<T*>(data), length};
}

template std::span<std::int32_t> elements(const Napi::Value&, const char*);
template std::span<std::uint32_t> elements(const Napi::Value&, const char*);
template std::span<std::uint64_t> elements(const Napi::Value&, const char*);
template std::span<std::int64_t> elements(const Napi::Value&, const char*);
template std::span<float> elements(const Napi::Value&, const char*);
template std::span<double> elements(const Napi::Value&, const char*);

std::uint32_t count_argument(const Napi::Value& value, const char* name, std::uint64_t maximum) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  const auto whole = static_cast<std::uint32_t>(number >= 0 && number <= UINT32_MAX ? number : 0);
  if (static_cast<double>(whole) != number || whole > maximum) {
    refuse(value.Env(), name, "a non-negative integer in range");
  }
  return whole;
}

std::uint64_t seed_argument(const Napi::Value& value, const char* name) {
  if (!value.IsBigInt()) refuse(value.Env(), name, "a BigInt of 64 bits");
  bool lossless = false;
  const std::uint64_t seed = value.As<Napi::BigInt>().Uint64Value(&lossless);
  if (!lossless) refuse(value.Env(), name, "a BigInt of 64 bits");
  return seed;
}

Scalars scalar_elements(const Napi::Value& value, const char* name, Precision precision) {
  if (precision == QMLX_COMPLEX128) return elements<double>(value, name);
  return elements<float>(value, name);
}

ConstScalars initial_argument(const Napi::Value& value, unsigned qubits, Precision precision) {
  if (value.IsUndefined()) return {};
  const Scalars amplitudes = scalar_elements(value, "initial", precision);
  if (size_of(amplitudes) != std::size_t{2} << qubits) {
    refuse(value.Env(), "initial", "two numbers for each amplitude");
  }
  return std::visit([](auto numbers) -> ConstScalars { return numbers; }, amplitudes);
}

}  // namespace qmlx::addon
