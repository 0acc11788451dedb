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
    state_ = {work.amplitudes + 2 * work.outside, pass.tile_mask >> kL};
    inner_ = pass.contiguous
                 ? state_
                 : Side<Scalar>{workspace.tile, (std::uint64_t{1} << (pass.tile_bits - kL)) - 1};
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
    const bool filled = fill();
    typename V::Sums squares{};
    for (std::uint32_t k = 0; k < pass_.stage_count; ++k) {
      if (work_.cancel != nullptr && __atomic_load_n(work_.cancel, __ATOMIC_RELAXED) != 0)
        return false;
      const bool first = k == 0 && !filled, last = k + 1 == pass_.stage_count;
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
  bool fill() {
    if (work_.known == Known::nothing) return false;
    const std::size_t amplitudes = std::size_t{1} << pass_.tile_bits;
    if (work_.known == Known::basis) {
      __builtin_memset(inner_.base, 0, 2 * amplitudes * sizeof(Scalar));
      inner_.base[2 * extract(work_.zero_value, pass_.tile_mask)] = 1;
      return true;
    }
    const std::size_t row_bytes = (sizeof(Scalar) * 2) << pass_.row_bits;
    const std::uint64_t rows = pass_.tile_mask & ~((1ULL << pass_.row_bits) - 1);
    std::uint64_t row = 0;
    Scalar* to = inner_.base;
    do {
      const bool in_memory = ((work_.outside | row) & work_.zero_mask) == work_.zero_value;
      if (!in_memory) {
        __builtin_memset(to, 0, row_bytes);
      } else if (!pass_.contiguous) {
        __builtin_memcpy(to, state_.base + 2 * row, row_bytes);
      }
      to += std::size_t{2} << pass_.row_bits;
      row = next_within(row, rows);
    } while (row != 0);
    return true;
  }

  void run_stage(const PreparedStage<Scalar>& stage, const Route<Scalar>& route) {
    if (stage.kind == StageKind::diagonal) {
      DiagonalRunner<Scalar>(stage.diagonal, pass_, tables_, work_.outside).run(route);
      return;
    }
    const PreparedOperation<Scalar>* operations = stage.phase.operations;
    std::uint32_t count = stage.phase.count;
    if (stage.phase.outside) {
      count = operations_in_tile(stage.phase, work_.outside, operations_);
      operations = operations_;
    }
    const bool stays = route.from.base == route.to.base && route.squares == nullptr;
    if (count == 0 && !stage.phase.moves && stays) return;
    run_phase(stage.phase, operations, count, route);
  }

  void run_phase(const PreparedPhase<Scalar>& phase, const PreparedOperation<Scalar>* operations,
                 std::uint32_t count, const Route<Scalar>& route) {
    const unsigned vector_bits = pass_.tile_bits - kL;
    switch (pass_.register_bits) {
      case 0:
        return PhaseRunner<Scalar, 0>::run(phase, operations, count, vector_bits, route);
      case 1:
        return PhaseRunner<Scalar, 1>::run(phase, operations, count, vector_bits, route);
      case 2:
        return PhaseRunner<Scalar, 2>::run(phase, operations, count, vector_bits, route);
      case 3:
        return PhaseRunner<Scalar, 3>::run(phase, operations, count, vector_bits, route);
      default:
        return PhaseRunner<Scalar, 4>::run(phase, operations, count, vector_bits, route);
    }
  }

  const PreparedPass<Scalar>& pass_;
  const TileWork work_;
  Side<Scalar> state_{}, inner_{};
  DiagonalTables<Scalar> tables_{};
  PreparedOperation<Scalar>* operations_ = nullptr;
  std::uint32_t most_operations_ = 0;
  std::uint32_t most_terms_ = 0;
};

}  // namespace qmlx::cpu::QMLX_ISA
