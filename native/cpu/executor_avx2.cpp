// The executor for x86-64 processors with AVX2 and fused multiply-add.
#define QMLX_ISA avx2

#include "cpu/body/vector_avx2.h"
// The vectors come first.
#include "core/instruction_sets.h"
#include "cpu/body/executor.h"

namespace qmlx::cpu {

namespace {

constexpr Executor kExecutors[] = {avx2::make_executor<float>("avx2", has_avx2),
                                   avx2::make_executor<double>("avx2", has_avx2)};

}  // namespace

const Executor* avx2_executor(unsigned precision) { return &kExecutors[precision]; }

}  // namespace qmlx::cpu
