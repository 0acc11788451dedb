// How core functions report failure: a code from the closed set of lib/errors.ts and a sentence. No
// exceptions cross a core function.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace qmlx {

enum class Code : std::uint8_t {
  ok,
  invalid_argument,
  limit,
  out_of_memory,
  cancelled,
  backend_unavailable,
  backend_failed,
  abi_mismatch,
  numeric,    // the state's norm is off
  parameter,  // an angle is not finite with the parameters given
  unsupported,
  assertion,
  internal,
};

// Sizes that come with Code::out_of_memory.
struct MemoryNeed {
  std::uint64_t required_bytes = 0;
  std::uint64_t available_bytes = 0;
  std::uint32_t largest_qubit_count = 0;
};

// What comes with Code::limit where the limit is a number of something.
struct LimitPassed {
  std::string name;
  std::uint64_t maximum = 0;
  std::uint64_t received = 0;
};

// What comes with Code::abi_mismatch.
struct VersionPair {
  std::string expected;
  std::string received;
};

struct [[nodiscard]] Status {
  Code code = Code::ok;
  std::string message;
  MemoryNeed memory;
  LimitPassed limit;
  VersionPair versions;

  bool ok() const { return code == Code::ok; }
};

inline Status failure(Code code, std::string message) {
  return {code, std::move(message), {}, {}, {}};
}

}  // namespace qmlx
