// The executor for arm64 processors, all of which have these vectors.
#define QMLX_ISA neon

#include "cpu/body/vector_neon.h"
// The vectors come first.
#include "cpu/body/executor.h"

namespace qmlx::cpu {

namespace {

bool always() { return true; }

constexpr Executor kExecutors[] = {neon::make_executor<float>("neon", always),
                                   neon::make_executor<double>("neon", always)};

}  // namespace

const Executor* neon_executor(unsigned precision) { return &kExecutors[precision]; }

}  // namespace qmlx::cpu
