// A program's plans on one engine geometry with their values filled in: constants once, parameters
// once a run, classical variables whenever a segment that uses them runs.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/compiled_plan.h"
#include "core/program.h"
#include "core/scalars.h"
#include "core/status.h"

namespace qmlx {

class PlanCache;

struct BoundPlan {
  BitOrder order;  // that the plan starts from
  std::shared_ptr<const CompiledPlan> plan;
  std::vector<double> angles;
  ScalarVector values;
  std::vector<std::uint32_t>
      variable_angles;  // of the program, that parameters or classical memory change
  std::vector<const AngleRun*> variable_runs;
  std::vector<const Recipe*> variable_recipes;
  std::vector<const PairMatrix*> variable_matrices;
  std::uint64_t bound_in_run = 0;
};

class BoundProgram {
 public:
  BoundProgram(std::shared_ptr<const Program> program, const Geometry& geometry,
               Precision precision);

  const Program& program() const { return *program_; }
  const Geometry& geometry() const { return geometry_; }

  // Starts a run with these parameters, which must outlive it.
  Status start(std::span<const double> parameters);
  // The plan of a segment from this order of bits, with the values of this run.
  Status bind(std::uint32_t segment, const BitOrder& order, const ClassicalMemory& memory,
              PlanCache& plans, const BoundPlan*& bound);
  // A plan's values for other parameters, in scratch of one's own; several threads may do so at
  // once.
  Status fill(const BoundPlan& bound, std::span<const double> parameters,
              const ClassicalMemory& memory, std::vector<double>& angles,
              const Scalars& values) const;
  std::span<const double> parameters() const { return parameters_; }

 private:
  BoundPlan& find(std::uint32_t segment, const BitOrder& order, PlanCache& plans);
  void fill_constants(BoundPlan& bound, const Segment& segment) const;

  std::shared_ptr<const Program> program_;
  Geometry geometry_;
  Precision precision_;
  std::vector<std::vector<std::unique_ptr<BoundPlan>>>
      plans_;  // per segment, one for each order met
  std::span<const double> parameters_;
  std::uint64_t run_ = 0;
};

}  // namespace qmlx
