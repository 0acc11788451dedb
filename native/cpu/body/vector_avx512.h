// Vectors of 512 bits with fused multiply-add.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
struct Simd;

// Eight complex64 numbers.
template <>
struct Simd<float> {
  static constexpr unsigned kLaneBits = 3;
  static constexpr unsigned kRegisterBits = 4;

  using Vector = __m512;
  using Integer = std::int32_t;
  typedef Integer Bits __attribute__((vector_size(64), may_alias));
  typedef double Doubles __attribute__((vector_size(64)));
  struct Sums {
    __m512d low, high;
  };

  static Vector broadcast(float value) { return _mm512_set1_ps(value); }
  static Bits broadcast_bits(Integer value) { return (Bits)_mm512_set1_epi32(value); }

  // a·b + c, rounded once.
  static Vector fused(Vector a, Vector b, Vector c) { return _mm512_fmadd_ps(a, b, c); }
  static float fused(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return _mm512_fmsub_ps(a, b, c); }
  // c − a·b
  static Vector fused_negated(Vector a, Vector b, Vector c) { return _mm512_fnmadd_ps(a, b, c); }

  // Shuffles in the compiler's own words: GCC 12 warns of undefined values inside some intrinsics.

  // (re, im) → (im, re)
  static Vector swap_parts(Vector a) {
    return __builtin_shufflevector(a, a, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
  }
  static Vector duplicate_re(Vector a) {
    return __builtin_shufflevector(a, a, 0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14);
  }
  static Vector duplicate_im(Vector a) {
    return __builtin_shufflevector(a, a, 1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15);
  }

  // In permute(a, places(index)) element i is element index[i] of a.
  static Bits places(Bits index) { return index; }
  static Vector permute(Vector a, Bits index) {
    return _mm512_maskz_permutexvar_ps(0xffff, (__m512i)index, a);
  }

  // Elements of `a` where the mask is all ones, of `b` where it is zero.
  static Vector select(Bits mask, Vector a, Vector b) {
    return _mm512_mask_mov_ps(b, _mm512_movepi32_mask((__m512i)mask), a);
  }

  static void add_squares(Sums& sums, Vector a) {
    typedef float Half __attribute__((vector_size(32)));
    const Half low_half = __builtin_shufflevector(a, a, 0, 1, 2, 3, 4, 5, 6, 7);
    const Half high_half = __builtin_shufflevector(a, a, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512d low = (__m512d) __builtin_convertvector(low_half, Doubles);
    const __m512d high = (__m512d) __builtin_convertvector(high_half, Doubles);
    sums.low = _mm512_fmadd_pd(low, low, sums.low);
    sums.high = _mm512_fmadd_pd(high, high, sums.high);
  }
  static double total(const Sums& sums) {
    const __m512d both = _mm512_add_pd(sums.low, sums.high);
    return ((both[0] + both[1]) + (both[2] + both[3])) +
           ((both[4] + both[5]) + (both[6] + both[7]));
  }
};

// Four complex128 numbers.
template <>
struct Simd<double> {
  static constexpr unsigned kLaneBits = 2;
  static constexpr unsigned kRegisterBits = 4;

  using Vector = __m512d;
  using Integer = std::int64_t;
  typedef Integer Bits __attribute__((vector_size(64), may_alias));
  using Sums = __m512d;

  static Vector broadcast(double value) { return _mm512_set1_pd(value); }
  static Bits broadcast_bits(Integer value) { return (Bits)_mm512_set1_epi64(value); }

  static Vector fused(Vector a, Vector b, Vector c) { return _mm512_fmadd_pd(a, b, c); }
  static double fused(double a, double b, double c) { return __builtin_fma(a, b, c); }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return _mm512_fmsub_pd(a, b, c); }
  static Vector fused_negated(Vector a, Vector b, Vector c) { return _mm512_fnmadd_pd(a, b, c); }

  static Vector swap_parts(Vector a) {
    return __builtin_shufflevector(a, a, 1, 0, 3, 2, 5, 4, 7, 6);
  }
  static Vector duplicate_re(Vector a) {
    return __builtin_shufflevector(a, a, 0, 0, 2, 2, 4, 4, 6, 6);
  }
  static Vector duplicate_im(Vector a) {
    return __builtin_shufflevector(a, a, 1, 1, 3, 3, 5, 5, 7, 7);
  }

  static Bits places(Bits index) { return index; }
  static Vector permute(Vector a, Bits index) {
    return _mm512_maskz_permutexvar_pd(0xff, (__m512i)index, a);
  }
  static Vector select(Bits mask, Vector a, Vector b) {
    return _mm512_mask_mov_pd(b, _mm512_movepi64_mask((__m512i)mask), a);
  }

  static void add_squares(Sums& sums, Vector a) { sums = _mm512_fmadd_pd(a, a, sums); }
  static double total(const Sums& sums) {
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
           ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  }
};

}  // namespace qmlx::cpu::QMLX_ISA
