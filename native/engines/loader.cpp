#include "engines/loader.h"

#include "engines/library_file.h"

#if !defined(_WIN32)
#include <dlfcn.h>
#endif

namespace qmlx {

#if defined(_WIN32)

Status load_engine(const EngineLibrary&, const qmlx_engine_table*&) {
  return failure(Code::backend_unavailable, "There is no MLX engine for Windows.");
}

#else

namespace {

constexpr const char* kGetter = "qmlx_engine_table_get";

std::string loader_text() {
  // dlerror() keeps its text for each thread apart on the systems this runs on.
  const char* text = dlerror();  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? "unknown error" : text;
}

// A libmlx for CUDA cannot even be opened without the driver's library.
Status probe_cuda_driver() {
#if defined(__linux__)
  void* driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (driver == nullptr)
    return failure(Code::backend_unavailable, "There is no NVIDIA driver: " + loader_text());
  dlclose(driver);
#endif
  return {};
}

}  // namespace

Status load_engine(const EngineLibrary& library, const qmlx_engine_table*& table) {
  if (library.path.empty() || library.path.front() != '/')
    return failure(Code::invalid_argument,
                   "The path of an engine must be absolute: '" + library.path + "'.");
  if (library.needs_cuda_driver) {
    if (Status status = probe_cuda_driver(); !status.ok()) return status;
  }
  // The engine, and the libmlx that lies beside it.
  const std::string folder = library.path.substr(0, library.path.rfind('/') + 1);
  for (const std::string& file : {library.path, folder + "libmlx.so"}) {
    if (Status status = check_library_file(file); !status.ok()) return status;
  }
  void* handle = dlopen(library.path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr)
    return failure(Code::backend_unavailable, "The engine cannot be loaded: " + loader_text());
  const auto getter = reinterpret_cast<qmlx_engine_table_getter>(dlsym(handle, kGetter));
  if (getter == nullptr) {
    dlclose(handle);
    return failure(Code::backend_unavailable, library.path + " is no engine of qmlx.");
  }
  const qmlx_engine_table* found = getter();
  if (found == nullptr || found->abi != QMLX_ENGINE_ABI ||
      found->bytes < sizeof(qmlx_engine_table)) {
    const std::string version = found == nullptr ? "none" : std::to_string(found->abi);
    return failure(Code::abi_mismatch, library.path + " offers version " + version +
                                           " of the engine table; version " +
                                           std::to_string(QMLX_ENGINE_ABI) + " is needed.");
  }
  table = found;
  return {};
}

#endif

}  // namespace qmlx
