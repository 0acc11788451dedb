// The executor for every processor.
#define QMLX_ISA portable

#include "cpu/body/vector_portable.h"
// The vectors come first.
#include "cpu/body/executor.h"

namespace qmlx::cpu {

namespace {

bool always() { return true; }

constexpr Executor kExecutors[] = {portable::make_executor<float>("portable", always),
                                   portable::make_executor<double>("portable", always)};

}  // namespace

const Executor* portable_executor(unsigned precision) { return &kExecutors[precision]; }

}  // namespace qmlx::cpu
