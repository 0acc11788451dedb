#include "core/schedule.h"

#include "core/selection.h"
#include "core/stage_choice.h"
#include "core/tile_choice.h"

namespace qmlx {

std::vector<Candidate> take_out(std::vector<Candidate>& candidates,
                                const std::vector<std::size_t>& positions) {
  std::vector<Candidate> taken;
  taken.reserve(positions.size());
  if (positions.empty()) return taken;
  std::size_t write = positions.front();
  for (std::size_t read = write; read < candidates.size(); ++read) {
    if (taken.size() < positions.size() && positions[taken.size()] == read) {
      taken.push_back(candidates[read]);
    } else {
      candidates[write++] = candidates[read];
    }
  }
  candidates.resize(write);
  return taken;
}

std::vector<ScheduledPass> schedule(const Ir& ir, const Geometry& geometry) {
  const std::uint64_t all = low_mask(ir.bits);
  std::vector<Candidate> remaining;
  remaining.reserve(ir.operations.size());
  for (std::uint32_t index = 0; index < ir.operations.size(); ++index) {
    const IrOperation& operation = ir.operations[index];
    remaining.push_back({operation.axes, index, operation.kind == IrKind::term});
  }
  const std::size_t limit = geometry.max_operations == 0 ? SIZE_MAX : geometry.max_operations;
  TileChoice tiles(geometry, ir.bits);
  std::vector<ScheduledPass> passes;
  std::uint64_t reached = 0;
  while (!remaining.empty()) {
    const std::uint64_t tile = tiles.choose(remaining);
    std::vector<std::size_t> positions;
    select(
        remaining, {.local = tile, .all = all, .limit = limit},
        [&](std::size_t position) { positions.push_back(position); }, [](std::size_t) {});
    std::vector<Candidate> taken = take_out(remaining, positions);
    passes.push_back({tile, StageChoice(geometry, tile, reached).run(std::move(taken))});
  }
  return passes;
}

}  // namespace qmlx
