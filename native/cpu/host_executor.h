// The CPU engine on memory that another engine owns.
#pragma once

#include "core/engine.h"

namespace qmlx {

const qmlx_host_executor* cpu_host_executor();

}  // namespace qmlx
