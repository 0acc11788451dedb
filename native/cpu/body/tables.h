// Tables of a diagonal stage in one tile: the factor of an amplitude is low[l] · high[h], times
// what couples the low bits of its index with the high ones.
#pragma once

#include "cpu/body/exponents.h"

namespace qmlx::cpu::QMLX_ISA {

enum class Coupling : std::uint8_t {
  none,
  signs,  // only factors −1
  factors,
};

// What the tables hold besides ones.
struct TableShape {
  bool low;
  bool high;
  Coupling coupling;
};

template <typename Scalar>
class TableBuilder {
  using V = Simd<Scalar>;
  static constexpr unsigned kSize = kElements<Scalar>;

 public:
  static void place(DiagonalTables<Scalar>& tables, unsigned tile_bits, unsigned split,
                    std::size_t most_terms, Bump& bump) {
    const std::size_t rows = std::size_t{1} << (tile_bits - split);
    const std::size_t columns = std::size_t{1} << split;
    const std::size_t padding = kLanes<Scalar>;
    place_exponents(tables.exponents, tile_bits, most_terms, bump);
    tables.low = bump.take<Scalar>(4 * columns);
    tables.high = bump.take<Scalar>(2 * (rows + padding));
    tables.per_bit = bump.take<Scalar>(2 * (rows + padding) * split);
    tables.signs = bump.take<std::uint32_t>(rows);
    tables.row = bump.take<Scalar>(2 * columns);
    tables.spare = bump.take<Scalar>(4 * (rows > columns ? rows : columns) + 4 * padding);
  }

  TableBuilder(const Exponents& exponents, DiagonalTables<Scalar>& tables, unsigned tile_bits,
               unsigned split)
      : exponents_(exponents),
        tables_(tables),
        split_(split),
        high_bits_(tile_bits - split),
        low_mask_((1U << split) - 1) {}

  TableShape run() {
    TableShape shape{};
    shape.low = needs(0, split_, low_mask_);
    const std::uint32_t high_mask = ~low_mask_;
    shape.high = needs(split_, high_bits_, high_mask) || !is_one(exponents_.constant);
    shape.coupling = couple();
    if (shape.coupling == Coupling::factors) shape.high = true;
    if (shape.low) build_low();
    if (shape.high) {
      build(split_, high_bits_, exponents_.constant, tables_.high);
      apply_general(tables_.high, 1U << high_bits_, split_, high_mask);
    }
    if (shape.coupling == Coupling::signs) build_signs();
    if (shape.coupling == Coupling::factors) build_per_bit();
    return shape;
  }

  // Low bits that a coupling joins with high ones.
  std::uint32_t coupled_low() const { return coupled_low_; }

  // One table of `per_bit`.
  Scalar* of_bit(unsigned bit) const {
    const std::size_t entries = (std::size_t{1} << high_bits_) + kLanes<Scalar>;
    return tables_.per_bit + 2 * entries * bit;
  }

  // A general term lies on one side if all its bits do; the others are applied row by row.
  static bool within(const GeneralTerm& term, std::uint32_t side) {
    return ((term.mask | term.parity) & ~side) == 0;
  }

 private:
  static bool is_one(Phasor a) { return a.re == 1 && a.im == 0; }
  // Up to what a scalar cannot hold or the sine of π is rounded by.
  static bool is_minus_one(Phasor a) {
    constexpr double kTiny = sizeof(Scalar) == 4 ? 1e-12 : 0x1p-51;
    return a.re == -1 && a.im < kTiny && a.im > -kTiny;
  }

  bool needs(unsigned first, unsigned count, std::uint32_t side) const {
    if ((exponents_.linear_mask & side) != 0) return true;
    for (unsigned bit = first; bit < first + count; ++bit) {
      if ((exponents_.coupled[bit] & side) != 0) return true;
    }
    for (std::uint32_t k = 0; k < exponents_.general_count; ++k) {
      if (within(exponents_.general[k], side)) return true;
    }
    return false;
  }

  const Phasor& coupling(unsigned high, unsigned low) const {
    return exponents_.couplings[Exponents::pair(high, low)];
  }

  Coupling couple() {
    Coupling result = Coupling::none;
    coupled_low_ = 0;
    for (unsigned high = split_; high < split_ + high_bits_; ++high) {
      for (std::uint32_t rest = exponents_.coupled[high] & low_mask_; rest != 0; rest &= rest - 1) {
        coupled_low_ |= rest & (~rest + 1);
        const bool sign = is_minus_one(coupling(high, static_cast<unsigned>(__builtin_ctz(rest))));
        if (!sign) result = Coupling::factors;
        if (result == Coupling::none) result = Coupling::signs;
      }
    }
    return result;
  }

  // to[x] = from[x] · by, over complex numbers
  static void scale(const Scalar* from, Scalar* to, std::size_t count, Phasor by) {
    const auto re = static_cast<Scalar>(by.re), im = static_cast<Scalar>(by.im);
    if (count < kLanes<Scalar>) {
      for (std::size_t x = 0; x < count; ++x) multiply_one(from + 2 * x, re, im, to + 2 * x);
      return;
    }
    const Multiplier<Scalar> multiplier_of_all = multiplier<Scalar>(re, im);
    for (std::size_t x = 0; x < 2 * count; x += kSize)
      store<Scalar>(to + x, multiply<Scalar>(load<Scalar>(from + x), multiplier_of_all));
  }

  static void copy_numbers(const Scalar* from, Scalar* to, std::size_t count) {
    __builtin_memcpy(to, from, 2 * count * sizeof(Scalar));
  }

  // to[x] = a[x] · b[x]
  static void multiply_tables(const Scalar* a, const Scalar* b, Scalar* to, std::size_t count) {
    if (count < kLanes<Scalar>) {
      for (std::size_t x = 0; x < count; ++x)
        multiply_one(a + 2 * x, b[2 * x], b[2 * x + 1], to + 2 * x);
      return;
    }
    for (std::size_t x = 0; x < 2 * count; x += kSize) {
      const Multiplier<Scalar> by = multiplier<Scalar>(load<Scalar>(b + x));
      store<Scalar>(to + x, multiply<Scalar>(load<Scalar>(a + x), by));
    }
  }

  // The table over the bits [first, first + count), doubling it with each bit.
  void build(unsigned first, unsigned count, Phasor start, Scalar* out) {
    out[0] = static_cast<Scalar>(start.re);
    out[1] = static_cast<Scalar>(start.im);
    for (unsigned k = 0; k < count; ++k) {
      const unsigned bit = first + k;
      const std::size_t size = std::size_t{1} << k;
      Scalar* upper = out + 2 * size;
      const bool linear = (exponents_.linear_mask >> bit & 1) != 0;
      const std::uint32_t partners =
          exponents_.coupled[bit] >> first & ((std::uint32_t{1} << k) - 1);
      if (partners == 0) {
        linear ? scale(out, upper, size, exponents_.linear[bit]) : copy_numbers(out, upper, size);
        continue;
      }
      Scalar* factors = tables_.spare;
      const Phasor one = linear ? exponents_.linear[bit] : Phasor{1, 0};
      factors[0] = static_cast<Scalar>(one.re);
      factors[1] = static_cast<Scalar>(one.im);
      for (unsigned low = 0; low < k; ++low) {
        Scalar* next = factors + (std::size_t{2} << low);
        if ((partners >> low & 1) != 0) {
          scale(factors, next, std::size_t{1} << low, coupling(bit, first + low));
        } else {
          copy_numbers(factors, next, std::size_t{1} << low);
        }
      }
      multiply_tables(out, factors, upper, size);
    }
  }

  void build_low() {
    const std::uint32_t columns = 1U << split_;
    build(0, split_, {1, 0}, tables_.row);
    apply_general(tables_.row, columns, 0, low_mask_);
    for (std::size_t x = 0; x < columns; x += kLanes<Scalar>) {
      const Multiplier<Scalar> by = multiplier<Scalar>(load<Scalar>(tables_.row + 2 * x));
      store<Scalar>(tables_.low + 4 * x, by.re);
      store<Scalar>(tables_.low + 4 * x + kSize, by.im);
    }
  }

  void build_per_bit() {
    for (std::uint32_t rest = coupled_low_; rest != 0; rest &= rest - 1) {
      const unsigned low = static_cast<unsigned>(__builtin_ctz(rest));
      Scalar* out = of_bit(low);
      out[0] = 1;
      out[1] = 0;
      for (unsigned k = 0; k < high_bits_; ++k) {
        Scalar* upper = out + (std::size_t{2} << k);
        if ((exponents_.coupled[split_ + k] >> low & 1) != 0) {
          scale(out, upper, std::size_t{1} << k, coupling(split_ + k, low));
        } else {
          copy_numbers(out, upper, std::size_t{1} << k);
        }
      }
    }
  }

  void build_signs() {
    tables_.signs[0] = 0;
    for (unsigned k = 0; k < high_bits_; ++k) {
      const std::uint32_t flips = exponents_.coupled[split_ + k] & low_mask_;
      const std::uint32_t size = 1U << k;
      for (std::uint32_t row = 0; row < size; ++row)
        tables_.signs[size + row] = tables_.signs[row] ^ flips;
    }
  }

  void apply_general(Scalar* table, std::uint32_t count, unsigned shift, std::uint32_t side) {
    for (std::uint32_t k = 0; k < exponents_.general_count; ++k) {
      const GeneralTerm& term = exponents_.general[k];
      if (!within(term, side)) continue;
      const auto re = static_cast<Scalar>(term.factor.re), im = static_cast<Scalar>(term.factor.im);
      for (std::uint32_t x = 0; x < count; ++x) {
        const std::uint32_t index = x << shift;
        if ((index & term.mask) != term.value) continue;
        const Scalar sign = parity(index & term.parity) != 0 ? -im : im;
        multiply_one(table + 2 * x, re, sign, table + 2 * x);
      }
    }
  }

  const Exponents& exponents_;
  DiagonalTables<Scalar>& tables_;
  unsigned split_;
  unsigned high_bits_;
  std::uint32_t low_mask_;
  std::uint32_t coupled_low_ = 0;
};

}  // namespace qmlx::cpu::QMLX_ISA
