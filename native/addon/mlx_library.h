// The MLX engine of this process: loaded once, for all environments.
#pragma once

#include <napi.h>

#include <string>

#include "core/engine.h"

namespace qmlx::addon {

// (engine, libmlx, version): paths of the engine's library and of libmlx, and the version libmlx
// must have. Does nothing once one was loaded.
Napi::Value load_mlx(const Napi::CallbackInfo& info);

// The engine for a device, or an error that says that there is none.
const qmlx_engine_table* engine_table(Napi::Env env, const std::string& device);

}  // namespace qmlx::addon
