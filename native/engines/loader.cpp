#include "engines/loader.h"

#include <utility>

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
constexpr const char* kMlxVersion = "_ZN3mlx4core7versionEv";  // mlx::core::version()
constexpr const char* kCudaDriver = "libcuda.so";

std::string loader_text() {
  // dlerror() keeps its text for each thread apart on the systems this runs on.
  const char* text = dlerror();  // NOLINT(concurrency-mt-unsafe)
  return text == nullptr ? "unknown error" : text;
}

// `handle` is open where the status is ok.
Status open(const std::string& path, const char* what, void*& handle) {
  if (path.empty() || path.front() != '/') {
    return failure(Code::invalid_argument,
                   std::string("The path of ") + what + " must be absolute: '" + path + "'.");
  }
  if (Status status = check_library_file(path); !status.ok()) return status;
  handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle != nullptr) return {};
  const std::string text = loader_text();
  if (text.find(kCudaDriver) != std::string::npos) {
    return failure(
        Code::backend_unavailable,
        path + " is an MLX library for CUDA, and there is no NVIDIA driver: " + text + ".");
  }
  return failure(Code::backend_unavailable, std::string("Cannot load ") + what + ": " + text + ".");
}

void close(void* handle) {
  if (handle != nullptr) dlclose(handle);
}

Status mismatch(std::string message, std::string expected, std::string received) {
  Status status = failure(Code::abi_mismatch, std::move(message));
  status.versions = {std::move(expected), std::move(received)};
  return status;
}

// An engine finds its libmlx by name among the libraries that are open already.
Status open_libmlx(const EngineLibrary& library) {
  void* handle = nullptr;
  if (Status status = open(library.libmlx, "libmlx", handle); !status.ok()) return status;
  const auto version = reinterpret_cast<const char* (*)()>(dlsym(handle, kMlxVersion));
  if (version == nullptr) {
    close(handle);
    return failure(Code::backend_unavailable, library.libmlx + " is no MLX library.");
  }
  const std::string found = version();
  if (found == library.version) return {};
  close(handle);
  return mismatch(library.libmlx + " is MLX " + found +
                      ", and this version of qmlx works with MLX " + library.version + " only.",
                  library.version, found);
}

}  // namespace

Status load_engine(const EngineLibrary& library, const qmlx_engine_table*& table) {
  if (!library.libmlx.empty()) {
    if (Status status = open_libmlx(library); !status.ok()) return status;
  }
  void* handle = nullptr;
  if (Status status = open(library.path, "the MLX engine", handle); !status.ok()) return status;
  const auto getter = reinterpret_cast<qmlx_engine_table_getter>(dlsym(handle, kGetter));
  if (getter == nullptr) {
    close(handle);
    return failure(Code::backend_unavailable, library.path + " is no engine of qmlx.");
  }
  const qmlx_engine_table* found = getter();
  if (found == nullptr || found->abi != QMLX_ENGINE_ABI ||
      found->bytes < sizeof(qmlx_engine_table)) {
    const std::string needed = std::to_string(QMLX_ENGINE_ABI);
    const std::string offered = found == nullptr ? "none" : std::to_string(found->abi);
    return mismatch(library.path + " offers version " + offered + " of the engine table; version " +
                        needed + " is needed.",
                    needed, offered);
  }
  table = found;
  return {};
}

#endif

}  // namespace qmlx
