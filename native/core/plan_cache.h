// Plans by structure, order and geometry, and programs bound to them. The least recently used
// entries go first.
#pragma once

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/bound_program.h"
#include "core/compiled_plan.h"

namespace qmlx {

class PlanCache {
 public:
  explicit PlanCache(Precision precision) : precision_(precision) {}

  std::shared_ptr<const CompiledPlan> plan(const PlanSource& source, const Geometry& geometry);
  // Valid until the next call.
  BoundProgram& bound(const Program& program, const Geometry& geometry);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const CompiledPlan> plan;
  };
  Precision precision_;
  std::list<Entry> plans_;
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;
  std::list<BoundProgram> programs_;
};

}  // namespace qmlx
