// Metal's words in OpenCL C++, so that clang checks types and address spaces of the kernels' text.
#define device __global
#define threadgroup __local
#define constant __constant
#define thread __private
#define double double_is_no_type_of_metal

typedef unsigned int uint32_t;
struct complex64_t {
  float real, imag;
};

namespace metal {
enum mem_flags { mem_none = 0, mem_device = 1, mem_threadgroup = 2 };
}
static inline void threadgroup_barrier(metal::mem_flags) { barrier(CLK_LOCAL_MEM_FENCE); }

template <typename To, typename From>
static inline To as_type(From value) {
  return __builtin_bit_cast(To, value);
}

static inline float2 make(float x, float y) { return (float2)(x, y); }
static inline uint2 make(uint x, uint y) { return (uint2)(x, y); }
static inline uint4 make(uint x, uint y, uint z, uint w) { return (uint4)(x, y, z, w); }
#define float2(...) make(__VA_ARGS__)
#define uint2(...) make(__VA_ARGS__)
#define uint4(...) make(__VA_ARGS__)
