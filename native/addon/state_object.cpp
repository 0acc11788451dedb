#include "addon/state_object.h"

#include <utility>

#include "addon/arguments.h"
#include "addon/errors.h"
#include "addon/exchange.h"
#include "core/execution.h"

namespace qmlx::addon {
namespace {

constexpr napi_type_tag kHandoffTag = {0x716d6c78'68616e64, 0xc41f09b2'7e5d3360};

std::int64_t state_bytes(const State& state) {
  return static_cast<std::int64_t>(state.simulator()->amplitude_bytes() << state.qubits());
}

}  // namespace

Napi::Function StateObject::define(Napi::Env env) {
  return DefineClass(
      env, "NativeState",
      {InstanceMethod<&StateObject::evolve>("evolve"),
       InstanceMethod<&StateObject::amplitudes>("amplitudes"),
       InstanceMethod<&StateObject::probabilities>("probabilities"),
       InstanceMethod<&StateObject::expectation>("expectation"),
       InstanceMethod<&StateObject::sample>("sample"), InstanceMethod<&StateObject::inner>("inner"),
       InstanceMethod<&StateObject::squared_norm>("squaredNorm"),
       InstanceMethod<&StateObject::dispose>("dispose")});
}

Napi::Value StateObject::create(Napi::Env env, Environment& environment, StateHandoff handoff) {
  const auto external = Napi::External<StateHandoff>::New(env, &handoff);
  external.TypeTag(&kHandoffTag);
  return environment.state_class.New({external});
}

StateObject::StateObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<StateObject>(info) {
  const auto external = info[0].As<Napi::External<StateHandoff>>();
  if (!info[0].IsExternal() || !external.CheckTypeTag(&kHandoffTag)) {
    refuse(info.Env(), "state", "made by a simulator");
  }
  StateHandoff& handoff = *external.Data();
  worker_ = std::move(handoff.worker);
  state_ = std::move(handoff.state);
  program_ = std::move(handoff.program);
  info.This().As<Napi::Object>().TypeTag(&kTypeTag);
  Napi::MemoryManagement::AdjustExternalMemory(info.Env(), state_bytes(*state_));
}

StateObject::~StateObject() { release(Env()); }

void StateObject::release(Napi::Env env) {
  if (!state_) return;
  Napi::MemoryManagement::AdjustExternalMemory(env, -state_bytes(*state_));
  worker_->retire(std::move(state_));
}

State& StateObject::state(Napi::Env env) {
  if (!state_) throw coded_error(env, "ERR_DISPOSED", "The state was disposed.");
  return *state_;
}

Turn StateObject::turn(Napi::Env env) {
  if (!program_) return worker_->wait_turn();
  Turn turn = worker_->try_turn();
  if (!turn) {
    throw coded_error(
        env, "ERR_BUSY",
        "The simulator of this program is at work on an asynchronous run. Await it, or use run().");
  }
  return turn;
}

Napi::Value StateObject::evolve(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  State& state = this->state(env);
  if (!program_) refuse(env, "state", "made for a program");
  const auto parameters = elements<double>(info[0], "parameters");
  if (parameters.size() != program_->parameter_count()) {
    refuse(env, "parameters", "one number for every parameter of the program");
  }
  const ConstScalars initial =
      initial_argument(info[1], state.qubits(), state.simulator()->precision());
  const Turn turn = this->turn(env);
  check(env, worker_->simulator().evolve(*program_, parameters, {}, state, initial));
  return env.Undefined();
}

Napi::Value StateObject::amplitudes(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const State& state = this->state(env);
  const double number = info[0].IsNumber() ? info[0].As<Napi::Number>().DoubleValue() : -1;
  const auto size = std::uint64_t{1} << state.qubits();
  if (!(number >= 0 && number <= static_cast<double>(size))) {
    refuse(env, "first", "the index of an amplitude");
  }
  const auto first = static_cast<std::uint64_t>(number);
  const Scalars out = scalar_elements(info[1], "out", state.simulator()->precision());
  const std::size_t count = size_of(out) / 2;
  if (static_cast<double>(first) != number || count > size - first || size_of(out) % 2 != 0) {
    refuse(env, "out", "two numbers for each amplitude from the first on");
  }
  const Turn turn = this->turn(env);
  check(env, state.amplitudes(first, count, out));
  return info[1];
}

Napi::Value StateObject::probabilities(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const State& state = this->state(env);
  const auto qubits = read_qubits(info[0], state.qubits());
  const auto out = elements<double>(info[1], "out");
  if (out.size() != std::size_t{1} << qubits.size()) {
    refuse(env, "out", "one number for each value of the qubits");
  }
  const Turn turn = this->turn(env);
  check(env, state.probabilities(qubits, out));
  return info[1];
}

Napi::Value StateObject::expectation(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const State& state = this->state(env);
  const PauliSum sum = read_pauli_sum(info[0], state.qubits());
  const Turn turn = this->turn(env);
  double value = 0;
  check(env, worker_->simulator().expectation(state, sum, value));
  return Napi::Number::New(env, value);
}

// Samples the measurements of the program, or every qubit where there is no program.
Napi::Value StateObject::sample(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const State& state = this->state(env);
  SampleRequest request;
  request.shots = count_argument(info[0], "shots");
  request.seed = seed_argument(info[1], "seed");
  const auto all = program_ ? std::vector<Measurement>() : measure_all(state.qubits());
  request.measurements = program_ ? program_->measurements() : all;
  request.bits = program_ ? program_->bits() : state.qubits();
  const Turn turn = this->turn(env);
  ExecutionResult drawn;
  if (program_ && !program_->is_static()) {
    refuse(env, "state", "made for a program that measures at its end");
  }
  check(env, worker_->simulator().sample(state, request, {}, drawn));
  auto result = Napi::Object::New(env);
  write_outcomes(result, drawn.outcomes);
  return result;
}

// False if the states belong to two simulators, which cannot read each other's.
Napi::Value StateObject::inner(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const State& state = this->state(env);
  auto& wrapped = unwrap<StateObject>(info[0], "other");
  const State& other = wrapped.state(env);
  const auto out = elements<double>(info[1], "out");
  if (out.size() != 2 || other.qubits() != state.qubits()) {
    refuse(env, "other", "a state of as many qubits, and out two numbers");
  }
  if (wrapped.worker_ != worker_) return Napi::Boolean::New(env, false);
  const Turn turn = this->turn(env);
  std::complex<double> value;
  check(env, state.inner(other, value));
  out[0] = value.real();
  out[1] = value.imag();
  return Napi::Boolean::New(env, true);
}

Napi::Value StateObject::squared_norm(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), state(info.Env()).squared_norm());
}

Napi::Value StateObject::dispose(const Napi::CallbackInfo& info) {
  release(info.Env());
  return info.Env().Undefined();
}

}  // namespace qmlx::addon
