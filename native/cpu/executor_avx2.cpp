// The executor for x86-64 processors with AVX2 and fused multiply-add.
#define QMLX_ISA avx2

#include "cpu/body/vector_avx2.h"
// The vectors come first.
#include "cpu/body/executor.h"

namespace qmlx::cpu {

namespace {

bool supported() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

constexpr Executor kExecutors[] = {avx2::make_executor<float>("avx2", supported),
                                   avx2::make_executor<double>("avx2", supported)};

}  // namespace

const Executor* avx2_executor(unsigned precision) { return &kExecutors[precision]; }

}  // namespace qmlx::cpu
