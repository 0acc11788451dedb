// What happens to engines when the process ends by exit(), where environments are not closed.
#pragma once

#include <memory>
#include <string>

#include "addon/worker.h"

namespace qmlx::addon {

// Stops this worker before the destructors of the libraries behind its engine run. To be called once
// the engine for this device is there, so that they were registered before.
void stop_at_exit(const std::shared_ptr<Worker>& worker, const std::string& device);

}  // namespace qmlx::addon
