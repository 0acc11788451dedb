#include "core/pair_matrix.h"

#include <array>
#include <bit>
#include <cmath>
#include <complex>

namespace qmlx {

namespace {

struct Number {
  double re = 0, im = 0;

  friend Number operator*(Number a, Number b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
  friend Number operator+(Number a, Number b) { return {a.re + b.re, a.im + b.im}; }
};

using Row = std::array<Number, 4>;

Row operator*(Number factor, const Row& row) {
  return {factor * row[0], factor * row[1], factor * row[2], factor * row[3]};
}
Row operator+(const Row& a, const Row& b) {
  return {a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]};
}

bool odd(unsigned bits) { return std::popcount(bits) % 2 == 1; }

// Rows of the matrix before, where this operation acts on `row` and its partner.
void apply(const PairMatrix::Step& step, double cosine, double sine, std::array<Row, 4>& rows) {
  using Kind = PairMatrix::Kind;
  constexpr Number kQuarters[] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  for (unsigned row = 0; row < 4; ++row) {
    if ((row & step.control_mask) != step.control_value) continue;
    if (step.kind == Kind::phase) {
      rows[row] = Number{cosine, odd(row & step.z) ? -sine : sine} * rows[row];
      continue;
    }
    const unsigned partner = row ^ step.moved;
    if (partner < row) continue;
    const Row low = rows[row], high = rows[partner];
    const auto real = [&](double m00, double m01, double m10, double m11) {
      rows[row] = Number{m00} * low + Number{m01} * high;
      rows[partner] = Number{m10} * low + Number{m11} * high;
    };
    if (step.kind == Kind::rotation) {
      real(cosine, -sine, sine, cosine);
    } else if (step.kind == Kind::reflection) {
      real(sine, cosine, cosine, -sine);
    } else if (step.kind == Kind::flip) {
      real(0, 1, 1, 0);
    } else {
      const Number factor = Number{sine} * kQuarters[step.quarter];
      rows[row] =
          Number{cosine} * low + factor * (Number{odd(partner & step.z) ? -1.0 : 1.0} * high);
      rows[partner] =
          Number{cosine} * high + factor * (Number{odd(row & step.z) ? -1.0 : 1.0} * low);
    }
  }
}

}  // namespace

template <typename Scalar>
void PairMatrix::write(std::span<const double> angles, Scalar* values) const {
  std::array<Row, 4> rows{};
  for (unsigned k = 0; k < 4; ++k) rows[k][k] = {1, 0};
  for (const Step& step : steps) {
    const Angle::Circular at = step.angle.circular(angles, step.kind == Kind::phase ? 1.0 : 0.5);
    apply(step, at.cosine, at.sine, rows);
  }
  Scalar* next = values + slot;
  for (const Row& row : rows) {
    for (const Number& entry : row) {
      *next++ = static_cast<Scalar>(entry.re);
      *next++ = static_cast<Scalar>(entry.im);
    }
  }
}

template void PairMatrix::write(std::span<const double>, float*) const;
template void PairMatrix::write(std::span<const double>, double*) const;

}  // namespace qmlx
