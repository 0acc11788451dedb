#include "core/binding.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace qmlx {

namespace {

// A sum with what rounding takes from it (Knuth, The Art of Computer Programming 2, 4.2.2).
struct Sum {
  double value, rest;

  void add(double number) {
    const double before = value;
    value += number;
    const double added = value - before;
    rest += (before - (value - added)) + (number - added);
  }
};

}  // namespace

Angle& Angle::add(const Angle& other, double factor) {
  Sum sum{constant, rest + factor * other.rest};
  sum.add(factor * other.constant);
  constant = sum.value;
  rest = sum.rest;
  for (const Item& item : other.items) {
    const double coefficient = factor * item.coefficient;
    const auto same = std::find_if(items.begin(), items.end(),
                                   [&](const Item& mine) { return mine.angle == item.angle; });
    if (same == items.end()) {
      items.push_back({item.angle, coefficient});
    } else {
      same->coefficient += coefficient;
    }
  }
  std::erase_if(items, [](const Item& item) { return item.coefficient == 0; });
  return *this;
}

Angle::Circular Angle::circular(std::span<const double> angles, double scale) const {
  Sum sum{constant, rest};
  for (const Item& item : items) sum.add(item.coefficient * angles[item.angle]);
  const double value = sum.value * scale, little = sum.rest * scale;
  const double cosine = std::cos(value), sine = std::sin(value);
  return {cosine - little * sine, sine + little * cosine, value + little};
}

void AngleRun::evaluate(std::span<double> angles) const {
  using Complex = std::complex<double>;
  Complex a{1}, b{0}, c{0}, d{1};
  for (const Gate& gate : gates) {
    const Angle::Circular half = gate.theta.circular(angles, 0.5), left = gate.phi.circular(angles),
                          right = gate.lambda.circular(angles);
    const Complex phi{left.cosine, left.sine}, lambda{right.cosine, right.sine};
    const Complex u00 = half.cosine, u01 = -lambda * half.sine, u10 = phi * half.sine,
                  u11 = phi * lambda * half.cosine;
    const Complex a2 = u00 * a + u01 * c, b2 = u00 * b + u01 * d, c2 = u10 * a + u11 * c,
                  d2 = u10 * b + u11 * d;
    a = a2, b = b2, c = c2, d = d2;
  }
  // a = e^{iγ} cos θ/2, c = e^{i(γ+φ)} sin θ/2, b = −e^{i(γ+λ)} sin θ/2, d = e^{i(γ+φ+λ)} cos θ/2.
  // The argument of a small entry is noise. It enters the larger entries in no way, and its own
  // entry by its magnitude only; where that is no more than rounding the free angle is zero.
  const double cosine = std::hypot(std::abs(a), std::abs(d)),
               sine = std::hypot(std::abs(b), std::abs(c));
  constexpr double kRounding = 0x1p-51;
  double gamma = 0, phi = 0, lambda = 0;
  if (cosine < sine) {
    gamma = cosine < kRounding ? std::arg(c) : std::arg(a);
    phi = std::arg(c) - gamma;
    lambda = std::arg(-b) - gamma;
  } else {
    gamma = std::arg(a);
    phi = sine < kRounding ? 0 : std::arg(c) - gamma;
    lambda = std::arg(d) - gamma - phi;
  }
  double* derived = &angles[first_derived];
  derived[0] = 2 * std::atan2(sine, cosine);
  derived[1] = phi;
  derived[2] = lambda;
  derived[3] = gamma;
}

template <typename Scalar>
void Recipe::write(std::span<const double> angles, Scalar* values) const {
  const Angle::Circular at = angle.circular(angles, kind == RecipeKind::phase ? 1.0 : 0.5);
  const auto cosine = static_cast<Scalar>(at.cosine), sine = static_cast<Scalar>(at.sine);
  const auto write = [&](Scalar first, Scalar second, Scalar third, Scalar fourth) {
    Scalar* to = values + slot;
    to[0] = first, to[1] = second, to[2] = third, to[3] = fourth;
  };
  switch (kind) {
    case RecipeKind::phase: {
      const double turns = at.value / (2 * std::numbers::pi);
      return write(cosine, sine, static_cast<Scalar>(turns - std::round(turns)), 0);
    }
    case RecipeKind::rotation:
      return write(cosine, -sine, sine, cosine);
    case RecipeKind::reflection:
      return write(sine, cosine, cosine, -sine);
    case RecipeKind::half_angle:
      return write(cosine, sine, 0, 0);
  }
}

template void Recipe::write(std::span<const double>, float*) const;
template void Recipe::write(std::span<const double>, double*) const;

}  // namespace qmlx
