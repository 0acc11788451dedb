// How failures reach JavaScript: an Error whose `code` is one of lib/errors.ts, or ERR_CANCELLED,
// which lib/native.ts replaces by the reason of the caller's AbortSignal.
#pragma once

#include <napi.h>

#include <string>

#include "core/status.h"

namespace qmlx::addon {

// Sizes of an out-of-memory status become the properties requiredBytes, availableBytes and
// largestQubitCount.
Napi::Error to_error(Napi::Env env, const Status& status);
Napi::Error coded_error(Napi::Env env, const char* code, const std::string& message);

// Throws if the status is a failure.
inline void check(Napi::Env env, const Status& status) {
  if (!status.ok()) throw to_error(env, status);
}

}  // namespace qmlx::addon
