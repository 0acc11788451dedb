// From angles to the value table. A recipe says how one slot follows from the program's angles;
// structure never depends on their values.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace qmlx {

// constant + Σ coefficient · angle. Indices below the program's angle count name its angles; those
// above name angles derived from runs.
struct Angle {
  struct Item {
    std::uint32_t angle;
    double coefficient;
    friend bool operator==(const Item&, const Item&) = default;
  };
  double constant = 0;
  std::vector<Item> items;
  double rest = 0;  // of the constant, lost where it was added up

  bool is_constant() const { return items.empty(); }
  bool is_zero() const { return items.empty() && constant == 0; }
  Angle& add(const Angle& other, double factor = 1);
  // Cosine and sine of scale times the angle. Sums of large and small angles keep what the small
  // ones add.
  struct Circular {
    double cosine, sine, value;
  };
  Circular circular(std::span<const double> angles, double scale = 1) const;
  friend bool operator==(const Angle&, const Angle&) = default;
};

// Consecutive one-qubit gates u(θ, φ, λ) on one qubit, merged into global phase γ · P(φ) · RY(θ) ·
// P(λ) when values are known. The four derived angles lie at first_derived: θ, φ, λ, γ.
struct AngleRun {
  struct Gate {
    Angle theta, phi, lambda;
    friend bool operator==(const Gate&, const Gate&) = default;
  };
  std::uint32_t first_derived = 0;
  std::vector<Gate> gates;

  void evaluate(std::span<double> angles) const;
};

// A slot is four scalars, so that a GPU reads it with one load.
inline constexpr std::uint32_t kSlotScalars = 4;

enum class RecipeKind : std::uint8_t {
  phase,       // cos a, sin a, a in turns between −1/2 and 1/2, 0
  rotation,    // RY(a): cos a/2, −sin a/2, sin a/2, cos a/2
  reflection,  // X · RY(a): sin a/2, cos a/2, cos a/2, −sin a/2
  half_angle,  // cos a/2, sin a/2, 0, 0
};

struct Recipe {
  RecipeKind kind;
  std::uint32_t slot;
  Angle angle;

  // Scalars are float or double.
  template <typename Scalar>
  void write(std::span<const double> angles, Scalar* values) const;
};

}  // namespace qmlx
