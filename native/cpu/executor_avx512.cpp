// The executor for x86-64 processors with AVX-512.
#define QMLX_ISA avx512

#include "cpu/body/vector_avx512.h"
// The vectors come first.
#include "cpu/body/executor.h"

namespace qmlx::cpu {

namespace {

bool supported() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("fma");
}

constexpr Executor kExecutors[] = {avx512::make_executor<float>("avx512", supported),
                                   avx512::make_executor<double>("avx512", supported)};

}  // namespace

const Executor* avx512_executor(unsigned precision) { return &kExecutors[precision]; }

}  // namespace qmlx::cpu
