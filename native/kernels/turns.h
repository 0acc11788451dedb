// Angles as fractions of a turn in 32 bits: sums are exact and wrap by themselves.
#pragma once

#include "kernels/dialect.h"

namespace qmlx {
namespace kernels {

// From a value slot's angle in turns, between -1/2 and 1/2.
QM_FUNCTION Word turns_of(float turns) {
  return static_cast<Word>(static_cast<int>(turns * 2147483648.0f)) << 1;
}

// cos and sin to about one unit in the last place (polynomials of Cephes).
QM_FUNCTION float2 unit_of(Word turns) {
  const Word quadrant = (turns + 0x20000000u) >> 30;
  const int rest = static_cast<int>(turns - (quadrant << 30));
  const float x = static_cast<float>(rest) * 1.4629180792671596e-9f;  // 2 pi / 2^32
  const float square = x * x;
  float sine = multiply_add(square, -1.9515295891e-4f, 8.3321608736e-3f);
  sine = multiply_add(square, sine, -1.6666654611e-1f);
  sine = multiply_add(square * x, sine, x);
  float cosine = multiply_add(square, 2.443315711809948e-5f, -1.388731625493765e-3f);
  cosine = multiply_add(square, cosine, 4.166664568298827e-2f);
  cosine = multiply_add(square * square, cosine, multiply_add(square, -0.5f, 1.0f));
  const bool swap = (quadrant & 1u) != 0;
  const float re = swap ? sine : cosine;
  const float im = swap ? cosine : sine;
  return pair(float_of(bits_of(re) ^ (((quadrant + 1u) & 2u) << 30)),
              float_of(bits_of(im) ^ ((quadrant & 2u) << 30)));
}

QM_FUNCTION float2 product(float2 a, float2 b) {
  return pair(multiply_add(-a.y, b.y, a.x * b.x), multiply_add(a.y, b.x, a.x * b.y));
}

}  // namespace kernels
}  // namespace qmlx
