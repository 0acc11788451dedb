#include "mlx/runtime/failure.h"

#include <new>

namespace qmlx::on_mlx {

namespace {

struct TextRow {
  const char* part;  // of the text MLX throws
  int code;
};

// The first row whose part the text contains decides. test/native/mlx_failure.cpp has a case for
// each.
constexpr TextRow kTexts[] = {
    {"out of memory", QMLX_OUT_OF_MEMORY},
    {"Unable to allocate", QMLX_OUT_OF_MEMORY},
    {"Insufficient Memory", QMLX_OUT_OF_MEMORY},
    {"maximum allowed buffer size", QMLX_OUT_OF_MEMORY},
    {"Resource limit", QMLX_OUT_OF_MEMORY},
    {"No Metal device available", QMLX_BACKEND_UNAVAILABLE},
    {"No Metal back-end", QMLX_BACKEND_UNAVAILABLE},
    {"No CUDA back-end", QMLX_BACKEND_UNAVAILABLE},
    {"no CUDA-capable device", QMLX_BACKEND_UNAVAILABLE},
    {"CUDA driver version is insufficient", QMLX_BACKEND_UNAVAILABLE},
    {"Failed to load the default metallib", QMLX_BACKEND_UNAVAILABLE},
};

}  // namespace

int code_of(std::string_view text) {
  for (const TextRow& row : kTexts) {
    if (text.find(row.part) != std::string_view::npos) return row.code;
  }
  return QMLX_BACKEND_FAILED;
}

Failure failure_of_current_exception() {
  try {
    throw;
  } catch (const EngineError& error) {
    return {error.code(), error.what()};
  } catch (const std::bad_alloc&) {
    return {QMLX_OUT_OF_MEMORY, "The machine has no memory left."};
  } catch (const std::exception& error) {
    return {code_of(error.what()), error.what()};
  } catch (...) {
    return {QMLX_INTERNAL, "The engine threw something that is no exception."};
  }
}

}  // namespace qmlx::on_mlx
