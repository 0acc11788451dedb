// Opens an engine that lives in a shared library of its own. Nothing an engine's library lacks or
// holds can do more than fail this call.
#pragma once

#include <string>

#include "core/engine.h"
#include "core/status.h"

namespace qmlx {

// Paths are absolute.
struct EngineLibrary {
  std::string path;
  std::string libmlx;   // the MLX library to link it to; empty: the one the engine finds by itself
  std::string version;  // that libmlx must have
};

// The libraries stay open until the process ends: their threads and runtimes may outlive engines.
Status load_engine(const EngineLibrary& library, const qmlx_engine_table*& table);

}  // namespace qmlx
