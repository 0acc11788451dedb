// What C++, CUDA and Metal write differently. Kernels are written once, in the words of this file:
// address spaces, threads of a group, private arrays, barriers, vectors, bit casts.
//
// In C++ a group is run phase by phase: QM_THREADS is a loop over all its threads, and what a
// thread keeps across a barrier lies in an array with a row for each thread (QM_PRIVATE, QM_OWN).
// On a GPU the loop body runs once, for the thread itself.
#pragma once

#if defined(__METAL_VERSION__)

#define QM_FUNCTION static inline __attribute__((always_inline))
#define QM_CONSTANT constant constexpr
#define QM_DEVICE device
#define QM_SHARED threadgroup
#define QM_THREAD thread
#define QM_UNROLL _Pragma("clang loop unroll(full)")
#define QM_LOOP _Pragma("clang loop unroll(disable)")
#define QM_BARRIER() threadgroup_barrier(mem_flags::mem_threadgroup)

namespace qmlx {
namespace kernels {

typedef uint Word;
typedef ulong Index;

QM_FUNCTION float float_of(Word bits) { return as_type<float>(bits); }
QM_FUNCTION Word bits_of(float value) { return as_type<uint>(value); }
QM_FUNCTION Word count_bits(Word value) { return popcount(value); }
QM_FUNCTION float multiply_add(float a, float b, float c) { return fma(a, b, c); }
QM_FUNCTION float2 pair(float x, float y) { return float2(x, y); }
QM_FUNCTION uint2 words2(Word x, Word y) { return uint2(x, y); }
QM_FUNCTION uint4 words4(Word x, Word y, Word z, Word w) { return uint4(x, y, z, w); }

}  // namespace kernels
}  // namespace qmlx

#elif defined(__CUDACC__)

#define QM_FUNCTION static __device__ __forceinline__
#define QM_CONSTANT constexpr
#define QM_DEVICE
#define QM_SHARED
#define QM_THREAD
#define QM_UNROLL _Pragma("unroll")
#define QM_LOOP _Pragma("unroll 1")
#define QM_BARRIER() __syncthreads()

namespace qmlx {
namespace kernels {

typedef unsigned int Word;
typedef unsigned long long Index;

QM_FUNCTION float float_of(Word bits) { return __uint_as_float(bits); }
QM_FUNCTION Word bits_of(float value) { return __float_as_uint(value); }
QM_FUNCTION Word count_bits(Word value) { return static_cast<Word>(__popc(value)); }
QM_FUNCTION float multiply_add(float a, float b, float c) { return __fmaf_rn(a, b, c); }
QM_FUNCTION float2 pair(float x, float y) { return make_float2(x, y); }
QM_FUNCTION uint2 words2(Word x, Word y) { return make_uint2(x, y); }
QM_FUNCTION uint4 words4(Word x, Word y, Word z, Word w) { return make_uint4(x, y, z, w); }

}  // namespace kernels
}  // namespace qmlx

#else

#define QM_FUNCTION inline __attribute__((always_inline))
#define QM_CONSTANT inline constexpr
#define QM_DEVICE
#define QM_SHARED
#define QM_THREAD
#define QM_UNROLL
#define QM_LOOP
#define QM_BARRIER()

namespace qmlx::kernels {

using Word = unsigned int;
using Index = unsigned long long;

// The names that GPUs give them. NOLINTBEGIN(readability-identifier-naming)
struct alignas(8) float2 {
  float x, y;
};
struct alignas(8) uint2 {
  Word x, y;
};
struct alignas(8) uint4 {  // as MLX aligns arrays of the CPU
  Word x, y, z, w;
};
// NOLINTEND(readability-identifier-naming)

QM_FUNCTION float float_of(Word bits) { return __builtin_bit_cast(float, bits); }
QM_FUNCTION Word bits_of(float value) { return __builtin_bit_cast(Word, value); }
QM_FUNCTION Word count_bits(Word value) { return static_cast<Word>(__builtin_popcount(value)); }
QM_FUNCTION float multiply_add(float a, float b, float c) { return a * b + c; }
QM_FUNCTION float2 pair(float x, float y) { return {x, y}; }
QM_FUNCTION uint2 words2(Word x, Word y) { return {x, y}; }
QM_FUNCTION uint4 words4(Word x, Word y, Word z, Word w) { return {x, y, z, w}; }

}  // namespace qmlx::kernels

#endif

namespace qmlx {
namespace kernels {

// The threads that work on one tile or block together.
struct Group {
  Word count;
#if defined(__METAL_VERSION__) || defined(__CUDACC__)
  Word member;
#else
  bool reverse = false;  // runs the last thread first: tests compare both orders
#endif
};

}  // namespace kernels
}  // namespace qmlx

namespace qmlx {
namespace kernels {

// A group's place in the grid.
struct Grid {
  Group group;
  Word x, y;     // number of the group
  Word columns;  // groups side by side
};

QM_FUNCTION Index number_of(Grid grid) {
  return static_cast<Index>(grid.y) * grid.columns + grid.x;
}

// In place, a kernel writes to what MLX hands it as an input.
template <typename Item>
QM_FUNCTION QM_DEVICE Item* writable(const QM_DEVICE Item* input) {
  return const_cast<QM_DEVICE Item*>(input);
}

}  // namespace kernels
}  // namespace qmlx

// Names cannot be put in parentheses. NOLINTBEGIN(bugprone-macro-parentheses)

// Calls a loop body for k = 0 ... end - 1, shared among all threads of the grid.
#define QM_EACH(k, grid, end)                                                               \
  QM_THREADS(k##_thread, (grid).group)                                                      \
  for (Index k = static_cast<Index>((grid).x) * (grid).group.count + k##_thread; k < (end); \
       k += static_cast<Index>((grid).columns) * (grid).group.count)

#if defined(__METAL_VERSION__) || defined(__CUDACC__)
#define QM_THREADS(name, group) \
  for (Word name = (group).member, name##_once = 1; name##_once != 0; name##_once = 0)
#define QM_PRIVATE(type, name, size) type name[size]
#define QM_OWN(name, size, member) (name)
#else
#define QM_THREADS(name, group)                                              \
  for (Word name##_turn = 0, name = (group).reverse ? (group).count - 1 : 0; \
       name##_turn < (group).count;                                          \
       ++name##_turn, name = (group).reverse ? (group).count - 1 - name##_turn : name##_turn)
#define QM_PRIVATE(type, name, size) type name[(size) * ::qmlx::kernels::kMaxThreads]
#define QM_OWN(name, size, member) ((name) + (size) * (member))
#endif
// NOLINTEND(bugprone-macro-parentheses)
