// How the engine reports what went wrong: a code of core/engine.h and the original text.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "core/engine.h"

namespace qmlx::on_mlx {

struct Failure {
  int code = QMLX_OK;
  std::string text;

  bool ok() const { return code == QMLX_OK; }
};

// What the engine's own code throws on the owner thread.
class EngineError : public std::runtime_error {
 public:
  EngineError(int code, const std::string& text) : std::runtime_error(text), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

// MLX throws texts without codes: this one's meaning.
int code_of(std::string_view text);

// To be called in a catch block.
Failure failure_of_current_exception();

}  // namespace qmlx::on_mlx
