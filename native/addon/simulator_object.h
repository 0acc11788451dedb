// NativeSimulator: an engine with its thread.
#pragma once

#include <napi.h>

#include <memory>

#include "addon/worker.h"
#include "core/simulator.h"

namespace qmlx::addon {

class SimulatorObject : public Napi::ObjectWrap<SimulatorObject> {
 public:
  static Napi::Function define(Napi::Env env);

  // (device, {threads, memoryLimit, variant, tileBits, rowBits, registerBits})
  explicit SimulatorObject(const Napi::CallbackInfo& info);
  ~SimulatorObject() override;

 private:
  // (device, options, done): done(error, simulator) once the engine is there
  static Napi::Value open(const Napi::CallbackInfo& info);
  // (program, request, done, progress) → number of the job
  Napi::Value run(const Napi::CallbackInfo& info);
  // (program, parameters, shots, seed, maxStates) → {keys, counts}
  Napi::Value run_now(const Napi::CallbackInfo& info);
  Napi::Value cancel(const Napi::CallbackInfo& info);
  // (program) → NativeState that evolves the program
  Napi::Value create_state(const Napi::CallbackInfo& info);
  // (program, parameters, seed, initial?) → NativeTrajectory of shot 0
  Napi::Value create_trajectory(const Napi::CallbackInfo& info);
  Napi::Value explain(const Napi::CallbackInfo& info);
  Napi::Value device(const Napi::CallbackInfo& info);
  Napi::Value describe(const Napi::CallbackInfo& info);
  // (done): cancels every run, then calls done once the thread has ended them all.
  Napi::Value close(const Napi::CallbackInfo& info);

  Worker& worker(Napi::Env env);
  Turn turn(Napi::Env env);

  std::shared_ptr<Worker> worker_;
  qmlx_description description_{};
};

}  // namespace qmlx::addon
