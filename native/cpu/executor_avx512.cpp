// The executor for x86-64 processors with AVX-512.
#define QMLX_ISA avx512

#include "cpu/body/vector_avx512.h"
// The vectors come first.
#include "core/instruction_sets.h"
#include "cpu/body/executor.h"

namespace qmlx::cpu {

namespace {

constexpr Executor kExecutors[] = {avx512::make_executor<float>("avx512", has_avx512),
                                   avx512::make_executor<double>("avx512", has_avx512)};

}  // namespace

const Executor* avx512_executor(unsigned precision) { return &kExecutors[precision]; }

}  // namespace qmlx::cpu
