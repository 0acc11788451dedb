// Plans by structure and geometry, and plans with a program's values filled in. The least recently
// used entries go first.
#pragma once

#include <list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/compiled_plan.h"
#include "core/program.h"
#include "core/status.h"

namespace qmlx {

// A plan with one program's constant values filled in, and the recipes that parameters change.
struct Binding {
  // Recomputes what parameters change.
  Status bind(const Program& program, std::span<const double> parameters);

  std::shared_ptr<const CompiledPlan> plan;
  std::vector<double> angles;
  std::vector<float> values;
  std::vector<const AngleRun*> runs;
  std::vector<const Recipe*> recipes;
  std::weak_ptr<const Program> program;
};

class PlanCache {
 public:
  std::shared_ptr<const CompiledPlan> plan(const Program& program, const Geometry& geometry);
  // Valid until the next call.
  Binding& binding(const Program& program, const Geometry& geometry);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const CompiledPlan> plan;
  };
  std::list<Entry> plans_;
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
  std::list<std::pair<const Program*, Binding>> bindings_;
};

}  // namespace qmlx
