// A diagonal stage: every row of a tile is multiplied by its factors from the tables.
#pragma once

#include "cpu/body/phase.h"
#include "cpu/body/tables.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
class DiagonalRunner {
  using V = Simd<Scalar>;
  using Vector = typename V::Vector;
  using Bits = typename V::Bits;
  static constexpr std::size_t kSize = kElements<Scalar>;
  static constexpr unsigned kL = V::kLaneBits;
  static constexpr unsigned kAhead = 8;  // rows between a prefetch and its use

 public:
  DiagonalRunner(const PreparedDiagonal& diagonal, const PreparedPass<Scalar>& pass,
                 DiagonalTables<Scalar>& tables, std::uint64_t outside)
      : pass_(pass),
        tables_(tables),
        exponents_(in_tile(diagonal, pass, tables, outside)),
        builder_(exponents_, tables, pass.tile_bits, pass.split),
        shape_(builder_.run()),
        row_vectors_(std::size_t{1} << (pass.split - kL)) {
    const std::uint32_t low = (1U << pass.split) - 1;
    for (std::uint32_t k = 0; k < exponents_.general_count; ++k) {
      const GeneralTerm& term = exponents_.general[k];
      if (!builder_.within(term, low) && !builder_.within(term, ~low)) rowwise_ = true;
    }
  }

  // Rows must lie in memory as a whole or not at all.
  void run(const Route<Scalar>& route, const Support& support) {
    support_ = support;
    switch (shape_.coupling) {
      case Coupling::none:
        shape_.low ? (shape_.high ? rows<true, true>(route) : rows<true, false>(route))
                   : (shape_.high ? rows<false, true>(route) : rows<false, false>(route));
        break;
      case Coupling::signs:
        shape_.low ? rows<true, true, Coupling::signs>(route)
                   : rows<false, true, Coupling::signs>(route);
        break;
      case Coupling::factors:
        shape_.low ? rows<true, true, Coupling::factors>(route)
                   : rows<false, true, Coupling::factors>(route);
        break;
    }
  }

 private:
  static const Exponents& in_tile(const PreparedDiagonal& diagonal,
                                  const PreparedPass<Scalar>& pass, DiagonalTables<Scalar>& tables,
                                  std::uint64_t outside) {
    if (diagonal.outside_count == 0) return diagonal.inside;
    copy(diagonal.inside, tables.exponents, pass.tile_bits);
    for (std::uint32_t k = 0; k < diagonal.outside_count; ++k)
      add_term(tables.exponents, diagonal.terms[diagonal.outside[k]], pass.values, outside);
    return tables.exponents;
  }

  template <bool Low, bool High, Coupling Kind = Coupling::none>
  void rows(const Route<Scalar>& route) {
    const auto low = static_cast<std::uint32_t>(row_vectors_ - 1);
    const Side<Scalar> from_side = reduced(route.from, support_, low);
    const Side<Scalar> to_side = reduced(route.to, support_, low);
    const unsigned row_shift = pass_.split - kL;
    const std::uint32_t all = (1U << (pass_.tile_bits - pass_.split)) - 1;
    const std::uint32_t walked = all & ~(support_.mask >> row_shift);
    std::uint32_t step = 0;
    std::uint64_t source = 0, target = 0, ahead = 0;
    for (unsigned k = 0; k < kAhead && route.prefetch; ++k)
      ahead = next_within(ahead, from_side.mask);
    do {
      const std::uint32_t row = step | support_.value >> row_shift;
      const Scalar* from = from_side.at(source);
      Scalar* to = to_side.at(target);
      if (route.prefetch) {
        const Scalar* later = from_side.at(ahead);
        for (std::uint64_t v = 0; v <= low; ++v) __builtin_prefetch(later + v * kSize);
        ahead = next_within(ahead, from_side.mask);
      }
      if constexpr (Kind == Coupling::none) {
        plain_row<Low, High>(from, to, row);
      } else if constexpr (Kind == Coupling::signs) {
        signed_row<Low>(from, to, row);
      } else {
        coupled_row<Low>(from, to, row);
      }
      if (rowwise_) general_row(to, row);
      if (route.squares != nullptr) {
        for (std::uint64_t v = 0; v <= low; ++v)
          V::add_squares(*route.squares, load<Scalar>(to + v * kSize));
      }
      step = next_within(step, walked);
      source = next_within(source, from_side.mask);
      target = next_within(target, to_side.mask);
    } while (step != 0);
  }

  Multiplier<Scalar> low(std::size_t v) const {
    return {load<Scalar>(tables_.low + 2 * v * kSize),
            load<Scalar>(tables_.low + 2 * v * kSize + kSize)};
  }

  Multiplier<Scalar> high(std::uint32_t row) const {
    return shape_.high ? multiplier<Scalar>(tables_.high[2 * row], tables_.high[2 * row + 1])
                       : multiplier<Scalar>(Scalar{1}, Scalar{0});
  }

  template <bool Low, bool High>
  void plain_row(const Scalar* from, Scalar* to, std::uint32_t row) const {
    const Multiplier<Scalar> by = high(row);
    for (std::size_t v = 0; v < row_vectors_; ++v) {
      Vector a = load<Scalar>(from + v * kSize);
      if constexpr (Low) a = multiply<Scalar>(a, low(v));
      if constexpr (High) a = multiply<Scalar>(a, by);
      store<Scalar>(to + v * kSize, a);
    }
  }

  // The row's factor is given the sign that each lane has; vectors choose between it and its
  // negative.
  template <bool Low>
  void signed_row(const Scalar* from, Scalar* to, std::uint32_t row) const {
    const std::uint32_t flips = tables_.signs[row];
    if (flips == 0) return plain_row<Low, true>(from, to, row);
    const Bits signs = lane_signs<Scalar>(flips & (kLanes<Scalar> - 1));
    const Multiplier<Scalar> one = high(row);
    const Bits all = sign_bits<Scalar>();
    Multiplier<Scalar> by[2];
    by[0] = {flip_signs<Scalar>(one.re, signs), flip_signs<Scalar>(one.im, signs)};
    by[1] = {flip_signs<Scalar>(by[0].re, all), flip_signs<Scalar>(by[0].im, all)};
    const std::uint32_t vector_flips = flips >> kL;
    for (std::size_t v = 0; v < row_vectors_; ++v) {
      Vector a = load<Scalar>(from + v * kSize);
      if constexpr (Low) a = multiply<Scalar>(a, low(v));
      store<Scalar>(to + v * kSize, multiply<Scalar>(a, by[parity(vector_flips & v)]));
    }
  }

  // The row's own table, doubled with every low bit that is coupled.
  template <bool Low>
  void coupled_row(const Scalar* from, Scalar* to, std::uint32_t row) const {
    Scalar* factors = tables_.row;
    factors[0] = tables_.high[2 * row];
    factors[1] = tables_.high[2 * row + 1];
    for (unsigned bit = 0; bit < pass_.split; ++bit) {
      const std::size_t size = std::size_t{1} << bit;
      Scalar* upper = factors + 2 * size;
      if ((builder_.coupled_low() >> bit & 1) == 0) {
        __builtin_memcpy(upper, factors, 2 * size * sizeof(Scalar));
        continue;
      }
      const Scalar* phase = builder_.of_bit(bit) + 2 * row;
      if (size < kLanes<Scalar>) {
        for (std::size_t x = 0; x < size; ++x)
          multiply_one(factors + 2 * x, phase[0], phase[1], upper + 2 * x);
      } else {
        const Multiplier<Scalar> by = multiplier<Scalar>(phase[0], phase[1]);
        for (std::size_t x = 0; x < 2 * size; x += kSize)
          store<Scalar>(upper + x, multiply<Scalar>(load<Scalar>(factors + x), by));
      }
    }
    for (std::size_t v = 0; v < row_vectors_; ++v) {
      Vector a = load<Scalar>(from + v * kSize);
      if constexpr (Low) a = multiply<Scalar>(a, low(v));
      a = multiply<Scalar>(a, multiplier<Scalar>(load<Scalar>(factors + v * kSize)));
      store<Scalar>(to + v * kSize, a);
    }
  }

  // Terms that join several low bits with high ones.
  void general_row(Scalar* row_begin, std::uint32_t row) const {
    const std::uint32_t low = (1U << pass_.split) - 1, high_part = row << pass_.split;
    for (std::uint32_t k = 0; k < exponents_.general_count; ++k) {
      const GeneralTerm& term = exponents_.general[k];
      if (builder_.within(term, low) || builder_.within(term, ~low)) continue;
      if ((high_part & term.mask & ~low) == (term.value & ~low))
        multiply_row(row_begin, high_part, term);
    }
  }

  void multiply_row(Scalar* row_begin, std::uint32_t high_part, const GeneralTerm& term) const {
    const std::uint32_t lanes = kLanes<Scalar> - 1, middle = ((1U << pass_.split) - 1) & ~lanes;
    alignas(kVectorAlignment) Scalar factors[2][kSize];
    for (unsigned lane = 0; lane <= lanes; ++lane) {
      const bool acts = (lane & term.mask) == (term.value & lanes);
      const double im = parity(lane & term.parity) != 0 ? -term.factor.im : term.factor.im;
      for (unsigned odd = 0; odd < 2; ++odd) {
        factors[odd][2 * lane] = acts ? static_cast<Scalar>(term.factor.re) : Scalar{1};
        factors[odd][2 * lane + 1] = acts ? static_cast<Scalar>(odd != 0 ? -im : im) : Scalar{0};
      }
    }
    const Multiplier<Scalar> by[2] = {multiplier<Scalar>(load<Scalar>(factors[0])),
                                      multiplier<Scalar>(load<Scalar>(factors[1]))};
    for (std::size_t v = 0; v < row_vectors_; ++v) {
      const std::uint32_t index = high_part | static_cast<std::uint32_t>(v << kL);
      if ((index & term.mask & middle) != (term.value & middle)) continue;
      Scalar* place = row_begin + v * kSize;
      const unsigned odd = parity(index & term.parity);
      store<Scalar>(place, multiply<Scalar>(load<Scalar>(place), by[odd]));
    }
  }

  const PreparedPass<Scalar>& pass_;
  DiagonalTables<Scalar>& tables_;
  const Exponents& exponents_;
  TableBuilder<Scalar> builder_;
  TableShape shape_;
  std::size_t row_vectors_;
  bool rowwise_ = false;
  Support support_;
};

}  // namespace qmlx::cpu::QMLX_ISA
