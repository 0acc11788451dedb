// One tile through all stages of its pass. The first stage reads the state and the last one writes
// it; between them the tile lies in the worker's own memory, small enough for the second cache.
#pragma once

#include "cpu/body/diagonal.h"
#include "cpu/body/prepare_pass.h"

namespace qmlx::cpu::QMLX_ISA {

template <typename Scalar>
class TileRunner {
  using V = Simd<Scalar>;
  static constexpr unsigned kL = V::kLaneBits;
  static constexpr std::size_t kSize = kElements<Scalar>;

 public:
  TileRunner(const PreparedPass<Scalar>& pass, const TileWork& work, const Workspace& workspace)
      : pass_(pass), work_(work) {
    state_ = {static_cast<Scalar*>(work.amplitudes) + 2 * work.outside, pass.tile_mask >> kL, 0};
    inner_ = pass.in_place ? state_
                           : Side<Scalar>::inner(reinterpret_cast<Scalar*>(workspace.tile),
                                                 pass.tile_bits - kL);
    Bump bump(workspace.tables);
    place(pass, bump);
  }

  static std::size_t table_bytes(const PassSource& source) {
    PreparedPass<Scalar> pass{};
    pass.tile_bits = source.tile_bits;
    pass.split = PassPreparer<Scalar>::split(source);
    std::uint32_t operations = 0, terms = 0;
    for (std::uint32_t k = 0; k < source.pass->stage_count; ++k) {
      const Stage& stage = source.stages[source.pass->first_stage + k];
      std::uint32_t& most = stage.kind == StageKind::phase ? operations : terms;
      if (stage.count > most) most = stage.count;
    }
    TileRunner runner(pass, operations, terms);
    Bump bump(nullptr);
    runner.place(pass, bump);
    return bump.used();
  }

  bool run() {
    const bool brought = bring_in();
    typename V::Sums squares{};
    for (std::uint32_t k = 0; k < pass_.stage_count; ++k) {
      if (work_.cancel != nullptr && __atomic_load_n(work_.cancel, __ATOMIC_RELAXED) != 0)
        return false;
      const bool first = k == 0 && !brought, last = k + 1 == pass_.stage_count;
      const Route<Scalar> route{first ? state_ : inner_, last ? state_ : inner_,
                                first && !pass_.contiguous,
                                last && work_.norm != nullptr ? &squares : nullptr};
      run_stage(pass_.stages[k], route);
    }
    if (work_.norm != nullptr) *work_.norm += V::total(squares);
    return true;
  }

 private:
  TileRunner(const PreparedPass<Scalar>& pass, std::uint32_t operations, std::uint32_t terms)
      : pass_(pass), work_{} {
    most_operations_ = operations;
    most_terms_ = terms;
  }

  // Every stage of the pass shares these places.
  void place(const PreparedPass<Scalar>& pass, Bump& bump) {
    for (std::uint32_t k = 0; k < pass.stage_count; ++k) {
      const PreparedStage<Scalar>& stage = pass.stages[k];
      if (stage.kind == StageKind::phase) {
        if (stage.phase.count > most_operations_) most_operations_ = stage.phase.count;
      } else if (stage.diagonal.count > most_terms_) {
        most_terms_ = stage.diagonal.count;
      }
    }
    operations_ = bump.take<PreparedOperation<Scalar>>(most_operations_);
    TableBuilder<Scalar>::place(tables_, pass.tile_bits, pass.split, most_terms_, bump);
  }

  // Brings a tile of which only a part is in memory into the inner memory. False if nothing is to
  // be done.
  bool bring_in() {
    if (work_.known == Known::nothing) return false;
    const auto position = [&](std::uint64_t bits) {
      return static_cast<std::uint32_t>(extract(bits, pass_.tile_mask) >> kL);
    };
    support_ = {position(work_.zero_mask), position(work_.zero_value)};
    if (work_.known == Known::basis) {
      const std::uint64_t lane = extract(work_.zero_value, pass_.tile_mask) & (kLanes<Scalar> - 1);
      Scalar* const vector = inner_.at(deposit<std::uint64_t>(support_.value, inner_.mask));
      store<Scalar>(vector, V::broadcast(0));
      vector[2 * lane] = 1;
      return true;
    }
    if (pass_.in_place) return true;
    const Side<Scalar> from = reduced(state_, support_, 0), to = reduced(inner_, support_, 0);
    std::uint64_t source = 0, target = 0;
    do {
      store<Scalar>(to.at(target), load<Scalar>(from.at(source)));
      source = next_within(source, from.mask);
      target = next_within(target, to.mask);
    } while (target != 0);
    return true;
  }

  // Writes the zeros among the vectors that differ in these positions from one in memory.
  void write_zeros(std::uint32_t positions) {
    const std::uint32_t missing = support_.mask & positions;
    if (missing == 0) return;
    const std::uint32_t all = (1U << (pass_.tile_bits - kL)) - 1;
    const std::uint32_t walked = (all & ~support_.mask) | missing;
    const std::uint32_t fixed = support_.value & ~missing;
    std::uint32_t step = 0;
    do {
      if ((step & missing) != (support_.value & missing)) {
        store<Scalar>(inner_.at(deposit<std::uint64_t>(step | fixed, inner_.mask)),
                      V::broadcast(0));
      }
      step = next_within(step, walked);
    } while (step != 0);
    support_.without(missing);
  }

  void run_stage(const PreparedStage<Scalar>& stage, const Route<Scalar>& route) {
    if (stage.kind == StageKind::diagonal) {
      write_zeros((1U << (pass_.split - kL)) - 1);
      DiagonalRunner<Scalar>(stage.diagonal, pass_, tables_, work_.outside).run(route, support_);
      return;
    }
    const PreparedOperation<Scalar>* operations = stage.phase.operations;
    std::uint32_t count = stage.phase.count;
    if (stage.phase.outside) {
      count = operations_in_tile(stage.phase, work_.outside, operations_);
      operations = operations_;
    }
    std::uint32_t registers = 0;
    for (unsigned k = 0; k < pass_.register_bits; ++k) registers |= 1U << stage.phase.positions[k];
    const bool stays = route.from.base == route.to.base && route.squares == nullptr &&
                       (registers & support_.mask) == 0;
    if (count == 0 && !stage.phase.moves && stays) return;
    run_phase(stage.phase, operations, count, route);
    support_.without(registers);
  }

  void run_phase(const PreparedPhase<Scalar>& phase, const PreparedOperation<Scalar>* operations,
                 std::uint32_t count, const Route<Scalar>& route) {
    const unsigned bits = pass_.tile_bits - kL;
    switch (pass_.register_bits) {
      case 0:
        return PhaseRunner<Scalar, 0>::run(phase, operations, count, bits, route, support_);
      case 1:
        return PhaseRunner<Scalar, 1>::run(phase, operations, count, bits, route, support_);
      case 2:
        return PhaseRunner<Scalar, 2>::run(phase, operations, count, bits, route, support_);
      case 3:
        return PhaseRunner<Scalar, 3>::run(phase, operations, count, bits, route, support_);
      default:
        return PhaseRunner<Scalar, 4>::run(phase, operations, count, bits, route, support_);
    }
  }

  const PreparedPass<Scalar>& pass_;
  const TileWork work_;
  Side<Scalar> state_{}, inner_{};
  DiagonalTables<Scalar> tables_{};
  PreparedOperation<Scalar>* operations_ = nullptr;
  Support support_;
  std::uint32_t most_operations_ = 0;
  std::uint32_t most_terms_ = 0;
};

}  // namespace qmlx::cpu::QMLX_ISA
