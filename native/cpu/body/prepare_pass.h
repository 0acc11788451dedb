// Prepares a pass once for all its tiles.
#pragma once

#include "cpu/body/exponents.h"
#include "cpu/body/prepare_operation.h"
#include "cpu/body/side.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
class PassPreparer {
  using V = Simd<Scalar>;
  static constexpr unsigned kL = V::kLaneBits;

 public:
  PassPreparer(const PassSource& source, std::byte* block) : source_(source), bump_(block) {}

  // Counts only if there is no block.
  std::size_t run() {
    auto* pass = bump_.template take<PreparedPass<Scalar>>(1);
    auto* stages = bump_.template take<PreparedStage<Scalar>>(source_.pass->stage_count);
    if (pass != nullptr) describe(*pass, stages);
    PendingScale pending(last_everywhere());
    for (std::uint32_t k = 0; k < source_.pass->stage_count; ++k) {
      const Stage& stage = source_.stages[source_.pass->first_stage + k];
      if (stages != nullptr) stages[k].kind = stage.kind;
      if (stage.kind == StageKind::phase) {
        phase(stage, pending, stages == nullptr ? nullptr : &stages[k].phase);
      } else {
        diagonal(stage, stages == nullptr ? nullptr : &stages[k].diagonal);
      }
    }
    return bump_.used();
  }

  // Bits of the tile below which diagonals use their low table: about half, enough for rows to be
  // worth starting, and no more than lie together in memory.
  static unsigned split(const PassSource& source) {
    const unsigned together =
        contiguous(source) || source.row_bits > kL + kGapBits ? kL + kGapBits : source.row_bits;
    unsigned split = (source.tile_bits + 1) / 2;
    if (split < kLeastSplit) split = kLeastSplit;
    if (split > together) split = together;
    if (split > source.tile_bits) split = source.tile_bits;
    return split > kL ? split : kL;
  }

  // A tile of neighbours that fits the first cache, or passes through it only once or twice, gains
  // nothing from being moved.
  static bool in_place(const PassSource& source) {
    if (!contiguous(source)) return source.pass->stage_count == 1;
    return source.tile_bits <= kFirstCacheBits || source.pass->stage_count <= 2;
  }

 private:
  static constexpr unsigned kFirstCacheBits = sizeof(Scalar) == 4 ? 11 : 10;  // 16 KiB
  static constexpr unsigned kLeastSplit = 7;

  // The tile's bits are the lowest ones: its amplitudes are neighbours in memory.
  static bool contiguous(const PassSource& source) {
    return source.pass->tile_mask == (1ULL << source.tile_bits) - 1;
  }

  const Scalar* values() const { return static_cast<const Scalar*>(source_.values); }

  void describe(PreparedPass<Scalar>& pass, PreparedStage<Scalar>* stages) const {
    pass.stages = stages;
    pass.stage_count = source_.pass->stage_count;
    pass.tile_bits = source_.tile_bits;
    pass.row_bits = source_.row_bits;
    pass.register_bits = source_.register_bits;
    pass.split = split(source_);
    pass.tile_mask = source_.pass->tile_mask;
    pass.contiguous = contiguous(source_);
    pass.in_place = in_place(source_);
    pass.values = values();
  }

  const Operation* last_everywhere() const {
    for (std::uint32_t k = source_.pass->stage_count; k-- > 0;) {
      const Stage& stage = source_.stages[source_.pass->first_stage + k];
      for (std::uint32_t j = stage.kind == StageKind::phase ? stage.count : 0; j-- > 0;) {
        const Operation& operation = source_.operations[stage.first + j];
        if (PendingScale::everywhere(operation)) return &operation;
      }
    }
    return nullptr;
  }

  void phase(const Stage& stage, PendingScale& pending, PreparedPhase<Scalar>* out) {
    auto* operations = bump_.template take<PreparedOperation<Scalar>>(stage.count);
    std::size_t vectors = 0;
    for (std::uint32_t k = 0; k < stage.count; ++k)
      vectors += OperationPreparer<Scalar>::vectors(source_.operations[stage.first + k].kind);
    auto* coefficients = bump_.template take<Scalar>(vectors * kElements<Scalar>);
    if (out == nullptr) return;
    const unsigned registers = source_.register_bits;
    for (unsigned k = 0; k < kMaxExecutorRegisterBits; ++k) {
      const unsigned position = k < registers ? stage.register_positions[k] : kL;
      out->positions[k] = static_cast<std::uint8_t>(position - kL);
    }
    std::uint32_t first = 0, last = stage.count;
    fold_flips(stage, first, last, *out);
    out->operations = operations;
    out->count = last - first;
    out->outside = false;
    for (std::uint32_t k = first; k < last; ++k) {
      const Operation& operation = source_.operations[stage.first + k];
      PreparedOperation<Scalar>& prepared = operations[k - first];
      coefficients =
          OperationPreparer<Scalar>(operation, values(), registers, pending, coefficients, prepared)
              .run();
      if ((operation.outside_mask | operation.outside_z) != 0) out->outside = true;
    }
  }

  static bool flips_registers_only(const Operation& operation) {
    return operation.kind == OperationKind::flip && operation.target >= kL &&
           operation.lane_mask == 0 && operation.tile_mask == 0 && operation.outside_mask == 0;
  }

  template <typename Swap>
  static void each_exchange(const Operation& operation, unsigned registers, const Swap& swap) {
    const unsigned bit = 1U << (operation.target - kL);
    for (unsigned j = 0; j < 1U << registers; ++j) {
      if ((j & bit) == 0 && (j & operation.register_mask) == operation.register_value)
        swap(j, j | bit);
    }
  }

  // Takes leading and trailing flips out of [first, last) and into the places of the registers.
  void fold_flips(const Stage& stage, std::uint32_t& first, std::uint32_t& last,
                  PreparedPhase<Scalar>& out) const {
    const Operation* operations = source_.operations + stage.first;
    for (unsigned j = 0; j < 1U << kMaxExecutorRegisterBits; ++j)
      out.load_from[j] = out.store_to[j] = static_cast<std::uint8_t>(j);
    out.moves = false;
    const auto exchange = [](std::uint8_t* places) {
      return [places](unsigned j, unsigned k) {
        const std::uint8_t place = places[j];
        places[j] = places[k];
        places[k] = place;
      };
    };
    for (; first < last && flips_registers_only(operations[first]); ++first) {
      each_exchange(operations[first], source_.register_bits, exchange(out.load_from));
      out.moves = true;
    }
    // From the last flip back: what a later flip moves on, an earlier one has brought there.
    for (; first < last && flips_registers_only(operations[last - 1]); --last) {
      each_exchange(operations[last - 1], source_.register_bits, exchange(out.store_to));
      out.moves = true;
    }
  }

  void diagonal(const Stage& stage, PreparedDiagonal* out) {
    Exponents places{};
    place_exponents(places, source_.tile_bits, stage.count, bump_);
    auto* outside = bump_.template take<std::uint32_t>(stage.count);
    if (out == nullptr) return;
    out->inside = places;
    out->terms = source_.terms + stage.first;
    out->outside = outside;
    out->outside_count = 0;
    out->count = stage.count;
    clear(out->inside, source_.tile_bits);
    for (std::uint32_t k = 0; k < stage.count; ++k) {
      if (depends_on_outside(out->terms[k])) {
        outside[out->outside_count++] = k;
      } else {
        add_term(out->inside, out->terms[k], values(), 0);
      }
    }
  }

  const PassSource& source_;
  Bump bump_;
};

}  // namespace qmlx::cpu::QMLX_ISA
