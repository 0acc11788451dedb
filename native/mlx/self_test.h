// The test that a device goes through before it is used: one plan with every kind of operation,
// compared with the same kernels run as C++.
#pragma once

#include "mlx/session.h"

namespace qmlx::on_mlx {

// In place if that works, else out of place; throws EngineError with the reason if neither does.
// Returns "passed", or what did not pass before.
std::string choose_mode(Session& session);
// Throws EngineError if the session's mode does not work.
void test_mode(Session& session);

}  // namespace qmlx::on_mlx
