#include "core/plan_cache.h"

#include <algorithm>

namespace qmlx {

namespace {

constexpr std::size_t kCachedPlans = 64;
constexpr std::size_t kCachedBindings = 64;

bool depends_on_parameters(const Angle& angle, const std::vector<bool>& variable) {
  return std::any_of(angle.items.begin(), angle.items.end(),
                     [&](const Angle::Item& item) { return variable[item.angle]; });
}

}  // namespace

Status Binding::bind(const Program& bound, std::span<const double> parameters) {
  if (bound.parameter_count() == 0 && parameters.empty()) return {};
  if (Status status = bound.evaluate_angles(parameters, angles); !status.ok()) return status;
  for (const AngleRun* run : runs) run->evaluate(angles);
  for (const Recipe* recipe : recipes) recipe->write(angles, values.data());
  return {};
}

std::shared_ptr<const CompiledPlan> PlanCache::plan(const Program& program,
                                                    const Geometry& geometry) {
  std::string key = program.structure();
  key.append(reinterpret_cast<const char*>(&geometry), sizeof(geometry));
  if (const auto known = by_key_.find(key); known != by_key_.end()) {
    plans_.splice(plans_.begin(), plans_, known->second);
    return plans_.front().plan;
  }
  plans_.push_front({std::move(key), compile_plan(program, geometry)});
  by_key_.emplace(plans_.front().key, plans_.begin());
  if (plans_.size() > kCachedPlans) {
    by_key_.erase(plans_.back().key);
    plans_.pop_back();
  }
  return plans_.front().plan;
}

Binding& PlanCache::binding(const Program& program, const Geometry& geometry) {
  const auto known = std::find_if(bindings_.begin(), bindings_.end(), [&](const auto& entry) {
    return entry.first == &program && !entry.second.program.expired() &&
           entry.second.plan->geometry == geometry;
  });
  if (known != bindings_.end()) {
    if (known != bindings_.begin()) bindings_.splice(bindings_.begin(), bindings_, known);
    return bindings_.front().second;
  }
  Binding binding;
  binding.plan = plan(program, geometry);
  binding.program = program.weak_from_this();
  binding.angles.resize(binding.plan->angle_count);
  binding.values.resize(binding.plan->value_count);
  std::vector<bool> variable(binding.plan->angle_count, false);
  for (std::uint32_t angle = 0; angle < program.angle_count(); ++angle)
    variable[angle] = !program.angle_is_constant(angle);
  program.constant_angles(binding.angles);
  for (const AngleRun& run : binding.plan->runs) {
    const bool changes =
        std::any_of(run.gates.begin(), run.gates.end(), [&](const AngleRun::Gate& gate) {
          return depends_on_parameters(gate.theta, variable) ||
                 depends_on_parameters(gate.phi, variable) ||
                 depends_on_parameters(gate.lambda, variable);
        });
    if (changes) {
      for (std::uint32_t k = 0; k < 4; ++k) variable[run.first_derived + k] = true;
      binding.runs.push_back(&run);
    } else {
      run.evaluate(binding.angles);
    }
  }
  for (const Recipe& recipe : binding.plan->recipes) {
    if (depends_on_parameters(recipe.angle, variable)) {
      binding.recipes.push_back(&recipe);
    } else {
      recipe.write(binding.angles, binding.values.data());
    }
  }
  bindings_.emplace_front(&program, std::move(binding));
  if (bindings_.size() > kCachedBindings) bindings_.pop_back();
  return bindings_.front().second;
}

}  // namespace qmlx
