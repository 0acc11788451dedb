#include "addon/errors.h"

namespace qmlx::addon {
namespace {

const char* code_name(Code code) {
  switch (code) {
    case Code::invalid_argument:
      return "ERR_INVALID_ARGUMENT";
    case Code::limit:
      return "ERR_LIMIT";
    case Code::out_of_memory:
      return "ERR_OUT_OF_MEMORY";
    case Code::cancelled:
      return "ERR_CANCELLED";
    case Code::backend_unavailable:
      return "ERR_BACKEND_UNAVAILABLE";
    case Code::backend_failed:
      return "ERR_BACKEND_FAILED";
    case Code::abi_mismatch:
      return "ERR_ABI_MISMATCH";
    case Code::numeric:
      return "ERR_NUMERIC";
    case Code::parameter:
      return "ERR_PARAMETER";
    case Code::unsupported:
      return "ERR_UNSUPPORTED";
    case Code::assertion:
      return "ERR_ASSERTION";
    case Code::ok:
    case Code::internal:
      break;
  }
  return "ERR_INTERNAL";
}

}  // namespace

Napi::Error coded_error(Napi::Env env, const char* code, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  return error;
}

Napi::Error to_error(Napi::Env env, const Status& status) {
  Napi::Error error = coded_error(env, code_name(status.code), status.message);
  if (status.code == Code::out_of_memory) {
    const MemoryNeed& memory = status.memory;
    error.Set("requiredBytes", Napi::Number::New(env, static_cast<double>(memory.required_bytes)));
    error.Set("availableBytes",
              Napi::Number::New(env, static_cast<double>(memory.available_bytes)));
    error.Set("largestQubitCount", Napi::Number::New(env, memory.largest_qubit_count));
  }
  if (status.code == Code::limit && !status.limit.name.empty()) {
    error.Set("limit", Napi::String::New(env, status.limit.name));
    error.Set("maximum", Napi::Number::New(env, static_cast<double>(status.limit.maximum)));
    error.Set("received", Napi::Number::New(env, static_cast<double>(status.limit.received)));
  }
  if (status.code == Code::abi_mismatch) {
    error.Set("expected", Napi::String::New(env, status.versions.expected));
    error.Set("found", Napi::String::New(env, status.versions.received));
  }
  return error;
}

}  // namespace qmlx::addon
