#include "addon/simulator_object.h"

#include <string>
#include <utility>

#include "addon/arguments.h"
#include "addon/engine_options.h"
#include "addon/environment.h"
#include "addon/errors.h"
#include "addon/exchange.h"
#include "addon/open_worker.h"
#include "addon/program_object.h"
#include "addon/run_job.h"
#include "addon/state_object.h"
#include "addon/trajectory_object.h"

namespace qmlx::addon {
namespace {

// The last job of a simulator. That it runs at all means that every run before it has ended.
class CloseJob : public Job {
 public:
  void execute(Worker&) override {}
  Napi::Value result(Napi::Env env, Environment&, const std::shared_ptr<Worker>& worker) override {
    worker->stop();
    return env.Undefined();
  }
};

}  // namespace

Napi::Function SimulatorObject::define(Napi::Env env) {
  return DefineClass(env, "NativeSimulator",
                     {StaticMethod<&SimulatorObject::open>("open"),
                      InstanceAccessor<&SimulatorObject::device>("device"),
                      InstanceMethod<&SimulatorObject::run>("run"),
                      InstanceMethod<&SimulatorObject::run_now>("runNow"),
                      InstanceMethod<&SimulatorObject::cancel>("cancel"),
                      InstanceMethod<&SimulatorObject::create_state>("createState"),
                      InstanceMethod<&SimulatorObject::create_trajectory>("createTrajectory"),
                      InstanceMethod<&SimulatorObject::explain>("explain"),
                      InstanceMethod<&SimulatorObject::describe>("describe"),
                      InstanceMethod<&SimulatorObject::close>("close")});
}

SimulatorObject::SimulatorObject(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<SimulatorObject>(info) {
  const Napi::Env env = info.Env();
  OpenedEngine opened;
  if (info[0].IsExternal()) {
    opened = std::move(*info[0].As<Napi::External<OpenedEngine>>().Data());
  } else {
    check(env, open_engine(EngineOptions::read(info), opened));
  }
  description_ = opened.description;
  worker_ = Environment::of(env).create_worker(std::move(opened.simulator));
}

Napi::Value SimulatorObject::open(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  EngineOptions options = EngineOptions::read(info);
  if (!info[2].IsFunction()) refuse(env, "done", "a function");
  Environment& environment = Environment::of(env);
  // It deletes itself when it is done.
  auto* const worker =
      new OpenWorker(info[2].As<Napi::Function>(), environment.openings, std::move(options));
  worker->Queue();
  return env.Undefined();  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks)
}

// Pending jobs keep the worker, so here its thread is idle or busy freeing states.
SimulatorObject::~SimulatorObject() = default;

Worker& SimulatorObject::worker(Napi::Env env) {
  if (!worker_) throw coded_error(env, "ERR_DISPOSED", "The simulator was disposed.");
  return *worker_;
}

Turn SimulatorObject::turn(Napi::Env env) {
  Turn turn = worker(env).try_turn();
  if (!turn) throw coded_error(env, "ERR_BUSY", "The simulator is at work on an asynchronous run.");
  return turn;
}

Napi::Value SimulatorObject::run(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  worker(env);
  const auto& program = unwrap<ProgramObject>(info[0], "program");
  if (!info[1].IsObject()) refuse(env, "request", "an object");
  if (!info[2].IsFunction()) refuse(env, "done", "a function");
  Pending pending;
  auto job = std::make_shared<RunJob>(RunJob::read(info[1].As<Napi::Object>(),
                                                   worker(env).simulator().precision(),
                                                   program.source(), pending.arrays));
  pending.done = Napi::Persistent(info[2].As<Napi::Function>());
  if (info[3].IsFunction()) {
    pending.progress = Napi::Persistent(info[3].As<Napi::Function>());
    job->wants_progress = true;
  }
  pending.worker = worker_;
  pending.job = std::move(job);
  const std::uint64_t number = Environment::of(env).start(env, std::move(pending));
  return Napi::Number::New(env, static_cast<double>(number));
}

// Shots of any program at once, on the calling thread.
Napi::Value SimulatorObject::run_now(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  worker(env);
  std::shared_ptr<const Program> program;
  check(env, unwrap<ProgramObject>(info[0], "program").source()->decoded(program));
  const auto parameters = elements<double>(info[1], "parameters");
  ExecutionRequest request;
  request.parameters = parameters;
  request.shots = count_argument(info[2], "shots");
  request.seed = seed_argument(info[3], "seed");
  request.max_states = count_argument(info[4], "maxStates");
  const Turn turn = this->turn(env);
  ExecutionResult drawn;
  check(env, worker_->simulator().run(*program, request, {}, drawn));
  auto result = Napi::Object::New(env);
  write_outcomes(result, drawn.outcomes);
  return result;
}

Napi::Value SimulatorObject::cancel(const Napi::CallbackInfo& info) {
  const double number = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : -1;
  if (number >= 0) Environment::of(info.Env()).cancel(static_cast<std::uint64_t>(number));
  return info.Env().Undefined();
}

Napi::Value SimulatorObject::create_state(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  worker(env);
  std::shared_ptr<const Program> program;
  check(env, unwrap<ProgramObject>(info[0], "program").source()->decoded(program));
  const Turn turn = this->turn(env);
  std::unique_ptr<State> state;
  check(env, worker_->simulator().create_state(program->qubits(), state));
  return StateObject::create(env, Environment::of(env), {worker_, std::move(state), program});
}

Napi::Value SimulatorObject::create_trajectory(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  worker(env);
  std::shared_ptr<const Program> program;
  check(env, unwrap<ProgramObject>(info[0], "program").source()->decoded(program));
  const auto parameters = elements<double>(info[1], "parameters");
  TrajectoryRequest request;
  request.parameters.assign(parameters.begin(), parameters.end());
  request.seed = seed_argument(info[2], "seed");
  request.force_postselection = true;
  request.initial = initial_argument(info[3], program->qubits(), worker_->simulator().precision());
  const Turn turn = this->turn(env);
  auto trajectory = std::make_unique<Trajectory>(worker_->simulator().shared_from_this(), program,
                                                 std::move(request));
  check(env, trajectory->start());
  return TrajectoryObject::create(env, Environment::of(env), {worker_, std::move(trajectory)});
}

Napi::Value SimulatorObject::explain(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  std::shared_ptr<const Program> program;
  check(env, unwrap<ProgramObject>(info[0], "program").source()->decoded(program));
  const Turn turn = this->turn(env);
  std::string text;
  check(env, worker_->simulator().explain(*program, text));
  return Napi::String::New(env, text);
}

Napi::Value SimulatorObject::describe(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  // While a run is under way the figures of the last time must do.
  if (const Turn turn = worker(env).try_turn()) {
    check(env, worker_->simulator().describe(description_));
  }
  auto result = Napi::Object::New(env);
  result.Set("device", Napi::String::New(env, description_.device));
  result.Set("name", Napi::String::New(env, description_.name));
  result.Set("variant", Napi::String::New(env, description_.variant));
  result.Set("version", Napi::String::New(env, description_.version));
  result.Set("memoryBytes", Napi::Number::New(env, static_cast<double>(description_.memory_bytes)));
  result.Set("availableBytes",
             Napi::Number::New(env, static_cast<double>(description_.available_bytes)));
  result.Set("selfTest", Napi::String::New(env, description_.self_test));
  result.Set("threads", Napi::Number::New(env, description_.threads));
  return result;
}

Napi::Value SimulatorObject::device(const Napi::CallbackInfo& info) {
  return Napi::String::New(info.Env(), description_.device);
}

Napi::Value SimulatorObject::close(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsFunction()) refuse(env, "done", "a function");
  worker(env).cancel_all();
  Pending pending;
  pending.done = Napi::Persistent(info[0].As<Napi::Function>());
  pending.worker = std::move(worker_);
  pending.job = std::make_shared<CloseJob>();
  Environment::of(env).start(env, std::move(pending));
  return env.Undefined();
}

}  // namespace qmlx::addon
