#include "core/binding.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace qmlx {

Angle& Angle::add(const Angle& other, double factor) {
  constant += factor * other.constant;
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

double Angle::value(std::span<const double> angles) const {
  double sum = constant;
  for (const Item& item : items) sum += item.coefficient * angles[item.angle];
  return sum;
}

void AngleRun::evaluate(std::span<double> angles) const {
  using Complex = std::complex<double>;
  Complex a{1}, b{0}, c{0}, d{1};
  for (const Gate& gate : gates) {
    const double half = gate.theta.value(angles) / 2;
    const double phi = gate.phi.value(angles);
    const double lambda = gate.lambda.value(angles);
    const double cosine = std::cos(half), sine = std::sin(half);
    const Complex u00 = cosine, u01 = -std::polar(1.0, lambda) * sine,
                  u10 = std::polar(1.0, phi) * sine, u11 = std::polar(1.0, phi + lambda) * cosine;
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
  const double value = angle.value(angles) * (kind == RecipeKind::phase ? 1.0 : 0.5);
  const auto cosine = static_cast<Scalar>(std::cos(value));
  const auto sine = static_cast<Scalar>(std::sin(value));
  const auto write = [&](Scalar first, Scalar second, Scalar third, Scalar fourth) {
    Scalar* at = values + slot;
    at[0] = first, at[1] = second, at[2] = third, at[3] = fourth;
  };
  switch (kind) {
    case RecipeKind::phase: {
      const double turns = value / (2 * std::numbers::pi);
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
