// Vectors of 256 bits with fused multiply-add.
#pragma once

#include <immintrin.h>

#include <cstdint>

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
struct Simd;

// Four complex64 numbers.
template <>
struct Simd<float> {
  static constexpr unsigned kLaneBits = 2;
  static constexpr unsigned kRegisterBits = 4;

  using Vector = __m256;
  using Integer = std::int32_t;
  typedef Integer Bits __attribute__((vector_size(32), may_alias));
  struct Sums {
    __m256d low, high;
  };

  static Vector broadcast(float value) { return _mm256_set1_ps(value); }
  static Bits broadcast_bits(Integer value) { return (Bits)_mm256_set1_epi32(value); }

  // a·b + c, rounded once.
  static Vector fused(Vector a, Vector b, Vector c) { return _mm256_fmadd_ps(a, b, c); }
  static float fused(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return _mm256_fmsub_ps(a, b, c); }
  // c − a·b
  static Vector fused_negated(Vector a, Vector b, Vector c) { return _mm256_fnmadd_ps(a, b, c); }

  // (re, im) → (im, re)
  static Vector swap_parts(Vector a) { return _mm256_permute_ps(a, 0xB1); }
  static Vector duplicate_re(Vector a) { return _mm256_moveldup_ps(a); }
  static Vector duplicate_im(Vector a) { return _mm256_movehdup_ps(a); }

  // In permute(a, places(index)) element i is element index[i] of a.
  static Bits places(Bits index) { return index; }
  static Vector permute(Vector a, Bits index) {
    return _mm256_permutevar8x32_ps(a, (__m256i)index);
  }

  // Elements of `a` where the mask is all ones, of `b` where it is zero.
  static Vector select(Bits mask, Vector a, Vector b) {
    return _mm256_blendv_ps(b, a, (__m256)mask);
  }

  static void add_squares(Sums& sums, Vector a) {
    const __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(a));
    const __m256d high = _mm256_cvtps_pd(_mm256_extractf128_ps(a, 1));
    sums.low = _mm256_fmadd_pd(low, low, sums.low);
    sums.high = _mm256_fmadd_pd(high, high, sums.high);
  }
  static double total(const Sums& sums) {
    const __m256d both = _mm256_add_pd(sums.low, sums.high);
    return (both[0] + both[1]) + (both[2] + both[3]);
  }
};

// Two complex128 numbers.
template <>
struct Simd<double> {
  static constexpr unsigned kLaneBits = 1;
  static constexpr unsigned kRegisterBits = 4;

  using Vector = __m256d;
  using Integer = std::int64_t;
  typedef Integer Bits __attribute__((vector_size(32), may_alias));
  using Sums = __m256d;

  static Vector broadcast(double value) { return _mm256_set1_pd(value); }
  static Bits broadcast_bits(Integer value) { return (Bits)_mm256_set1_epi64x(value); }

  static Vector fused(Vector a, Vector b, Vector c) { return _mm256_fmadd_pd(a, b, c); }
  static double fused(double a, double b, double c) { return __builtin_fma(a, b, c); }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return _mm256_fmsub_pd(a, b, c); }
  static Vector fused_negated(Vector a, Vector b, Vector c) { return _mm256_fnmadd_pd(a, b, c); }

  static Vector swap_parts(Vector a) { return _mm256_permute_pd(a, 0x5); }
  static Vector duplicate_re(Vector a) { return _mm256_movedup_pd(a); }
  static Vector duplicate_im(Vector a) { return _mm256_permute_pd(a, 0xF); }

  // There is only a permutation of 32-bit elements: each number becomes that of its halves.
  static Bits places(Bits index) { return index << 1 | index << 33 | broadcast_bits(1LL << 32); }
  static Vector permute(Vector a, Bits places) {
    return (Vector)_mm256_permutevar8x32_ps((__m256)a, (__m256i)places);
  }
  static Vector select(Bits mask, Vector a, Vector b) {
    return _mm256_blendv_pd(b, a, (__m256d)mask);
  }

  static void add_squares(Sums& sums, Vector a) { sums = _mm256_fmadd_pd(a, a, sums); }
  static double total(const Sums& sums) { return (sums[0] + sums[1]) + (sums[2] + sums[3]); }
};

}  // namespace qmlx::cpu::QMLX_ISA
