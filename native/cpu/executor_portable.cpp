// The executor for every processor.
#define QMLX_ISA portable

#include "cpu/body/vector_portable.h"
// The vectors come first.
#include "cpu/body/executor.h"

namespace qmlx::cpu {

namespace {

bool always() { return true; }

constexpr Executor kExecutor = portable::make_executor("portable", always);

}  // namespace

const Executor* portable_executor() { return &kExecutor; }

}  // namespace qmlx::cpu
