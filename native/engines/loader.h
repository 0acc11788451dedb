// Opens an engine that lives in a shared library of its own. Nothing an engine's library lacks or
// holds can do more than fail this call.
#pragma once

#include <string>

#include "core/engine.h"
#include "core/status.h"

namespace qmlx {

struct EngineLibrary {
  std::string path;                // absolute
  bool needs_cuda_driver = false;  // its libmlx is one for CUDA
};

// The library stays open until the process ends: its threads and its runtime may outlive engines.
Status load_engine(const EngineLibrary& library, const qmlx_engine_table*& table);

}  // namespace qmlx
