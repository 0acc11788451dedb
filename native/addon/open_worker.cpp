#include "addon/open_worker.h"

#include <utility>

#include "addon/environment.h"
#include "addon/errors.h"

namespace qmlx::addon {

Status open_engine(const EngineOptions& options, OpenedEngine& opened) {
  const qmlx_config config = options.config();
  Status status = Simulator::create(options.table, config, opened.simulator);
  return status.ok() ? opened.simulator->describe(opened.description) : status;
}

OpenWorker::OpenWorker(const Napi::Function& done, std::shared_ptr<Openings> openings,
                       EngineOptions options)
    : Napi::AsyncWorker(done), openings_(std::move(openings)), options_(std::move(options)) {
  openings_->begin();
}

void OpenWorker::Execute() {
  status_ = open_engine(options_, opened_);
  openings_->end();
}

void OpenWorker::OnOK() {
  const Napi::Env env = Env();
  const Napi::FunctionReference& simulator_class = Environment::of(env).simulator_class;
  if (simulator_class.IsEmpty()) return;  // the environment is closing
  napi_value error = env.Undefined(), simulator = env.Undefined();
  try {
    check(env, status_);
    const auto external = Napi::External<OpenedEngine>::New(env, &opened_);
    simulator = simulator_class.New({external});
  } catch (const Napi::Error& caught) {
    error = caught.Value();
  }
  Callback().Call({error, simulator});
}

}  // namespace qmlx::addon
