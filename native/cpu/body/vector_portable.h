// Vectors of 128 bits in the compiler's own vector extension: runs on every processor.
#pragma once

#include <cstdint>

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
struct Simd;

// Two complex64 numbers: re, im, re, im.
template <>
struct Simd<float> {
  static constexpr unsigned kLaneBits = 1;
  static constexpr unsigned kRegisterBits = 4;

  typedef float Vector __attribute__((vector_size(16), may_alias));
  using Integer = std::int32_t;
  typedef Integer Bits __attribute__((vector_size(16), may_alias));
  typedef double Half __attribute__((vector_size(16), may_alias));
  struct Sums {
    Half low, high;
  };

  static Vector broadcast(float value) { return Vector{value, value, value, value}; }
  static Bits broadcast_bits(Integer value) { return Bits{value, value, value, value}; }

  // a·b + c, rounded twice here.
  static Vector fused(Vector a, Vector b, Vector c) { return a * b + c; }
  static float fused(float a, float b, float c) { return a * b + c; }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return a * b - c; }
  // c − a·b
  static Vector fused_negated(Vector a, Vector b, Vector c) { return c - a * b; }

  // (re, im) → (im, re)
  static Vector swap_parts(Vector a) { return __builtin_shufflevector(a, a, 1, 0, 3, 2); }
  static Vector duplicate_re(Vector a) { return __builtin_shufflevector(a, a, 0, 0, 2, 2); }
  static Vector duplicate_im(Vector a) { return __builtin_shufflevector(a, a, 1, 1, 3, 3); }

  // In permute(a, places(index)) element i is element index[i] of a. Four elements only ever need
  // exchanges, where index[i] = i ^ index[0].
  static Bits places(Bits index) { return index; }
  static Vector permute(Vector a, Bits index) {
    const Integer flips = index[0];
    if ((flips & 2) != 0) a = __builtin_shufflevector(a, a, 2, 3, 0, 1);
    if ((flips & 1) != 0) a = swap_parts(a);
    return a;
  }

  // Elements of `a` where the mask is all ones, of `b` where it is zero.
  static Vector select(Bits mask, Vector a, Vector b) {
    return (Vector)(((Bits)a & mask) | ((Bits)b & ~mask));
  }

  static void add_squares(Sums& sums, Vector a) {
    const Half low{a[0], a[1]}, high{a[2], a[3]};
    sums.low += low * low;
    sums.high += high * high;
  }
  static double total(const Sums& sums) {
    return (sums.low[0] + sums.low[1]) + (sums.high[0] + sums.high[1]);
  }
};

// One complex128 number.
template <>
struct Simd<double> {
  static constexpr unsigned kLaneBits = 0;
  static constexpr unsigned kRegisterBits = 4;

  typedef double Vector __attribute__((vector_size(16), may_alias));
  using Integer = std::int64_t;
  typedef Integer Bits __attribute__((vector_size(16), may_alias));
  using Sums = Vector;

  static Vector broadcast(double value) { return Vector{value, value}; }
  static Bits broadcast_bits(Integer value) { return Bits{value, value}; }

  static Vector fused(Vector a, Vector b, Vector c) { return a * b + c; }
  static double fused(double a, double b, double c) { return a * b + c; }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return a * b - c; }
  static Vector fused_negated(Vector a, Vector b, Vector c) { return c - a * b; }

  static Vector swap_parts(Vector a) { return __builtin_shufflevector(a, a, 1, 0); }
  static Vector duplicate_re(Vector a) { return __builtin_shufflevector(a, a, 0, 0); }
  static Vector duplicate_im(Vector a) { return __builtin_shufflevector(a, a, 1, 1); }

  static Bits places(Bits index) { return index; }
  static Vector permute(Vector a, Bits index) { return index[0] != 0 ? swap_parts(a) : a; }
  static Vector select(Bits mask, Vector a, Vector b) {
    return (Vector)(((Bits)a & mask) | ((Bits)b & ~mask));
  }

  static void add_squares(Sums& sums, Vector a) { sums += a * a; }
  static double total(const Sums& sums) { return sums[0] + sums[1]; }
};

}  // namespace qmlx::cpu::QMLX_ISA
