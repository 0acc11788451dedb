#include "addon/program_object.h"

#include "addon/arguments.h"
#include "core/plan.h"

namespace qmlx::addon {
namespace {

// Places among the words of lib/program/encode.ts.
constexpr std::size_t kQubitsWord = 1;
constexpr std::size_t kParameterCountWord = 3;

template <typename T>
std::vector<T> copy(std::span<const T> items) {
  return {items.begin(), items.end()};
}

}  // namespace

ProgramSource::ProgramSource(const EncodedProgram& encoded, Program::Segments segments)
    : qubits_(static_cast<unsigned>(encoded.words[kQubitsWord])),
      parameter_count_(static_cast<std::uint32_t>(encoded.words[kParameterCountWord])),
      segments_(segments),
      arrays_(std::make_unique<Arrays>(
          Arrays{copy(encoded.words), copy(encoded.angles), copy(encoded.angle_code),
                 copy(encoded.code), copy(encoded.code_constants), copy(encoded.code_integers)})) {}

Status ProgramSource::decoded(std::shared_ptr<const Program>& program) {
  const std::lock_guard lock(mutex_);
  if (arrays_) {
    const auto arrays = std::move(arrays_);
    status_ = Program::decode({arrays->words, arrays->angles, arrays->angle_code, arrays->code,
                               arrays->code_constants, arrays->code_integers},
                              program_, segments_);
  }
  program = program_;
  return status_;
}

Napi::Function ProgramObject::define(Napi::Env env) {
  return DefineClass(env, "NativeProgram", {});
}

ProgramObject::ProgramObject(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<ProgramObject>(info) {
  const EncodedProgram encoded{elements<std::int32_t>(info[0], "words"),
                               elements<double>(info[1], "angles"),
                               elements<std::int32_t>(info[2], "angleCode"),
                               elements<std::int32_t>(info[3], "code"),
                               elements<double>(info[4], "codeConstants"),
                               elements<std::int64_t>(info[5], "codeIntegers")};
  const auto in_range = [&encoded](std::size_t word, std::int32_t maximum) {
    return word < encoded.words.size() && encoded.words[word] >= 0 &&
           encoded.words[word] <= maximum;
  };
  if (!in_range(kQubitsWord, kMaxBits) || !in_range(kParameterCountWord, INT32_MAX)) {
    refuse(info.Env(), "words", "an encoded program");
  }
  source_ = std::make_shared<ProgramSource>(
      encoded, info[6].ToBoolean() ? Program::Segments::single_gates : Program::Segments::longest);
  info.This().As<Napi::Object>().TypeTag(&kTypeTag);
}

}  // namespace qmlx::addon
