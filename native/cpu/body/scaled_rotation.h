// Rotations divided by one of their entries, so that an amplitude needs one multiply-add instead of
// two. The divisors of a pass gather until a rotation takes them up as a whole.
#pragma once

#include "cpu/body/arithmetic.h"

namespace qmlx::cpu::QMLX_ISA {

// Of a matrix [a, −b; b, a] or [a, b; b, −a]: with `own`, [1, first; second, ±1] times the scale,
// else [first, ±1; 1, second] times the scale; − if `minus`.
template <typename Scalar>
struct ScaledRotation {
  bool possible;
  bool own;
  bool minus;
  Scalar first, second;
  double scale;

  explicit ScaledRotation(const Scalar* m) {
    const bool rotation = m[0] == m[3] && m[1] == -m[2];
    const bool reflection = m[0] == -m[3] && m[1] == m[2];
    own = m[0] * m[0] >= m[2] * m[2];
    minus = own ? reflection : rotation;
    scale = own ? m[0] : m[2];
    possible = (rotation || reflection) && scale * scale > 0.25;
    first = static_cast<Scalar>((own ? m[1] : m[0]) / scale);
    second = static_cast<Scalar>((own ? m[2] : m[3]) / scale);
  }
};

// What the rotations of a pass have been divided by so far.
class PendingScale {
 public:
  // Operations that act on every amplitude can be scaled, all but the last of a pass.
  static bool everywhere(const Operation& operation) {
    return operation.kind == OperationKind::real2 && operation.lane_mask == 0 &&
           operation.register_mask == 0 && operation.tile_mask == 0 && operation.outside_mask == 0;
  }

  explicit PendingScale(const Operation* last) : last_(last) {}

  // Whether this operation takes up what is pending.
  bool ends_at(const Operation& operation) const {
    return &operation == last_ || scale_ * scale_ < kLeast * kLeast;
  }
  void divide(double scale) { scale_ *= scale; }
  double take() {
    const double scale = scale_;
    scale_ = 1;
    return scale;
  }

 private:
  static constexpr double kLeast = 1.0 / (1 << 24);  // amplitudes grow by its inverse

  const Operation* last_;
  double scale_ = 1;
};

}  // namespace qmlx::cpu::QMLX_ISA
