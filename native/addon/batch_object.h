// NativeBatch: rows of amplitudes in an engine, with synchronous readers.
#pragma once

#include <napi.h>

#include <memory>

#include "addon/environment.h"
#include "addon/worker.h"
#include "core/batch.h"

namespace qmlx::addon {

struct BatchHandoff {
  std::shared_ptr<Worker> worker;
  std::unique_ptr<Batch> batch;
};

class BatchObject : public Napi::ObjectWrap<BatchObject> {
 public:
  static Napi::Function define(Napi::Env env);
  static Napi::Value create(Napi::Env env, Environment& environment, BatchHandoff handoff);

  explicit BatchObject(const Napi::CallbackInfo& info);
  ~BatchObject() override;

 private:
  // (row, first, out) → out
  Napi::Value amplitudes(const Napi::CallbackInfo& info);
  // (row, qubits, out) → out
  Napi::Value probabilities(const Napi::CallbackInfo& info);
  // (observable, out) → out
  Napi::Value expectations(const Napi::CallbackInfo& info);
  Napi::Value dispose(const Napi::CallbackInfo& info);

  Batch& batch(Napi::Env env);
  std::uint32_t row_argument(const Napi::Value& value, const Batch& batch) const;
  void release(Napi::Env env);

  std::shared_ptr<Worker> worker_;
  std::unique_ptr<Batch> batch_;
};

}  // namespace qmlx::addon
