#include "cpu/execution.h"

#include <algorithm>
#include <atomic>
#include <bit>

#include "cpu/plan_adapter.h"
#include "cpu/plan_check.h"
#include "cpu/reduction.h"
#include "kernels/bits.h"

namespace qmlx::cpu {

namespace {

// Most parts of a pass that are counted apart. Their norms are added in their own order, whichever
// threads ran them.
constexpr std::uint64_t kMostChunks = 4096;

// The tiles of a pass of which anything can differ from 0: their outside bits are `fixed` or walked
// through.
struct Tiles {
  std::uint64_t walked;
  std::uint64_t fixed;
  std::uint64_t chunks;
  std::uint64_t in_chunk;
};

class Execution {
 public:
  Execution(qmlx_state& state, const qmlx_execution& request, const PlanView& plan)
      : state_(state), engine_(*state.engine), request_(request), plan_(plan) {}

  int run() {
    const bool by_rows = request_.row_count > 1 && engine_.pool.threads() > 1 &&
                         state_.amplitudes() < kParallelAmplitudes;
    reserve(by_rows);
    state_.touch();
    passes_total_ = std::uint64_t{plan_.header().pass_count} * request_.row_count;
    if (by_rows) {
      engine_.pool.run(request_.row_count, [this](unsigned worker, std::uint64_t row) noexcept {
        run_row(static_cast<std::uint32_t>(row), worker, true);
      });
      passes_done_ = passes_total_;
      report_progress();
    } else {
      for (std::uint32_t row = 0; row < request_.row_count; ++row) run_row(row, 0, false);
    }
    if (!cancelled_) return QMLX_OK;
    for (std::uint32_t row = 0; row < request_.row_count; ++row)
      state_.rows[request_.first_row + row] = {};
    engine_.error = "The run was cancelled.";
    return QMLX_CANCELLED;
  }

 private:
  PassSource source(const Pass& pass, std::uint32_t row) const {
    const PlanHeader& header = plan_.header();
    const auto* base = reinterpret_cast<const std::byte*>(&header);
    return {&pass,
            reinterpret_cast<const Stage*>(base + header.stage_offset),
            reinterpret_cast<const Operation*>(base + header.operation_offset),
            reinterpret_cast<const Term*>(base + header.term_offset),
            values(row),
            header.bits,
            header.tile_bits,
            header.row_bits,
            header.register_bits,
            header.lane_bits};
  }

  const void* values(std::uint32_t row) const {
    const std::uint64_t scalar_bytes = engine_.amplitude_bytes() / 2;
    return static_cast<const std::byte*>(request_.values) +
           row * request_.value_stride * scalar_bytes;
  }

  // All memory that the run needs, since workers cannot report that there is none.
  void reserve(bool by_rows) {
    std::size_t prepared = 0, tables = 0, tile = 0;
    for (const Pass& pass : plan_.passes()) {
      const PassSource from = source(pass, 0);
      prepared = std::max(prepared, engine_.executor.prepared_bytes(from));
      tables = std::max(tables, engine_.executor.table_bytes(from));
      tile = std::max(tile, engine_.executor.tile_bytes(from));
    }
    const bool alone = !by_rows && state_.amplitudes() < kParallelAmplitudes;
    const unsigned workers = alone ? 1 : engine_.pool.threads();
    for (unsigned k = 0; k < workers; ++k) {
      Worker& worker = engine_.workers[k];
      if (k == 0 || by_rows) worker.prepared.reserve(prepared);
      worker.tables.reserve(tables);
      worker.tile.reserve(tile);
    }
    engine_.partial_sums.resize(kMostChunks);
  }

  void report_progress() const {
    if (request_.progress != nullptr && !cancelled_)
      request_.progress(request_.context, passes_done_, passes_total_);
  }

  // On one worker alone, or with all of them sharing each pass.
  void run_row(std::uint32_t row, unsigned worker, bool alone) {
    const std::uint32_t index = request_.first_row + row;
    double* const norm = request_.norms == nullptr ? nullptr : request_.norms + row;
    const auto passes = plan_.passes();
    bool measured = false;
    for (const Pass& pass : passes) {
      if (cancelled_) return;
      if (pass.stage_count != 0) {
        measured = &pass == &passes.back();
        run_pass(pass, row, worker, alone, measured ? norm : nullptr);
      }
      if (alone) continue;
      ++passes_done_;
      report_progress();
    }
    if (norm != nullptr && !measured) *norm = squared_norm(state_, index);
  }

  void run_pass(const Pass& pass, std::uint32_t row, unsigned worker, bool alone, double* norm) {
    const PassSource from = source(pass, row);
    std::byte* const prepared = engine_.workers[worker].prepared.data();
    engine_.executor.prepare(from, prepared);

    RowKnowledge& known = state_.rows[request_.first_row + row];
    TileWork work{};
    work.amplitudes = state_.row(request_.first_row + row);
    work.zero_mask = known.basis ? low_mask(from.bits) : known.zero_mask;
    work.zero_value = known.zero_value;
    work.known = known.basis
                     ? Known::basis
                     : ((work.zero_mask & pass.tile_mask) != 0 ? Known::part : Known::nothing);
    work.cancel = request_.cancel;

    const std::uint64_t outside = low_mask(from.bits) & ~pass.tile_mask;
    Tiles tiles{outside & ~work.zero_mask, outside & work.zero_value, 0, 0};
    const std::uint64_t count = std::uint64_t{1} << std::popcount(tiles.walked);
    tiles.chunks = std::min(count, kMostChunks);
    tiles.in_chunk = count / tiles.chunks;
    if (norm != nullptr) *norm = 0;
    if (alone || count << from.tile_bits < kParallelAmplitudes) {
      for (std::uint64_t chunk = 0; chunk < tiles.chunks; ++chunk) {
        const double sum = run_chunk(prepared, work, tiles, chunk, worker, norm != nullptr);
        if (norm != nullptr) *norm += sum;
      }
    } else {
      double* const sums = engine_.partial_sums.data();
      engine_.pool.run(tiles.chunks, [&](unsigned on, std::uint64_t chunk) noexcept {
        sums[chunk] = run_chunk(prepared, work, tiles, chunk, on, norm != nullptr);
      });
      for (std::uint64_t chunk = 0; norm != nullptr && chunk < tiles.chunks; ++chunk)
        *norm += sums[chunk];
    }
    const std::uint64_t reached = reached_bits(from);
    known = {false, work.zero_mask & ~reached, work.zero_value & ~reached};
  }

  // Bits along which a pass writes amplitudes.
  static std::uint64_t reached_bits(const PassSource& from) {
    std::uint64_t bits = low_mask(from.lane_bits);
    for (std::uint32_t k = 0; k < from.pass->stage_count; ++k) {
      const Stage& stage = from.stages[from.pass->first_stage + k];
      if (stage.kind != StageKind::phase) continue;
      for (unsigned r = 0; r < from.register_bits; ++r)
        bits |= std::uint64_t{1} << from.pass->tile_bits[stage.register_positions[r]];
    }
    return bits;
  }

  // Returns the squared norm of the chunk's amplitudes if it is wanted.
  double run_chunk(const std::byte* prepared, TileWork work, const Tiles& tiles,
                   std::uint64_t chunk, unsigned worker, bool wanted) {
    const Worker& memory = engine_.workers[worker];
    const Workspace workspace{memory.tile.data(), memory.tables.data()};
    double sum = 0;
    if (wanted) work.norm = &sum;
    std::uint64_t walk = deposit(chunk * tiles.in_chunk, tiles.walked);
    for (std::uint64_t k = 0; k < tiles.in_chunk; ++k) {
      if (cancelled_.load(std::memory_order_relaxed)) return 0;
      work.outside = walk | tiles.fixed;
      if (!engine_.executor.run_tile(prepared, work, workspace)) cancelled_ = true;
      walk = next_within(walk, tiles.walked);
    }
    return sum;
  }

  qmlx_state& state_;
  qmlx_engine& engine_;
  const qmlx_execution& request_;
  const PlanView& plan_;
  std::uint64_t passes_done_ = 0;
  std::uint64_t passes_total_ = 0;
  std::atomic<bool> cancelled_{false};
};

}  // namespace

int execute_plan(qmlx_state& state, const qmlx_execution& request) {
  qmlx_engine& engine = *state.engine;
  const auto refuse = [&](int code, std::string text) {
    engine.error = std::move(text);
    return code;
  };
  if (const char* fault = plan_fault(request.plan, state.bits))
    return refuse(QMLX_INVALID_ARGUMENT, std::string("The plan is damaged: ") + fault + ".");
  PlanView plan(request.plan);
  if (request.values == nullptr && plan.header().value_count > 0)
    return refuse(QMLX_INVALID_ARGUMENT, "The plan needs values and none were given.");
  if (std::uint64_t{request.first_row} + request.row_count > state.batch)
    return refuse(QMLX_INVALID_ARGUMENT,
                  "The state has " + std::to_string(state.batch) + " rows; rows " +
                      std::to_string(request.first_row) + " to " +
                      std::to_string(std::uint64_t{request.first_row} + request.row_count) +
                      " were to be run.");
  if (!fits_lanes(plan.header(), engine.executor.lane_bits)) {
    if (!adapt_plan(plan, engine.executor.lane_bits, engine.adapted_plan))
      return refuse(QMLX_UNSUPPORTED, "The plan's phases hold more registers than this engine.");
    plan = PlanView(engine.adapted_plan.data());
  }
  return Execution(state, request, plan).run();
}

}  // namespace qmlx::cpu
