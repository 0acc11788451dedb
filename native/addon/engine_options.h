// How an engine is set up, in memory of its own.
#pragma once

#include <napi.h>

#include <optional>
#include <string>

#include "core/engine.h"

namespace qmlx::addon {

struct EngineOptions {
  const qmlx_engine_table* table = nullptr;
  std::string device;
  std::optional<std::string> variant;
  qmlx_config numbers{};

  // (device, {threads, memoryLimit, precision, variant, tileBits, rowBits, registerBits})
  static EngineOptions read(const Napi::CallbackInfo& info);
  // Points into this object.
  qmlx_config config() const;
};

}  // namespace qmlx::addon
