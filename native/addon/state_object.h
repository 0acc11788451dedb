// NativeState: amplitudes in an engine, with synchronous readers. A state made for a program also
// evolves it; that is the buffer behind Program.runSync().
#pragma once

#include <napi.h>

#include <memory>

#include "addon/environment.h"
#include "addon/program_object.h"
#include "addon/worker.h"
#include "core/simulator.h"

namespace qmlx::addon {

// What a NativeState takes over when it is made; JavaScript cannot make one by itself.
struct StateHandoff {
  std::shared_ptr<Worker> worker;
  std::unique_ptr<State> state;
  std::shared_ptr<const Program> program;  // only of states that evolve
};

class StateObject : public Napi::ObjectWrap<StateObject> {
 public:
  static constexpr napi_type_tag kTypeTag = {0x716d6c78'73746174, 0x3b0e7d1a'52c9f886};
  static constexpr const char* kClassName = "a NativeState";

  static Napi::Function define(Napi::Env env);
  static Napi::Value create(Napi::Env env, Environment& environment, StateHandoff handoff);

  explicit StateObject(const Napi::CallbackInfo& info);
  ~StateObject() override;

 private:
  Napi::Value evolve(const Napi::CallbackInfo& info);
  Napi::Value amplitudes(const Napi::CallbackInfo& info);
  Napi::Value probabilities(const Napi::CallbackInfo& info);
  Napi::Value expectation(const Napi::CallbackInfo& info);
  Napi::Value sample(const Napi::CallbackInfo& info);
  Napi::Value inner(const Napi::CallbackInfo& info);
  Napi::Value squared_norm(const Napi::CallbackInfo& info);
  Napi::Value dispose(const Napi::CallbackInfo& info);

  State& state(Napi::Env env);
  // Programs refuse to wait, so that a synchronous call never stops the event loop behind another
  // run; states of finished runs wait until the run under way makes way.
  Turn turn(Napi::Env env);
  void release(Napi::Env env);

  std::shared_ptr<Worker> worker_;
  std::unique_ptr<State> state_;
  std::shared_ptr<const Program> program_;
};

}  // namespace qmlx::addon
