// Valid plans of any geometry, filled at random with every kind of operation and term.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <cstring>
#include <random>
#include <vector>

#include "core/plan.h"

namespace qmlx::testing {

struct TestPlan {
  std::vector<std::uint64_t> block;
  std::vector<double> numbers;
  std::vector<float> values;  // the same, rounded

  const void* data() const { return block.data(); }
  PlanHeader& header() { return *reinterpret_cast<PlanHeader*>(block.data()); }
};

// Collects the parts of a plan and lays them out.
class PlanBuilder {
 public:
  PlanBuilder(unsigned bits, const Geometry& geometry) : header_{} {
    header_.magic = kPlanMagic;
    header_.version = kPlanVersion;
    header_.bits = bits;
    header_.tile_bits = geometry.tile_bits;
    header_.row_bits = geometry.row_bits;
    header_.register_bits = geometry.register_bits;
    header_.lane_bits = geometry.lane_bits;
    for (unsigned bit = 0; bit < 64; ++bit) header_.order[bit] = static_cast<std::uint8_t>(bit);
  }

  void pass(std::uint64_t tile_mask) {
    Pass pass{tile_mask, static_cast<std::uint32_t>(stages_.size()), 0, {}};
    unsigned position = 0;
    for (; tile_mask != 0; tile_mask &= tile_mask - 1)
      pass.tile_bits[position++] = static_cast<std::uint8_t>(std::countr_zero(tile_mask));
    passes_.push_back(pass);
  }
  void stage(StageKind kind, std::uint64_t register_positions) {
    const std::size_t first = kind == StageKind::phase ? operations_.size() : terms_.size();
    Stage stage{kind, static_cast<std::uint32_t>(first), 0, 0, {}, 0};
    unsigned count = 0;
    for (; register_positions != 0; register_positions &= register_positions - 1)
      stage.register_positions[count++] =
          static_cast<std::uint8_t>(std::countr_zero(register_positions));
    stages_.push_back(stage);
    ++passes_.back().stage_count;
  }
  void add(const Operation& operation) {
    operations_.push_back(operation);
    ++stages_.back().count;
  }
  void add(const Term& term) {
    terms_.push_back(term);
    ++stages_.back().count;
  }
  std::uint32_t slot(const std::vector<double>& scalars) {
    const std::size_t slot = values_.size();
    values_.insert(values_.end(), scalars.begin(), scalars.end());
    return static_cast<std::uint32_t>(slot);
  }

  const PlanHeader& header() const { return header_; }
  std::size_t stage_count() const { return stages_.size(); }
  const Pass& last_pass() const { return passes_.back(); }

  TestPlan finish() {
    std::uint32_t bytes = sizeof(PlanHeader);
    const auto place = [&](const auto& items, std::uint32_t& count, std::uint32_t& offset) {
      count = static_cast<std::uint32_t>(items.size());
      offset = bytes;
      bytes += static_cast<std::uint32_t>(items.size() * sizeof(items[0]));
    };
    place(passes_, header_.pass_count, header_.pass_offset);
    place(stages_, header_.stage_count, header_.stage_offset);
    place(operations_, header_.operation_count, header_.operation_offset);
    place(terms_, header_.term_count, header_.term_offset);
    header_.bytes = bytes;
    header_.value_count = static_cast<std::uint32_t>(values_.size());
    TestPlan plan{std::vector<std::uint64_t>((bytes + 7) / 8), values_, {}};
    for (const double value : values_) plan.values.push_back(static_cast<float>(value));
    auto* out = reinterpret_cast<std::byte*>(plan.block.data());
    std::memcpy(out, &header_, sizeof(header_));
    const auto copy = [&](const auto& items, std::uint32_t offset) {
      if (!items.empty()) std::memcpy(out + offset, items.data(), items.size() * sizeof(items[0]));
    };
    copy(passes_, header_.pass_offset);
    copy(stages_, header_.stage_offset);
    copy(operations_, header_.operation_offset);
    copy(terms_, header_.term_offset);
    return plan;
  }

 private:
  PlanHeader header_;
  std::vector<Pass> passes_;
  std::vector<Stage> stages_;
  std::vector<Operation> operations_;
  std::vector<Term> terms_;
  std::vector<double> values_;
};

class RandomPlan {
 public:
  RandomPlan(std::mt19937_64& random, unsigned bits, const Geometry& geometry)
      : random_(random), builder_(bits, geometry), all_((1ULL << bits) - 1) {}

  // Factors of modulus other than 1 are allowed in diagonal terms only if wanted: they change
  // norms.
  TestPlan make(unsigned passes, unsigned stages, bool any_modulus = false) {
    any_modulus_ = any_modulus;
    for (unsigned p = 0; p < passes; ++p) {
      builder_.pass(random_tile());
      for (unsigned s = 0; s < stages; ++s) below(3) == 0 ? diagonal() : phase();
    }
    return builder_.finish();
  }

 private:
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
  double real() { return std::uniform_real_distribution<double>(-4, 4)(random_); }

  // A subset of `of` with about `expected` bits.
  std::uint64_t subset(std::uint64_t of, unsigned expected) {
    std::uint64_t result = 0;
    const auto size = static_cast<unsigned>(std::popcount(of));
    for (; of != 0; of &= of - 1) {
      if (below(size) < expected) result |= of & (~of + 1);
    }
    return result;
  }

  std::uint64_t pick(std::uint64_t from, unsigned count) {
    std::uint64_t result = 0;
    while (static_cast<unsigned>(std::popcount(result)) < count) {
      std::uint64_t rest = from & ~result;
      for (std::uint64_t skip = below(static_cast<std::uint64_t>(std::popcount(rest))); skip > 0;
           --skip)
        rest &= rest - 1;
      result |= rest & (~rest + 1);
    }
    return result;
  }

  std::uint64_t random_tile() {
    const PlanHeader& header = builder_.header();
    const std::uint64_t rows = (1ULL << header.row_bits) - 1;
    return rows | pick(all_ & ~rows, header.tile_bits - header.row_bits);
  }

  std::vector<double> phase_value() {
    switch (below(any_modulus_ ? 8 : 6)) {
      case 0:
        return {-1, 0, 0.5};
      case 1:
        return {0, 1, 0.25};
      case 6:
        return {0, 0, 0};
      case 7:
        return {0.5, -0.75, 0};
      default:
        return angle_value();
    }
  }

  // Orthonormal rows: a random complex matrix through Gram and Schmidt.
  std::vector<double> unitary(unsigned size) {
    std::vector<std::complex<double>> m(size * size);
    for (auto& entry : m) entry = {real(), real()};
    for (unsigned row = 0; row < size; ++row) {
      for (unsigned other = 0; other < row; ++other) {
        std::complex<double> overlap = 0;
        for (unsigned k = 0; k < size; ++k)
          overlap += std::conj(m[other * size + k]) * m[row * size + k];
        for (unsigned k = 0; k < size; ++k) m[row * size + k] -= overlap * m[other * size + k];
      }
      double norm = 0;
      for (unsigned k = 0; k < size; ++k) norm += std::norm(m[row * size + k]);
      for (unsigned k = 0; k < size; ++k) m[row * size + k] /= std::sqrt(norm);
    }
    std::vector<double> scalars;
    for (const auto& entry : m) {
      scalars.push_back(entry.real());
      scalars.push_back(entry.imag());
    }
    return scalars;
  }

  void diagonal() {
    builder_.stage(StageKind::diagonal, 0);
    const PlanHeader& header = builder_.header();
    const std::uint64_t tile = (1ULL << header.tile_bits) - 1;
    const std::uint64_t outside = all_ & ~builder_.last_pass().tile_mask;
    const auto style = below(3);  // of one or two bits, only signs, anything
    for (std::uint64_t k = below(12); k-- > 0;) {
      Term term{};
      if (style == 2) {
        term.tile_mask = static_cast<std::uint32_t>(subset(tile, 2));
        term.tile_parity = static_cast<std::uint32_t>(subset(tile, below(2) == 0 ? 3 : 0));
        term.outside_mask = subset(outside, static_cast<unsigned>(below(2)));
        term.outside_parity = subset(outside, static_cast<unsigned>(below(2)));
        term.tile_value = term.tile_mask & static_cast<std::uint32_t>(random_());
        term.outside_value = term.outside_mask & random_();
      } else {
        const auto bits = std::min<std::uint64_t>(1 + below(2), header.tile_bits);
        term.tile_mask = static_cast<std::uint32_t>(pick(tile, static_cast<unsigned>(bits)));
        term.tile_value = term.tile_mask;
        if (style == 0 && below(2) == 0) std::swap(term.tile_mask, term.tile_parity);
        term.tile_value = term.tile_mask;
        if (below(3) == 0) term.outside_mask = term.outside_value = subset(outside, 1);
      }
      term.slot = builder_.slot(style == 1 ? std::vector<double>{-1, 0, 0.5} : phase_value());
      builder_.add(term);
    }
  }

  void phase() {
    const PlanHeader& header = builder_.header();
    const std::uint64_t lanes = (1ULL << header.lane_bits) - 1;
    const std::uint64_t tile = (1ULL << header.tile_bits) - 1;
    const std::uint64_t registers = pick(tile & ~lanes, header.register_bits);
    builder_.stage(StageKind::phase, registers);
    for (std::uint64_t k = below(8); k-- > 0;) operation(tile & ~lanes & ~registers);
  }

  void operation(std::uint64_t tile) {
    const PlanHeader& header = builder_.header();
    const unsigned local_bits = header.lane_bits + header.register_bits;
    const std::uint64_t local = (1ULL << local_bits) - 1;
    const std::uint64_t outside = all_ & ~builder_.last_pass().tile_mask;
    Operation op{};
    op.kind = static_cast<OperationKind>(below(6));
    if (local_bits == 0) op.kind = OperationKind::factor;
    if (local_bits < 2 && op.kind == OperationKind::dense4) op.kind = OperationKind::dense2;
    std::uint64_t moved = 0;
    if (op.kind == OperationKind::pauli) {
      moved = subset(local, 2);
      op.lane_x = lane_part(moved);
      op.register_x = register_part(moved);
      op.quarter = static_cast<std::uint8_t>(below(4));
    } else if (op.kind != OperationKind::factor) {
      moved = pick(local, op.kind == OperationKind::dense4 ? 2 : 1);
      op.target = static_cast<std::uint8_t>(std::countr_zero(moved));
      op.target2 = static_cast<std::uint8_t>(63 - std::countl_zero(moved));
      if (below(2) == 0) std::swap(op.target, op.target2);
    }
    if (op.kind == OperationKind::pauli || op.kind == OperationKind::factor) {
      const std::uint64_t z = subset(local, 2);
      op.lane_z = lane_part(z);
      op.register_z = register_part(z);
      op.tile_z = static_cast<std::uint32_t>(subset(tile, 1));
      op.outside_z = subset(outside, 1);
    }
    const auto expected = static_cast<unsigned>(below(2));
    const std::uint64_t mask = subset(local & ~moved, expected), value = mask & random_();
    op.lane_mask = lane_part(mask);
    op.lane_value = lane_part(value);
    op.register_mask = register_part(mask);
    op.register_value = register_part(value);
    op.tile_mask = static_cast<std::uint32_t>(subset(tile, expected));
    op.tile_value = op.tile_mask & static_cast<std::uint32_t>(random_());
    op.outside_mask = subset(outside, expected);
    op.outside_value = op.outside_mask & random_();
    if (op.kind == OperationKind::dense2) op.slot = builder_.slot(unitary(2));
    if (op.kind == OperationKind::dense4) op.slot = builder_.slot(unitary(4));
    if (op.kind == OperationKind::real2) op.slot = builder_.slot(real_matrix());
    if (op.kind == OperationKind::pauli || op.kind == OperationKind::factor)
      op.slot = builder_.slot(angle_value());
    builder_.add(op);
  }

  // cos, sin and the angle in turns
  std::vector<double> angle_value() {
    const double angle = real();
    const double turns = angle / (2 * 3.14159265358979323846);
    return {std::cos(angle), std::sin(angle), turns - std::round(turns)};
  }

  // A rotation, or a reflection as in a Hadamard gate.
  std::vector<double> real_matrix() {
    const std::vector<double> v = angle_value();
    if (below(2) == 0) return {v[0], -v[1], v[1], v[0]};
    return {v[0], v[1], v[1], -v[0]};
  }

  std::uint16_t lane_part(std::uint64_t local) const {
    return static_cast<std::uint16_t>(local & ((1U << builder_.header().lane_bits) - 1));
  }
  std::uint16_t register_part(std::uint64_t local) const {
    return static_cast<std::uint16_t>(local >> builder_.header().lane_bits);
  }

  std::mt19937_64& random_;
  PlanBuilder builder_;
  std::uint64_t all_;
  bool any_modulus_ = false;
};

// A geometry that plans of this size can have, from the tiniest to the whole state in one tile. Any
// vectors can run it: those of one amplitude hold at most four bits of a phase in registers.
inline Geometry random_geometry(std::mt19937_64& random, unsigned bits) {
  Geometry geometry;
  geometry.tile_bits = static_cast<std::uint32_t>(random() % (bits + 1));
  geometry.row_bits = static_cast<std::uint32_t>(random() % (geometry.tile_bits + 1));
  geometry.lane_bits = static_cast<std::uint32_t>(random() % (std::min(geometry.row_bits, 3U) + 1));
  const unsigned room = geometry.tile_bits - geometry.lane_bits;
  geometry.register_bits =
      static_cast<std::uint32_t>(random() % (std::min(room, 4U - geometry.lane_bits) + 1));
  return geometry;
}

}  // namespace qmlx::testing
