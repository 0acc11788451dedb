#include "addon/engine_options.h"

#include "addon/arguments.h"
#include "addon/mlx_library.h"
#include "cpu/host_executor.h"

namespace qmlx::addon {
namespace {

std::uint64_t option(const Napi::Object& options, const char* name) {
  const Napi::Value value = options.Get(name);
  if (value.IsUndefined()) return 0;
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= 0 && number <= 9007199254740991.0)) {
    refuse(options.Env(), name, "a non-negative integer");
  }
  return static_cast<std::uint64_t>(number);
}

}  // namespace

EngineOptions EngineOptions::read(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsString()) refuse(env, "device", "a string");
  if (!info[1].IsObject()) refuse(env, "options", "an object");
  const auto given = info[1].As<Napi::Object>();
  EngineOptions options;
  options.device = info[0].As<Napi::String>().Utf8Value();
  options.table = engine_table(env, options.device);
  options.numbers.abi = QMLX_ENGINE_ABI;
  options.numbers.threads = static_cast<std::uint32_t>(option(given, "threads"));
  options.numbers.memory_limit = option(given, "memoryLimit");
  options.numbers.tile_bits = static_cast<std::uint32_t>(option(given, "tileBits"));
  options.numbers.row_bits = static_cast<std::uint32_t>(option(given, "rowBits"));
  options.numbers.register_bits = static_cast<std::uint32_t>(option(given, "registerBits"));
  if (const Napi::Value precision = given.Get("precision");
      precision.IsString() && precision.As<Napi::String>().Utf8Value() == "complex128") {
    options.numbers.precision = QMLX_COMPLEX128;
  }
  if (const Napi::Value variant = given.Get("variant"); variant.IsString()) {
    options.variant = variant.As<Napi::String>().Utf8Value();
  }
  return options;
}

qmlx_config EngineOptions::config() const {
  qmlx_config config = numbers;
  config.device = device.c_str();
  config.variant = variant ? variant->c_str() : nullptr;
  config.host = cpu_host_executor();
  return config;
}

}  // namespace qmlx::addon
