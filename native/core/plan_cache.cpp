#include "core/plan_cache.h"

#include <algorithm>

namespace qmlx {

namespace {

constexpr std::size_t kCachedPlans = 256;
constexpr std::size_t kCachedPrograms = 32;

}  // namespace

std::shared_ptr<const CompiledPlan> PlanCache::plan(const PlanSource& source,
                                                    const Geometry& geometry) {
  std::string key = source.segment.structure;
  const std::uint32_t sizes[] = {source.bits, source.angle_count};
  key.append(reinterpret_cast<const char*>(sizes), sizeof(sizes));
  key.append(reinterpret_cast<const char*>(source.order.data()), source.order.size());
  key.append(reinterpret_cast<const char*>(&geometry), sizeof(geometry));
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    plans_.splice(plans_.begin(), plans_, known->second);
    return plans_.front().plan;
  }
  plans_.push_front({std::move(key), compile_plan(source, geometry)});
  by_key_.emplace(plans_.front().key, plans_.begin());
  if (plans_.size() > kCachedPlans) {
    by_key_.erase(plans_.back().key);
    plans_.pop_back();
  }
  return plans_.front().plan;
}

BoundProgram& PlanCache::bound(const Program& program, const Geometry& geometry) {
  const auto known =
      std::find_if(programs_.begin(), programs_.end(), [&](const BoundProgram& entry) {
        return &entry.program() == &program && entry.geometry() == geometry;
      });
  if (known != programs_.end()) {
    if (known != programs_.begin()) programs_.splice(programs_.begin(), programs_, known);
    return programs_.front();
  }
  programs_.emplace_front(program.shared_from_this(), geometry, precision_);
  if (programs_.size() > kCachedPrograms) programs_.pop_back();
  return programs_.front();
}

}  // namespace qmlx
