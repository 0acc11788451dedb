#include "addon/trajectory_object.h"

#include <utility>

#include "addon/arguments.h"
#include "addon/errors.h"
#include "addon/state_object.h"

namespace qmlx::addon {
namespace {

constexpr napi_type_tag kHandoffTag = {0x716d6c78'70617468, 0x51e07c3a'94d2b86f};

}  // namespace

Napi::Function TrajectoryObject::define(Napi::Env env) {
  return DefineClass(env, "NativeTrajectory",
                     {InstanceMethod<&TrajectoryObject::step>("step"),
                      InstanceMethod<&TrajectoryObject::bits>("bits"),
                      InstanceMethod<&TrajectoryObject::state>("state"),
                      InstanceMethod<&TrajectoryObject::dispose>("dispose")});
}

Napi::Value TrajectoryObject::create(Napi::Env env, Environment& environment,
                                     TrajectoryHandoff handoff) {
  const auto external = Napi::External<TrajectoryHandoff>::New(env, &handoff);
  external.TypeTag(&kHandoffTag);
  return environment.trajectory_class.New({external});
}

TrajectoryObject::TrajectoryObject(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<TrajectoryObject>(info) {
  const auto external = info[0].As<Napi::External<TrajectoryHandoff>>();
  if (!info[0].IsExternal() || !external.CheckTypeTag(&kHandoffTag)) {
    refuse(info.Env(), "trajectory", "made by a simulator");
  }
  TrajectoryHandoff& handoff = *external.Data();
  worker_ = std::move(handoff.worker);
  trajectory_ = std::move(handoff.trajectory);
}

TrajectoryObject::~TrajectoryObject() { release(); }

void TrajectoryObject::release() {
  if (!trajectory_) return;
  worker_->retire(trajectory_->take_state());
  trajectory_.reset();
}

Trajectory& TrajectoryObject::trajectory(Napi::Env env) {
  if (!trajectory_) throw coded_error(env, "ERR_DISPOSED", "The trajectory was disposed.");
  return *trajectory_;
}

Turn TrajectoryObject::turn(Napi::Env env) {
  Turn turn = worker_->try_turn();
  if (!turn) {
    throw coded_error(env, "ERR_BUSY",
                      "The engine is at work on an asynchronous run. Await it before stepping on.");
  }
  return turn;
}

Napi::Value TrajectoryObject::step(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Trajectory& trajectory = this->trajectory(env);
  if (trajectory.done()) return env.Undefined();
  const Turn turn = this->turn(env);
  TrajectoryStep step;
  check(env, trajectory.step({}, step));
  auto result = Napi::Object::New(env);
  result.Set("source", Napi::Number::New(env, step.instruction.source));
  result.Set("outcome", Napi::Number::New(env, step.outcome ? 1 : 0));
  result.Set("probability", Napi::Number::New(env, step.probability));
  result.Set("taken", Napi::Boolean::New(env, step.taken));
  return result;
}

Napi::Value TrajectoryObject::bits(const Napi::CallbackInfo& info) {
  const Trajectory& trajectory = this->trajectory(info.Env());
  auto bits = Napi::Uint8Array::New(info.Env(), trajectory.program().bits());
  for (std::uint32_t bit = 0; bit < trajectory.program().bits(); ++bit) {
    bits[bit] = trajectory.memory().bit(bit) ? 1 : 0;
  }
  return bits;
}

Napi::Value TrajectoryObject::state(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Trajectory& trajectory = this->trajectory(env);
  const Turn turn = this->turn(env);
  Simulator& simulator = worker_->simulator();
  std::unique_ptr<State> copy;
  check(env, simulator.create_state(trajectory.program().qubits(), copy));
  check(env, simulator.copy(trajectory.state(), *copy));
  return StateObject::create(env, Environment::of(env), {worker_, std::move(copy), nullptr});
}

Napi::Value TrajectoryObject::dispose(const Napi::CallbackInfo& info) {
  release();
  return info.Env().Undefined();
}

}  // namespace qmlx::addon
