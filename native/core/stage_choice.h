// How a pass runs its operations inside a tile: phases in registers and diagonal stages.
#pragma once

#include <cstdint>
#include <vector>

#include "core/schedule.h"
#include "core/selection.h"

namespace qmlx {

// Phases as long as any operation can run in one; a diagonal stage, with all terms that can run,
// only when none can. A phase takes diagonal terms as factors when they are few and let more
// operations follow, as in a Fourier transform.
class StageChoice {
 public:
  // `reached`: bits that phases before have held, to which this pass's are added.
  StageChoice(const Geometry& geometry, std::uint64_t tile, std::uint64_t& reached);

  std::vector<ScheduledStage> run(std::vector<Candidate> remaining);

 private:
  std::vector<std::size_t> best_phase(const std::vector<Candidate>& remaining, std::uint64_t local);
  std::int64_t worth(const std::vector<Candidate>& remaining, std::uint64_t local,
                     std::uint64_t terms);
  std::uint64_t choose_registers(const std::vector<Candidate>& remaining);

  std::uint64_t idle_register(std::uint64_t possible) const;

  std::uint64_t tile_;
  std::uint64_t lanes_;
  std::uint64_t& reached_;
  unsigned register_bits_;
  std::uint64_t moved_ = 0, touched_ = 0;     // by what remains
  std::vector<std::size_t> taken_, waiting_;  // positions; scratch of worth()
};

}  // namespace qmlx
