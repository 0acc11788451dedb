// NativeTrajectory: one shot, stepped synchronously.
#pragma once

#include <napi.h>

#include <memory>

#include "addon/environment.h"
#include "addon/worker.h"
#include "core/trajectory.h"

namespace qmlx::addon {

struct TrajectoryHandoff {
  std::shared_ptr<Worker> worker;
  std::unique_ptr<Trajectory> trajectory;
};

class TrajectoryObject : public Napi::ObjectWrap<TrajectoryObject> {
 public:
  static Napi::Function define(Napi::Env env);
  static Napi::Value create(Napi::Env env, Environment& environment, TrajectoryHandoff handoff);

  explicit TrajectoryObject(const Napi::CallbackInfo& info);
  ~TrajectoryObject() override;

 private:
  // {source, outcome, probability, taken} of the instruction carried out, undefined at the end.
  Napi::Value step(const Napi::CallbackInfo& info);
  // One byte a classical bit.
  Napi::Value bits(const Napi::CallbackInfo& info);
  // A copy of the state as it is now.
  Napi::Value state(const Napi::CallbackInfo& info);
  Napi::Value dispose(const Napi::CallbackInfo& info);

  Trajectory& trajectory(Napi::Env env);
  Turn turn(Napi::Env env);
  void release();

  std::shared_ptr<Worker> worker_;
  std::unique_ptr<Trajectory> trajectory_;
};

}  // namespace qmlx::addon
