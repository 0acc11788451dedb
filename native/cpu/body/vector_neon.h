// Vectors of 128 bits of arm64 with fused multiply-add.
#pragma once

#include <arm_neon.h>

#include <cstdint>

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
struct Simd;

// Two complex64 numbers.
template <>
struct Simd<float> {
  static constexpr unsigned kLaneBits = 1;
  static constexpr unsigned kRegisterBits = 4;

  using Vector = float32x4_t;
  using Integer = std::int32_t;
  typedef Integer Bits __attribute__((vector_size(16), may_alias));
  struct Sums {
    float64x2_t low, high;
  };

  static Vector broadcast(float value) { return vdupq_n_f32(value); }
  static Bits broadcast_bits(Integer value) { return Bits{value, value, value, value}; }

  // a·b + c, rounded once.
  static Vector fused(Vector a, Vector b, Vector c) { return vfmaq_f32(c, a, b); }
  static float fused(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return vfmaq_f32(vnegq_f32(c), a, b); }
  // c − a·b
  static Vector fused_negated(Vector a, Vector b, Vector c) { return vfmsq_f32(c, a, b); }

  // (re, im) → (im, re)
  static Vector swap_parts(Vector a) { return vrev64q_f32(a); }
  static Vector duplicate_re(Vector a) { return vtrn1q_f32(a, a); }
  static Vector duplicate_im(Vector a) { return vtrn2q_f32(a, a); }

  // In permute(a, places(index)) element i is element index[i] of a: there is only a permutation of
  // bytes.
  static Bits places(Bits index) { return index * 0x04040404 + 0x03020100; }
  static Vector permute(Vector a, Bits places) {
    return (Vector)vqtbl1q_u8((uint8x16_t)a, (uint8x16_t)places);
  }

  // Elements of `a` where the mask is all ones, of `b` where it is zero.
  static Vector select(Bits mask, Vector a, Vector b) { return vbslq_f32((uint32x4_t)mask, a, b); }

  static void add_squares(Sums& sums, Vector a) {
    const float64x2_t low = vcvt_f64_f32(vget_low_f32(a)), high = vcvt_high_f64_f32(a);
    sums.low = vfmaq_f64(sums.low, low, low);
    sums.high = vfmaq_f64(sums.high, high, high);
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

  using Vector = float64x2_t;
  using Integer = std::int64_t;
  typedef Integer Bits __attribute__((vector_size(16), may_alias));
  using Sums = float64x2_t;

  static Vector broadcast(double value) { return vdupq_n_f64(value); }
  static Bits broadcast_bits(Integer value) { return Bits{value, value}; }

  static Vector fused(Vector a, Vector b, Vector c) { return vfmaq_f64(c, a, b); }
  static double fused(double a, double b, double c) { return __builtin_fma(a, b, c); }
  static Vector fused_minus(Vector a, Vector b, Vector c) { return vfmaq_f64(vnegq_f64(c), a, b); }
  static Vector fused_negated(Vector a, Vector b, Vector c) { return vfmsq_f64(c, a, b); }

  static Vector swap_parts(Vector a) { return vextq_f64(a, a, 1); }
  static Vector duplicate_re(Vector a) { return vdupq_laneq_f64(a, 0); }
  static Vector duplicate_im(Vector a) { return vdupq_laneq_f64(a, 1); }

  static Bits places(Bits index) { return index * 0x0808080808080808 + 0x0706050403020100; }
  static Vector permute(Vector a, Bits places) {
    return (Vector)vqtbl1q_u8((uint8x16_t)a, (uint8x16_t)places);
  }
  static Vector select(Bits mask, Vector a, Vector b) { return vbslq_f64((uint64x2_t)mask, a, b); }

  static void add_squares(Sums& sums, Vector a) { sums = vfmaq_f64(sums, a, a); }
  static double total(const Sums& sums) { return sums[0] + sums[1]; }
};

}  // namespace qmlx::cpu::QMLX_ISA
