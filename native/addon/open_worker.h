// Opens an engine apart from the JavaScript thread: a GPU takes a second to begin with.
#pragma once

#include <napi.h>

#include <memory>

#include "addon/engine_options.h"
#include "addon/openings.h"
#include "core/simulator.h"

namespace qmlx::addon {

// What a NativeSimulator is made of.
struct OpenedEngine {
  std::shared_ptr<Simulator> simulator;
  qmlx_description description{};
};

Status open_engine(const EngineOptions& options, OpenedEngine& opened);

class OpenWorker : public Napi::AsyncWorker {
 public:
  // done(error, simulator)
  OpenWorker(const Napi::Function& done, std::shared_ptr<Openings> openings, EngineOptions options);

 private:
  void Execute() override;
  void OnOK() override;

  std::shared_ptr<Openings> openings_;
  EngineOptions options_;
  OpenedEngine opened_;
  Status status_;
};

}  // namespace qmlx::addon
