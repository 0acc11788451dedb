#include "addon/batch_object.h"

#include <utility>

#include "addon/arguments.h"
#include "addon/errors.h"
#include "addon/exchange.h"

namespace qmlx::addon {
namespace {

constexpr napi_type_tag kHandoffTag = {0x716d6c78'62617463, 0x8d12f7a0'36c5b94e};

std::int64_t batch_bytes(const Simulator& simulator, const Batch& batch) {
  return static_cast<std::int64_t>((simulator.amplitude_bytes() << batch.qubits()) * batch.rows());
}

}  // namespace

Napi::Function BatchObject::define(Napi::Env env) {
  return DefineClass(env, "NativeBatch",
                     {InstanceMethod<&BatchObject::amplitudes>("amplitudes"),
                      InstanceMethod<&BatchObject::probabilities>("probabilities"),
                      InstanceMethod<&BatchObject::expectations>("expectations"),
                      InstanceMethod<&BatchObject::dispose>("dispose")});
}

Napi::Value BatchObject::create(Napi::Env env, Environment& environment, BatchHandoff handoff) {
  const auto external = Napi::External<BatchHandoff>::New(env, &handoff);
  external.TypeTag(&kHandoffTag);
  return environment.batch_class.New({external});
}

BatchObject::BatchObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<BatchObject>(info) {
  const auto external = info[0].As<Napi::External<BatchHandoff>>();
  if (!info[0].IsExternal() || !external.CheckTypeTag(&kHandoffTag)) {
    refuse(info.Env(), "batch", "made by a simulator");
  }
  BatchHandoff& handoff = *external.Data();
  worker_ = std::move(handoff.worker);
  batch_ = std::move(handoff.batch);
  Napi::MemoryManagement::AdjustExternalMemory(info.Env(),
                                               batch_bytes(worker_->simulator(), *batch_));
}

BatchObject::~BatchObject() { release(Env()); }

void BatchObject::release(Napi::Env env) {
  if (!batch_) return;
  Napi::MemoryManagement::AdjustExternalMemory(env, -batch_bytes(worker_->simulator(), *batch_));
  worker_->retire(std::move(batch_));
}

Batch& BatchObject::batch(Napi::Env env) {
  if (!batch_) throw coded_error(env, "ERR_DISPOSED", "The batch was disposed.");
  return *batch_;
}

std::uint32_t BatchObject::row_argument(const Napi::Value& value, const Batch& batch) const {
  return count_argument(value, "row", batch.rows() - 1);
}

Napi::Value BatchObject::amplitudes(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Batch& batch = this->batch(env);
  const std::uint32_t row = row_argument(info[0], batch);
  const std::uint64_t first = count_argument(info[1], "first");
  const Scalars out = scalar_elements(info[2], "out", worker_->simulator().precision());
  const Turn turn = worker_->wait_turn();
  check(env, batch.amplitudes(row, first, size_of(out) / 2, out));
  return info[2];
}

Napi::Value BatchObject::probabilities(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Batch& batch = this->batch(env);
  const std::uint32_t row = row_argument(info[0], batch);
  const auto qubits = read_qubits(info[1], batch.qubits());
  const auto out = elements<double>(info[2], "out");
  const Turn turn = worker_->wait_turn();
  check(env, batch.probabilities(row, qubits, out));
  return info[2];
}

Napi::Value BatchObject::expectations(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Batch& batch = this->batch(env);
  const PauliSum sum = read_pauli_sum(info[0], batch.qubits());
  const auto out = elements<double>(info[1], "out");
  const Turn turn = worker_->wait_turn();
  check(env, batch.expectations(sum, out));
  return info[1];
}

Napi::Value BatchObject::dispose(const Napi::CallbackInfo& info) {
  release(info.Env());
  return info.Env().Undefined();
}

}  // namespace qmlx::addon
