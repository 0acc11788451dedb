#include "core/simulator.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "core/plan_cache.h"
#include "core/sampler.h"

namespace qmlx {

namespace {

constexpr std::size_t kBytesPerAmplitude = 8;
constexpr double kNormTolerance = 1e-3;

std::uint64_t bytes_for(unsigned qubits) { return kBytesPerAmplitude << qubits; }

}  // namespace

Simulator::Simulator(const qmlx_engine_table* table, qmlx_engine* engine)
    : table_(table), engine_(engine), cache_(std::make_unique<PlanCache>()) {}

Simulator::~Simulator() { table_->destroy(engine_); }

Status Simulator::create(const qmlx_engine_table* table, const qmlx_config& config,
                         std::shared_ptr<Simulator>& simulator) {
  qmlx_engine* engine = nullptr;
  char error[512] = "";
  const int code = table->create(&config, &engine, error, sizeof(error));
  if (code != QMLX_OK)
    return failure(code == QMLX_OUT_OF_MEMORY ? Code::out_of_memory : Code::backend_unavailable,
                   error);
  simulator.reset(new Simulator(table, engine));
  return {};
}

Status Simulator::engine_status(int code) const {
  const auto text = [this] { return std::string(table_->last_error(engine_)); };
  switch (code) {
    case QMLX_OK:
      return {};
    case QMLX_INVALID_ARGUMENT:
      return failure(Code::invalid_argument, text());
    case QMLX_OUT_OF_MEMORY:
      return failure(Code::out_of_memory, text());
    case QMLX_CANCELLED:
      return failure(Code::cancelled, "Cancelled.");
    case QMLX_BACKEND_UNAVAILABLE:
      return failure(Code::backend_unavailable, text());
    case QMLX_BACKEND_FAILED:
      return failure(Code::backend_failed, text());
    case QMLX_ABI_MISMATCH:
      return failure(Code::abi_mismatch, text());
    case QMLX_UNSUPPORTED:
      return failure(Code::unsupported, text());
    default:
      return failure(Code::internal, text());
  }
}

Status Simulator::describe(qmlx_description& description) const {
  description = {};
  return engine_status(table_->describe(engine_, &description));
}

Status Simulator::create_state(unsigned qubits, std::unique_ptr<State>& state) {
  if (qubits > kMaxBits)
    return failure(Code::limit,
                   "A state may have at most " + std::to_string(kMaxBits) + " qubits.");
  qmlx_state* handle = nullptr;
  const int code = table_->state_create(engine_, qubits, 1, &handle);
  if (code == QMLX_OUT_OF_MEMORY) {
    qmlx_description description{};
    if (Status status = describe(description); !status.ok()) return status;
    Status status = engine_status(code);
    status.memory = {bytes_for(qubits), description.available_bytes, 0};
    const std::uint64_t amplitudes = description.available_bytes / kBytesPerAmplitude;
    status.memory.largest_qubit_count =
        amplitudes == 0 ? 0 : static_cast<std::uint32_t>(std::bit_width(amplitudes) - 1);
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

Status Simulator::evolve(const Program& program, std::span<const double> parameters,
                         const RunControl& control, State& state) {
  if (state.qubits_ != program.qubits())
    return failure(Code::invalid_argument,
                   "The state and the program differ in their number of qubits.");
  Geometry shape;
  if (Status status = geometry(program.qubits(), shape); !status.ok()) return status;
  Binding& binding = cache_->binding(program, shape);
  if (Status status = binding.bind(program, parameters); !status.ok()) return status;
  double norm = 0;
  qmlx_execution execution{};
  execution.plan = binding.plan->block.data();
  execution.values = binding.values.data();
  execution.value_stride = binding.values.size();
  execution.row_count = 1;
  execution.cancel = control.cancel;
  execution.norms = &norm;
  if (control.progress) {
    execution.progress = [](void* context, std::uint64_t done, std::uint64_t total) {
      static_cast<const RunControl*>(context)->progress(done, total);
    };
    execution.context = const_cast<RunControl*>(&control);
  }
  int code = table_->set_basis(state.handle_, 0);
  if (code == QMLX_OK) code = table_->execute(state.handle_, &execution);
  if (code != QMLX_OK) return engine_status(code);
  if (!(std::abs(norm - 1) <= kNormTolerance)) {
    return failure(Code::numeric,
                   "The state's norm is " + std::to_string(norm) +
                       " after the run instead of 1: the engine's result cannot be trusted.");
  }
  state.squared_norm_ = norm;
  std::copy_n(binding.plan->view().header().order, 64, state.order_);
  return {};
}

Status Simulator::sample(const State& state, const SampleRequest& request,
                         const RunControl& control, Outcomes& outcomes) {
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
    for (; logical != 0; logical &= logical - 1)
      mask |= std::uint64_t{1} << state.order_[std::countr_zero(logical)];
    return mask;
  };
  std::map<std::uint64_t, std::vector<std::size_t>>
      groups;  // terms by what they flip: one read of the state each
  const std::uint64_t all = (std::uint64_t{1} << state.qubits()) - 1;
  for (std::size_t term = 0; term < sum.coefficients.size(); ++term) {
    if (((sum.x_masks[term] | sum.z_masks[term]) & ~all) != 0)
      return failure(Code::invalid_argument, "A Pauli string is longer than the state has qubits.");
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
    if (const int code = table_->reduce(state.handle_, &reduction, expectations.data());
        code != QMLX_OK)
      return engine_status(code);
    for (std::size_t k = 0; k < terms.size(); ++k)
      value += sum.coefficients[terms[k]] * expectations[k];
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
