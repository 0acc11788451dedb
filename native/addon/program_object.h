// NativeProgram: the arrays of an encoded program, copied, and the program decoded from them at its
// first use, so that a large one is decoded on a simulator's thread.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/program.h"

namespace qmlx::addon {

class ProgramSource {
 public:
  // The words must hold a header, with at most kMaxBits qubits.
  ProgramSource(const EncodedProgram& encoded, Program::Segments segments);

  // Any thread.
  Status decoded(std::shared_ptr<const Program>& program);
  unsigned qubits() const { return qubits_; }
  std::uint32_t parameter_count() const { return parameter_count_; }

 private:
  struct Arrays {
    std::vector<std::int32_t> words;
    std::vector<double> angles;
    std::vector<std::int32_t> angle_code;
    std::vector<std::int32_t> code;
    std::vector<double> code_constants;
    std::vector<std::int64_t> code_integers;
  };

  unsigned qubits_;
  std::uint32_t parameter_count_;
  Program::Segments segments_;
  std::mutex mutex_;
  std::unique_ptr<Arrays> arrays_;  // until decoded
  std::shared_ptr<const Program> program_;
  Status status_;
};

class ProgramObject : public Napi::ObjectWrap<ProgramObject> {
 public:
  static constexpr napi_type_tag kTypeTag = {0x716d6c78'70726f67, 0x9d1c6a5e'04b14c51};
  static constexpr const char* kClassName = "a NativeProgram";

  static Napi::Function define(Napi::Env env);
  explicit ProgramObject(const Napi::CallbackInfo& info);

  const std::shared_ptr<ProgramSource>& source() const { return source_; }

 private:
  std::shared_ptr<ProgramSource> source_;
};

}  // namespace qmlx::addon
