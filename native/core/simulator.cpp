#include "core/simulator.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <list>
#include <map>
#include <unordered_map>

#include "core/compiled_plan.h"
#include "core/sampler.h"

namespace qmlx {

namespace {

constexpr std::size_t kCachedPlans = 64;
constexpr std::size_t kCachedBindings = 64;
constexpr std::size_t kBytesPerAmplitude = 8;
constexpr double kNormTolerance = 1e-3;

std::uint64_t bytes_for(unsigned qubits) { return kBytesPerAmplitude << qubits; }

// A plan with one program's constant values filled in, and the recipes that parameters change.
struct Binding {
  std::shared_ptr<const CompiledPlan> plan;
  std::vector<double> angles;
  std::vector<float> values;
  std::vector<const AngleRun*> runs;
  std::vector<const Recipe*> recipes;
  std::weak_ptr<const Program> program;
};

bool depends_on_parameters(const Angle& angle, const std::vector<bool>& variable) {
  return std::any_of(angle.items.begin(), angle.items.end(), [&](const Angle::Item& item) { return variable[item.angle]; });
}

}  // namespace

// Least recently used entries go first.
struct Simulator::PlanCache {
  struct Entry {
    std::string key;
    std::shared_ptr<const CompiledPlan> plan;
  };
  std::list<Entry> plans;
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key;
  std::list<std::pair<const Program*, Binding>> bindings;

  std::shared_ptr<const CompiledPlan> plan(const Program& program, const Geometry& geometry);
  Binding& binding(const Program& program, const Geometry& geometry);
};

std::shared_ptr<const CompiledPlan> Simulator::PlanCache::plan(const Program& program, const Geometry& geometry) {
  std::string key = program.structure();
  key.append(reinterpret_cast<const char*>(&geometry), sizeof(geometry));
  if (const auto known = by_key.find(key); known != by_key.end()) {
    plans.splice(plans.begin(), plans, known->second);
    return plans.front().plan;
  }
  plans.push_front({std::move(key), compile_plan(program, geometry)});
  by_key.emplace(plans.front().key, plans.begin());
  if (plans.size() > kCachedPlans) {
    by_key.erase(plans.back().key);
    plans.pop_back();
  }
  return plans.front().plan;
}

Binding& Simulator::PlanCache::binding(const Program& program, const Geometry& geometry) {
  const auto known = std::find_if(bindings.begin(), bindings.end(), [&](const auto& entry) {
    return entry.first == &program && !entry.second.program.expired() && entry.second.plan->geometry == geometry;
  });
  if (known != bindings.end()) {
    if (known != bindings.begin()) bindings.splice(bindings.begin(), bindings, known);
    return bindings.front().second;
  }
  Binding binding;
  binding.plan = plan(program, geometry);
  binding.program = program.weak_from_this();
  binding.angles.resize(binding.plan->angle_count);
  binding.values.resize(binding.plan->value_count);
  std::vector<bool> variable(binding.plan->angle_count, false);
  for (std::uint32_t angle = 0; angle < program.angle_count(); ++angle) variable[angle] = !program.angle_is_constant(angle);
  program.constant_angles(binding.angles);
  for (const AngleRun& run : binding.plan->runs) {
    const bool changes = std::any_of(run.gates.begin(), run.gates.end(), [&](const AngleRun::Gate& gate) {
      return depends_on_parameters(gate.theta, variable) || depends_on_parameters(gate.phi, variable) || depends_on_parameters(gate.lambda, variable);
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
  bindings.emplace_front(&program, std::move(binding));
  if (bindings.size() > kCachedBindings) bindings.pop_back();
  return bindings.front().second;
}

State::State(std::shared_ptr<Simulator> simulator, qmlx_state* handle, unsigned qubits)
    : simulator_(std::move(simulator)), handle_(handle), qubits_(qubits) {
  for (unsigned bit = 0; bit < 64; ++bit) order_[bit] = static_cast<std::uint8_t>(bit);
}

State::~State() { simulator_->table().state_free(handle_); }

Status State::amplitudes(std::uint64_t first, std::uint64_t count, std::span<float> out) const {
  const std::uint64_t size = std::uint64_t{1} << qubits_;
  if (first > size || count > size - first || out.size() < 2 * count) {
    return failure(Code::invalid_argument, "The state has " + std::to_string(size) + " amplitudes; amplitudes " + std::to_string(first) + " to " +
                                               std::to_string(first + count) + " were asked for.");
  }
  const bool moved = !std::all_of(order_, order_ + qubits_, [this](const std::uint8_t& bit) { return bit == &bit - order_; });
  if (const int code = simulator_->table().read(handle_, 0, moved ? order_ : nullptr, first, count, out.data()); code != QMLX_OK) {
    return simulator_->engine_status(code);
  }
  return {};
}

Status State::probabilities(std::span<const std::uint32_t> qubits, std::span<double> out) const {
  std::vector<std::uint8_t> bits;
  for (const std::uint32_t qubit : qubits) {
    if (qubit >= qubits_) return failure(Code::invalid_argument, "Qubit " + std::to_string(qubit) + " is out of range.");
    bits.push_back(order_[qubits_ - 1 - qubit]);
  }
  if (qubits.size() > qubits_ || out.size() < std::size_t{1} << qubits.size()) return failure(Code::invalid_argument, "The array for the probabilities is too small.");
  qmlx_reduction reduction{};
  reduction.kind = QMLX_MARGINAL;
  reduction.bit_list = bits.data();
  reduction.bit_count = static_cast<std::uint32_t>(bits.size());
  if (const int code = simulator_->table().reduce(handle_, &reduction, out.data()); code != QMLX_OK) return simulator_->engine_status(code);
  for (double& probability : out.first(std::size_t{1} << qubits.size())) probability /= squared_norm_;
  return {};
}

Status State::inner(const State& other, std::complex<double>& out) const {
  if (other.simulator_ != simulator_ || other.qubits_ != qubits_ || !std::equal(order_, order_ + qubits_, other.order_)) {
    return failure(Code::unsupported, "The two states lie in different engines or in different bit orders; compare their amplitudes instead.");
  }
  qmlx_reduction reduction{};
  reduction.kind = QMLX_INNER;
  reduction.other = other.handle_;
  double parts[2];
  if (const int code = simulator_->table().reduce(handle_, &reduction, parts); code != QMLX_OK) return simulator_->engine_status(code);
  out = std::complex<double>(parts[0], parts[1]) / std::sqrt(squared_norm_ * other.squared_norm_);
  return {};
}

Simulator::Simulator(const qmlx_engine_table* table, qmlx_engine* engine) : table_(table), engine_(engine), cache_(std::make_unique<PlanCache>()) {}

Simulator::~Simulator() { table_->destroy(engine_); }

Status Simulator::create(const qmlx_engine_table* table, const qmlx_config& config, std::shared_ptr<Simulator>& simulator) {
  qmlx_engine* engine = nullptr;
  char error[512] = "";
  const int code = table->create(&config, &engine, error, sizeof(error));
  if (code != QMLX_OK) return failure(code == QMLX_OUT_OF_MEMORY ? Code::out_of_memory : Code::backend_unavailable, error);
  simulator.reset(new Simulator(table, engine));
  return {};
}

Status Simulator::engine_status(int code) const {
  const auto text = [this] { return std::string(table_->last_error(engine_)); };
  switch (code) {
    case QMLX_OK: return {};
    case QMLX_INVALID_ARGUMENT: return failure(Code::invalid_argument, text());
    case QMLX_OUT_OF_MEMORY: return failure(Code::out_of_memory, text());
    case QMLX_CANCELLED: return failure(Code::cancelled, "Cancelled.");
    case QMLX_BACKEND_UNAVAILABLE: return failure(Code::backend_unavailable, text());
    case QMLX_BACKEND_FAILED: return failure(Code::backend_failed, text());
    case QMLX_ABI_MISMATCH: return failure(Code::abi_mismatch, text());
    case QMLX_UNSUPPORTED: return failure(Code::unsupported, text());
    default: return failure(Code::internal, text());
  }
}

Status Simulator::describe(qmlx_description& description) const {
  description = {};
  return engine_status(table_->describe(engine_, &description));
}

Status Simulator::create_state(unsigned qubits, std::unique_ptr<State>& state) {
  if (qubits > kMaxBits) return failure(Code::limit, "A state may have at most " + std::to_string(kMaxBits) + " qubits.");
  qmlx_state* handle = nullptr;
  const int code = table_->state_create(engine_, qubits, 1, &handle);
  if (code == QMLX_OUT_OF_MEMORY) {
    qmlx_description description{};
    if (Status status = describe(description); !status.ok()) return status;
    Status status = engine_status(code);
    status.memory = {bytes_for(qubits), description.available_bytes, 0};
    const std::uint64_t amplitudes = description.available_bytes / kBytesPerAmplitude;
    status.memory.largest_qubit_count = amplitudes == 0 ? 0 : static_cast<std::uint32_t>(std::bit_width(amplitudes) - 1);
    return status;
  }
  if (code != QMLX_OK) return engine_status(code);
  state = std::make_unique<State>(shared_from_this(), handle, qubits);
  return {};
}

Status Simulator::geometry(unsigned qubits, Geometry& geometry) const {
  qmlx_geometry raw{};
  const int code = table_->geometry(engine_, qubits, 1, &raw);
  geometry = {raw.tile_bits, raw.row_bits, raw.register_bits, raw.lane_bits, raw.max_operations};
  return engine_status(code);
}

Status Simulator::plan(const Program& program, std::shared_ptr<const CompiledPlan>& plan) {
  Geometry shape;
  if (Status status = geometry(program.qubits(), shape); !status.ok()) return status;
  plan = cache_->plan(program, shape);
  return {};
}

Status Simulator::evolve(const Program& program, std::span<const double> parameters, const RunControl& control, State& state) {
  if (state.qubits_ != program.qubits()) return failure(Code::invalid_argument, "The state and the program differ in their number of qubits.");
  Geometry shape;
  if (Status status = geometry(program.qubits(), shape); !status.ok()) return status;
  Binding& binding = cache_->binding(program, shape);
  if (program.parameter_count() > 0 || !parameters.empty()) {
    if (Status status = program.evaluate_angles(parameters, binding.angles); !status.ok()) return status;
    for (const AngleRun* run : binding.runs) run->evaluate(binding.angles);
    for (const Recipe* recipe : binding.recipes) recipe->write(binding.angles, binding.values.data());
  }
  double norm = 0;
  qmlx_execution execution{};
  execution.plan = binding.plan->block.data();
  execution.values = binding.values.data();
  execution.value_stride = binding.values.size();
  execution.row_count = 1;
  execution.cancel = control.cancel;
  execution.norms = &norm;
  if (control.progress) {
    execution.progress = [](void* context, std::uint64_t done, std::uint64_t total) { static_cast<const RunControl*>(context)->progress(done, total); };
    execution.context = const_cast<RunControl*>(&control);
  }
  int code = table_->set_basis(state.handle_, 0);
  if (code == QMLX_OK) code = table_->execute(state.handle_, &execution);
  if (code != QMLX_OK) return engine_status(code);
  if (!(std::abs(norm - 1) <= kNormTolerance)) {
    return failure(Code::numeric, "The state's norm is " + std::to_string(norm) + " after the run instead of 1: the engine's result cannot be trusted.");
  }
  state.squared_norm_ = norm;
  std::copy_n(binding.plan->view().header().order, 64, state.order_);
  return {};
}

Status Simulator::sample(const State& state, const SampleRequest& request, const RunControl& control, Outcomes& outcomes) {
  for (const Measurement& measurement : request.measurements) {
    if (measurement.qubit >= state.qubits() || measurement.bit >= request.bits) {
      return failure(Code::invalid_argument, "A measurement names a qubit or a bit out of range.");
    }
  }
  return Sampler(state, request, control).run(outcomes);
}

Status Simulator::expectation(const State& state, const PauliSum& sum, double& value) {
  const auto physical = [&](std::uint64_t logical) {
    std::uint64_t mask = 0;
    for (; logical != 0; logical &= logical - 1) mask |= std::uint64_t{1} << state.order_[std::countr_zero(logical)];
    return mask;
  };
  std::map<std::uint64_t, std::vector<std::size_t>> groups;  // terms by what they flip: one read of the state each
  const std::uint64_t all = (std::uint64_t{1} << state.qubits()) - 1;
  for (std::size_t term = 0; term < sum.coefficients.size(); ++term) {
    if (((sum.x_masks[term] | sum.z_masks[term]) & ~all) != 0) return failure(Code::invalid_argument, "A Pauli string is longer than the state has qubits.");
    groups[physical(sum.x_masks[term])].push_back(term);
  }
  value = 0;
  for (const auto& [x_mask, terms] : groups) {
    std::vector<std::uint64_t> z_masks;
    for (const std::size_t term : terms) z_masks.push_back(physical(sum.z_masks[term]));
    std::vector<double> expectations(terms.size());
    qmlx_reduction reduction{};
    reduction.kind = QMLX_PAULI_GROUP;
    reduction.x_mask = x_mask;
    reduction.z_masks = z_masks.data();
    reduction.mask_count = static_cast<std::uint32_t>(z_masks.size());
    if (const int code = table_->reduce(state.handle_, &reduction, expectations.data()); code != QMLX_OK) return engine_status(code);
    for (std::size_t k = 0; k < terms.size(); ++k) value += sum.coefficients[terms[k]] * expectations[k];
  }
  value /= state.squared_norm_;
  return {};
}

Status Simulator::explain(const Program& program, std::string& text) {
  std::shared_ptr<const CompiledPlan> compiled;
  if (Status status = plan(program, compiled); !status.ok()) return status;
  text = explain_plan(*compiled);
  return {};
}

}  // namespace qmlx
