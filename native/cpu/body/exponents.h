// Collects the terms of a diagonal stage, so that a tile's work does not depend on how many there
// are: terms of one bit and of two bits multiply together, whatever their masks and parities.
#pragma once

#include "cpu/body/prepared.h"

namespace qmlx::cpu::QMLX_ISA {

// Bytes of the arrays of Exponents are handed out by `bump`.
inline void place_exponents(Exponents& exponents, unsigned tile_bits, std::size_t most_terms,
                            Bump& bump) {
  exponents.coupled = bump.take<std::uint32_t>(tile_bits);
  exponents.linear = bump.take<Phasor>(tile_bits);
  exponents.couplings = bump.take<Phasor>(Exponents::pair(tile_bits, 0));
  exponents.general = bump.take<GeneralTerm>(most_terms);
}

inline void clear(Exponents& exponents, unsigned tile_bits) {
  exponents.constant = {1, 0};
  exponents.linear_mask = 0;
  exponents.general_count = 0;
  for (unsigned bit = 0; bit < tile_bits; ++bit) exponents.coupled[bit] = 0;
}

// The arrays of `to` have their own places.
inline void copy(const Exponents& from, Exponents& to, unsigned tile_bits) {
  to.constant = from.constant;
  to.linear_mask = from.linear_mask;
  to.general_count = from.general_count;
  for (unsigned bit = 0; bit < tile_bits; ++bit) {
    to.coupled[bit] = from.coupled[bit];
    to.linear[bit] = from.linear[bit];
  }
  for (unsigned high = 1; high < tile_bits; ++high) {
    for (std::uint32_t rest = from.coupled[high]; rest != 0; rest &= rest - 1) {
      const std::size_t pair = Exponents::pair(high, static_cast<unsigned>(__builtin_ctz(rest)));
      to.couplings[pair] = from.couplings[pair];
    }
  }
  for (std::uint32_t k = 0; k < from.general_count; ++k) to.general[k] = from.general[k];
}

inline void multiply_linear(Exponents& exponents, unsigned bit, Phasor by) {
  Phasor& entry = exponents.linear[bit];
  entry = (exponents.linear_mask >> bit & 1) != 0 ? entry * by : by;
  exponents.linear_mask |= 1U << bit;
}

inline void multiply_coupling(Exponents& exponents, unsigned a, unsigned b, Phasor by) {
  const unsigned high = a > b ? a : b, low = a > b ? b : a;
  Phasor& entry = exponents.couplings[Exponents::pair(high, low)];
  entry = (exponents.coupled[high] >> low & 1) != 0 ? entry * by : by;
  exponents.coupled[high] |= 1U << low;
}

// Values of a term of up to two bits, by their bits; and the quotients the Exponents hold. A value
// is 1, the factor or its conjugate.
class SmallTerm {
 public:
  SmallTerm(const GeneralTerm& term)
      : term_(term), bits_(term.mask | term.parity), square_(norm(term.factor)) {
    const unsigned first = static_cast<unsigned>(__builtin_ctz(bits_ | 0x80000000U));
    const std::uint32_t other = bits_ & (bits_ - 1);
    const unsigned second = static_cast<unsigned>(__builtin_ctz(other | 0x80000000U));
    index_[1] = bits_ & ~other;
    index_[2] = other;
    index_[3] = bits_;
    bit_[0] = first;
    bit_[1] = second;
  }

  // False if the term is too large or its factor too close to 0 to be divided by.
  bool add_to(Exponents& exponents) const {
    const int size = __builtin_popcount(bits_);
    if (size > 2) return false;
    const Value constant = value(0);
    if (size == 0) {
      exponents.constant = exponents.constant * constant.number;
      return true;
    }
    const Value first = value(index_[1]);
    if (size == 1) {
      if (constant.trivial) {
        multiply_linear(exponents, bit_[0], first.number);
        return true;
      }
      if (!divisible()) return false;
      exponents.constant = exponents.constant * constant.number;
      multiply_linear(exponents, bit_[0], first.number * inverse(constant));
      return true;
    }
    const Value second = value(index_[2]), both = value(index_[3]);
    const bool only_both = constant.trivial && first.trivial && second.trivial;
    if (!only_both && !divisible()) return false;
    if (!only_both) {
      exponents.constant = exponents.constant * constant.number;
      if (!(first == constant))
        multiply_linear(exponents, bit_[0], first.number * inverse(constant));
      if (!(second == constant))
        multiply_linear(exponents, bit_[1], second.number * inverse(constant));
      multiply_coupling(exponents, bit_[0], bit_[1],
                        both.number * constant.number * inverse(first) * inverse(second));
    } else {
      multiply_coupling(exponents, bit_[0], bit_[1], both.number);
    }
    return true;
  }

 private:
  struct Value {
    Phasor number;
    bool trivial;    // 1
    bool conjugate;  // of the factor

    bool operator==(const Value& other) const {
      return trivial == other.trivial && conjugate == other.conjugate;
    }
  };

  static double norm(Phasor a) { return a.re * a.re + a.im * a.im; }

  bool divisible() const { return square_ > 1e-6 && square_ < 1e6; }

  Value value(std::uint32_t index) const {
    if ((index & term_.mask) != term_.value) return {{1, 0}, true, false};
    const Phasor factor = term_.factor;
    if (parity(index & term_.parity) == 0) return {factor, false, false};
    return {{factor.re, -factor.im}, false, true};
  }

  Phasor inverse(const Value& value) const {
    if (value.trivial) return {1, 0};
    return {value.number.re / square_, -value.number.im / square_};
  }

  const GeneralTerm& term_;
  std::uint32_t bits_;
  double square_;
  std::uint32_t index_[4] = {};
  unsigned bit_[2];
};

// Adds a term in a tile whose outside bits have this value.
template <typename Scalar>
void add_term(Exponents& exponents, const Term& term, const Scalar* values, std::uint64_t outside) {
  if ((outside & term.outside_mask) != term.outside_value) return;
  GeneralTerm general{term.tile_mask,
                      term.tile_value,
                      term.tile_parity & ~term.tile_mask,
                      {values[term.slot], values[term.slot + 1]}};
  // Where the term acts, the parity of its masked bits is that of their values.
  const unsigned odd =
      parity(outside & term.outside_parity) ^ parity(term.tile_value & term.tile_parity);
  if (odd != 0) general.factor.im = -general.factor.im;
  if (SmallTerm(general).add_to(exponents)) return;
  exponents.general[exponents.general_count++] = general;
}

inline bool depends_on_outside(const Term& term) {
  return (term.outside_mask | term.outside_parity) != 0;
}

}  // namespace qmlx::cpu::QMLX_ISA
