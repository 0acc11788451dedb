#include <napi.h>

#include "addon/batch_object.h"
#include "addon/environment.h"
#include "addon/mlx_library.h"
#include "addon/program_object.h"
#include "addon/simulator_object.h"
#include "addon/state_object.h"
#include "addon/trajectory_object.h"

namespace qmlx::addon {
namespace {

void finish_work(const Napi::CallbackInfo& info) { Environment::of(info.Env()).finish_work(); }

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  auto* const environment = new Environment(env);
  env.SetInstanceData(environment);
  const Napi::Function program = ProgramObject::define(env);
  const Napi::Function state = StateObject::define(env);
  environment->state_class = Napi::Persistent(state);
  environment->batch_class = Napi::Persistent(BatchObject::define(env));
  environment->trajectory_class = Napi::Persistent(TrajectoryObject::define(env));
  const Napi::Function simulator = SimulatorObject::define(env);
  environment->simulator_class = Napi::Persistent(simulator);
  exports.Set("NativeSimulator", simulator);
  exports.Set("NativeProgram", program);
  exports.Set("finishWork", Napi::Function::New(env, finish_work, "finishWork"));
  exports.Set("loadMlx", Napi::Function::New<load_mlx>(env, "loadMlx"));
  return exports;
}

}  // namespace
}  // namespace qmlx::addon

static Napi::Object initialize_addon(Napi::Env env, Napi::Object exports) {
  return qmlx::addon::initialize(env, exports);
}

NODE_API_MODULE(qmlx, initialize_addon)
