#include "addon/mlx_library.h"

#include <mutex>

#include "addon/arguments.h"
#include "addon/errors.h"
#include "cpu/engine.h"
#include "engines/loader.h"

namespace qmlx::addon {
namespace {

std::mutex mutex;
const qmlx_engine_table* loaded = nullptr;

std::string text_argument(const Napi::Value& value, const char* name) {
  if (!value.IsString()) refuse(value.Env(), name, "a string");
  return value.As<Napi::String>().Utf8Value();
}

}  // namespace

Napi::Value load_mlx(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const EngineLibrary library{text_argument(info[0], "engine"), text_argument(info[1], "libmlx"),
                              text_argument(info[2], "version")};
  const std::lock_guard lock(mutex);
  if (loaded == nullptr) check(env, load_engine(library, loaded));
  return env.Undefined();
}

const qmlx_engine_table* engine_table(Napi::Env env, const std::string& device) {
  if (device == "cpu") return cpu_engine_table();
  const std::lock_guard lock(mutex);
  if (loaded != nullptr) return loaded;
  throw coded_error(env, "ERR_BACKEND_UNAVAILABLE", "There is no engine for '" + device + "'.");
}

}  // namespace qmlx::addon
