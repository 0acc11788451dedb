#include "core/bound_program.h"

#include <algorithm>

#include "core/plan_cache.h"

namespace qmlx {

namespace {

constexpr std::size_t kMaxOrders = 32;  // swaps under conditions lead to many

bool depends(const Angle& angle, const std::vector<bool>& variable) {
  return std::any_of(angle.items.begin(), angle.items.end(),
                     [&](const Angle::Item& item) { return variable[item.angle]; });
}

bool depends(const AngleRun& run, const std::vector<bool>& variable) {
  return std::any_of(run.gates.begin(), run.gates.end(), [&](const AngleRun::Gate& gate) {
    return depends(gate.theta, variable) || depends(gate.phi, variable) ||
           depends(gate.lambda, variable);
  });
}

}  // namespace

BoundProgram::BoundProgram(std::shared_ptr<const Program> program, const Geometry& geometry,
                           Precision precision)
    : program_(std::move(program)),
      geometry_(geometry),
      precision_(precision),
      plans_(program_->segments().size()) {}

Status BoundProgram::start(std::span<const double> parameters) {
  parameters_ = parameters;
  ++run_;
  return program_->check_parameters(parameters);
}

Status BoundProgram::bind(std::uint32_t segment, const BitOrder& order,
                          const ClassicalMemory& memory, PlanCache& plans,
                          const BoundPlan*& bound) {
  BoundPlan& plan = find(segment, order, plans);
  bound = &plan;
  if (plan.bound_in_run == run_ && !program_->segments()[segment].uses_variables) return {};
  plan.bound_in_run = run_;
  Status status =
      fill(plan, parameters_, memory, plan.angles, part(plan.values, 0, plan.plan->value_count));
  if (!status.ok()) plan.bound_in_run = 0;
  return status;
}

Status BoundProgram::fill(const BoundPlan& bound, std::span<const double> parameters,
                          const ClassicalMemory& memory, std::vector<double>& angles,
                          const Scalars& values) const {
  for (const std::uint32_t angle : bound.variable_angles) {
    Status status = program_->evaluate_angle(angle, parameters, memory, angles[angle]);
    if (!status.ok()) return status;
  }
  for (const AngleRun* run : bound.variable_runs) run->evaluate(angles);
  const auto write = [&](auto table) {
    for (const Recipe* recipe : bound.variable_recipes) recipe->write(angles, table.data());
    for (const PairMatrix* matrix : bound.variable_matrices) matrix->write(angles, table.data());
  };
  with_scalars(values, write);
  return {};
}

BoundPlan& BoundProgram::find(std::uint32_t segment, const BitOrder& order, PlanCache& plans) {
  for (const auto& known : plans_[segment]) {
    if (known->order == order) return *known;
  }
  if (plans_[segment].size() == kMaxOrders) plans_[segment].clear();
  const Segment& source = program_->segments()[segment];
  auto bound = std::make_unique<BoundPlan>();
  bound->order = order;
  bound->plan = plans.plan({source, program_->qubits(), program_->angle_count(), order}, geometry_);
  fill_constants(*bound, source);
  plans_[segment].push_back(std::move(bound));
  return *plans_[segment].back();
}

void BoundProgram::fill_constants(BoundPlan& bound, const Segment& segment) const {
  bound.angles.resize(bound.plan->angle_count);
  bound.values = scalar_vector(precision_, bound.plan->value_count);
  program_->constant_angles(bound.angles);
  std::vector<bool> variable(bound.plan->angle_count, false);
  for (const GateOperation& gate : segment.gates) {
    for (const std::uint32_t angle : gate.angles) {
      if (program_->angle_is_constant(angle) || variable[angle]) continue;
      variable[angle] = true;
      bound.variable_angles.push_back(angle);
    }
  }
  for (const AngleRun& run : bound.plan->runs) {
    if (depends(run, variable)) {
      for (std::uint32_t k = 0; k < 4; ++k) variable[run.first_derived + k] = true;
      bound.variable_runs.push_back(&run);
    } else {
      run.evaluate(bound.angles);
    }
  }
  const auto write = [&](const auto& recipe) {
    with_scalars(bound.values, [&](auto& table) { recipe.write(bound.angles, table.data()); });
  };
  for (const Recipe& recipe : bound.plan->recipes) {
    if (depends(recipe.angle, variable)) {
      bound.variable_recipes.push_back(&recipe);
    } else {
      write(recipe);
    }
  }
  for (const PairMatrix& matrix : bound.plan->matrices) {
    const bool varies =
        std::any_of(matrix.steps.begin(), matrix.steps.end(),
                    [&](const PairMatrix::Step& step) { return depends(step.angle, variable); });
    if (varies) {
      bound.variable_matrices.push_back(&matrix);
    } else {
      write(matrix);
    }
  }
}

}  // namespace qmlx
