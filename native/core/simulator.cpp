#include "core/simulator.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/bound_program.h"
#include "core/execution.h"
#include "core/measured_bits.h"
#include "core/plan_cache.h"
#include "core/sampler.h"
#include "core/shot_counts.h"

namespace qmlx {

namespace {

constexpr double kNormTolerance[] = {1e-3, 1e-8};  // by precision
constexpr std::uint64_t kShotsAtOnce = std::uint64_t{1} << 20;

Status status_of(int code, const char* text) {
  switch (code) {
    case QMLX_INVALID_ARGUMENT:
      return failure(Code::invalid_argument, text);
    case QMLX_OUT_OF_MEMORY:
      return failure(Code::out_of_memory, text);
    case QMLX_CANCELLED:
      return failure(Code::cancelled, "Cancelled.");
    case QMLX_BACKEND_UNAVAILABLE:
      return failure(Code::backend_unavailable, text);
    case QMLX_BACKEND_FAILED:
      return failure(Code::backend_failed, text);
    case QMLX_ABI_MISMATCH:
      return failure(Code::abi_mismatch, text);
    case QMLX_UNSUPPORTED:
      return failure(Code::unsupported, text);
    default:
      return failure(Code::internal, text);
  }
}

}  // namespace

Simulator::Simulator(const qmlx_engine_table* table, qmlx_engine* engine, Precision precision)
    : table_(table),
      engine_(engine),
      precision_(precision),
      cache_(std::make_unique<PlanCache>(precision)) {}

Simulator::~Simulator() { table_->destroy(engine_); }

Status Simulator::create(const qmlx_engine_table* table, const qmlx_config& config,
                         std::shared_ptr<Simulator>& simulator) {
  qmlx_engine* engine = nullptr;
  char error[512] = "";
  const int code = table->create(&config, &engine, error, sizeof(error));
  if (code != QMLX_OK) return status_of(code, error);
  simulator.reset(new Simulator(table, engine, static_cast<Precision>(config.precision)));
  return {};
}

Status Simulator::engine_status(int code) const {
  return code == QMLX_OK ? Status{} : status_of(code, table_->last_error(engine_));
}

Status Simulator::describe(qmlx_description& description) const {
  description = {};
  return engine_status(table_->describe(engine_, &description));
}

Status Simulator::allocate(unsigned qubits, std::uint32_t rows, qmlx_state*& handle) {
  if (qubits > kMaxBits)
    return failure(Code::limit,
                   "A state may have at most " + std::to_string(kMaxBits) + " qubits.");
  const int code = table_->state_create(engine_, qubits, rows, &handle);
  if (code != QMLX_OUT_OF_MEMORY) return code == QMLX_OK ? Status{} : engine_status(code);
  Status status = engine_status(code);
  qmlx_description description{};
  if (Status described = describe(description); !described.ok()) return described;
  status.memory = {(amplitude_bytes() << qubits) * rows, description.available_bytes, 0};
  const std::uint64_t amplitudes = description.available_bytes / (amplitude_bytes() * rows);
  status.memory.largest_qubit_count =
      amplitudes == 0 ? 0 : static_cast<std::uint32_t>(std::bit_width(amplitudes) - 1);
  return status;
}

Status Simulator::create_state(unsigned qubits, std::unique_ptr<State>& state) {
  qmlx_state* handle = nullptr;
  if (Status status = allocate(qubits, 1, handle); !status.ok()) return status;
  state = std::make_unique<State>(shared_from_this(), handle, qubits);
  return {};
}

Status Simulator::geometry(unsigned qubits, Geometry& geometry) const {
  qmlx_geometry raw{};
  const int code = table_->geometry(engine_, qubits, 1, &raw);
  geometry = {raw.tile_bits, raw.row_bits,       raw.register_bits,
              raw.lane_bits, raw.max_operations, raw.fuses};
  return engine_status(code);
}

Status Simulator::copy(const State& from, State& to) {
  to.order_ = from.order_;
  to.squared_norm_ = from.squared_norm_;
  return engine_status(table_->state_copy(to.handle_, from.handle_));
}

Status Simulator::prepare(State& state, const ConstScalars& amplitudes) {
  state.order_ = kNaturalOrder;
  state.squared_norm_ = 1;
  const std::size_t size = size_of(amplitudes);
  if (size == 0) return engine_status(table_->set_basis(state.handle_, 0));
  if (size != std::size_t{2} << state.qubits_) {
    return failure(Code::invalid_argument,
                   "The initial state has another number of amplitudes than the program's state.");
  }
  if (Status status = check_precision(amplitudes); !status.ok()) return status;
  return engine_status(table_->write(state.handle_, 0, 0, size / 2, data_of(amplitudes)));
}

Status Simulator::bind(const Program& program, BoundProgram*& bound) {
  Geometry shape;
  if (Status status = geometry(program.qubits(), shape); !status.ok()) return status;
  bound = &cache_->bound(program, shape);
  return {};
}

Status Simulator::plan(const Program& program) {
  BoundProgram* bound = nullptr;
  if (Status status = bind(program, bound); !status.ok()) return status;
  for (const Segment& segment : program.segments()) {
    cache_->plan({segment, program.qubits(), program.angle_count()}, bound->geometry());
  }
  return {};
}

Status Simulator::execute(const CompiledPlan& plan, const ConstScalars& values,
                          const RunControl& control, qmlx_state* handle,
                          std::span<double> squared_norms) {
  qmlx_execution execution{};
  execution.plan = plan.block.data();
  execution.values = data_of(values);
  execution.value_stride = plan.value_count;
  execution.row_count = static_cast<std::uint32_t>(squared_norms.size());
  execution.cancel = control.cancel;
  execution.norms = squared_norms.data();
  if (control.progress) {
    execution.progress = [](void* context, std::uint64_t done, std::uint64_t total) {
      static_cast<const RunControl*>(context)->progress(done, total);
    };
    execution.context = const_cast<RunControl*>(&control);
  }
  if (const int code = table_->execute(handle, &execution); code != QMLX_OK) {
    return engine_status(code);
  }
  for (const double norm : squared_norms) {
    if (!(std::abs(norm - 1) <= kNormTolerance[precision_])) {
      return failure(Code::numeric, "The state's norm is " + std::to_string(norm) +
                                        " after the run instead of 1: the engine's result cannot "
                                        "be trusted.");
    }
  }
  return {};
}

Status Simulator::execute(const CompiledPlan& plan, const ConstScalars& values,
                          const RunControl& control, State& state) {
  double norm = 0;
  Status status = execute(plan, values, control, state.handle_, {&norm, 1});
  if (!status.ok()) return status;
  state.squared_norm_ = norm;
  std::copy_n(plan.view().header().order, state.order_.size(), state.order_.begin());
  return {};
}

Status Simulator::apply(BoundProgram& bound, std::uint32_t segment, const ClassicalMemory& memory,
                        const RunControl& control, State& state) {
  const BoundPlan* plan = nullptr;
  if (Status status = bound.bind(segment, state.order_, memory, *cache_, plan); !status.ok()) {
    return status;
  }
  return execute(*plan->plan, all_of(plan->values), control, state);
}

Status Simulator::marginal(const State& state, std::uint32_t qubit, double* both) {
  const std::uint8_t bit = state.physical(qubit);
  qmlx_reduction reduction{};
  reduction.kind = QMLX_MARGINAL;
  reduction.bit_list = &bit;
  reduction.bit_count = 1;
  return engine_status(table_->reduce(state.handle_, &reduction, both));
}

Status Simulator::collapse(State& state, std::uint32_t qubit, bool one, double probability) {
  const double scale = 1 / std::sqrt(probability * state.squared_norm_);
  state.squared_norm_ = 1;
  return engine_status(
      table_->collapse(state.handle_, 0, state.physical(qubit), one ? 1 : 0, scale));
}

Status Simulator::flip(State& state, std::uint32_t qubit, const RunControl& control) {
  Geometry shape;
  if (Status status = geometry(state.qubits(), shape); !status.ok()) return status;
  const std::shared_ptr<const CompiledPlan> plan = cache_->plan(
      {Segment::flip(state.qubits() - 1 - qubit), state.qubits(), 0, state.order_}, shape);
  return execute(*plan, {}, control, state);
}

Status Simulator::evolve(const Program& program, std::span<const double> parameters,
                         const RunControl& control, State& state, const ConstScalars& initial) {
  if (state.qubits_ != program.qubits()) {
    return failure(Code::invalid_argument,
                   "The state and the program differ in their number of qubits.");
  }
  if (!program.is_static()) {
    return failure(Code::unsupported,
                   "A program with measurements before its end has no single final state.");
  }
  BoundProgram* bound = nullptr;
  if (Status status = bind(program, bound); !status.ok()) return status;
  if (Status status = bound->start(parameters); !status.ok()) return status;
  if (Status status = prepare(state, initial); !status.ok()) return status;
  return program.segments().empty() ? Status{} : apply(*bound, 0, {}, control, state);
}

Status Simulator::run(const Program& program, const ExecutionRequest& request,
                      const RunControl& control, ExecutionResult& result) {
  BoundProgram* bound = nullptr;
  if (Status status = bind(program, bound); !status.ok()) return status;
  return Execution(*this, *bound, request, control).run(result);
}

Status Simulator::sample(const State& state, const SampleRequest& request,
                         const RunControl& control, ExecutionResult& result) {
  for (const Measurement& measurement : request.measurements) {
    if (measurement.qubit >= state.qubits() || measurement.bit >= request.bits) {
      return failure(Code::invalid_argument, "A measurement names a qubit or a bit out of range.");
    }
  }
  result = {};
  if (request.per_shot) result.shot_outcomes.resize(request.shots);
  const MeasuredBits measured(state, request.measurements);
  Sampler sampler(state, request.seed, 0, control);
  if (request.bits <= 64 && request.shots <= kShotsAtOnce) {
    const auto shots = static_cast<std::uint32_t>(request.shots);
    if (Status status = sampler.run(0, shots); !status.ok()) return status;
    if (control.progress) control.progress(shots, shots);
    count_shots(sampler.placed(), measured, request.bits, result);
    return {};
  }
  OutcomeCollector collector(request.bits);
  ClassicalMemory memory(request.bits, 0);
  for (std::uint64_t first = 0; first < request.shots; first += kShotsAtOnce) {
    const auto shots =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(kShotsAtOnce, request.shots - first));
    if (Status status = sampler.run(first, shots); !status.ok()) return status;
    collect_shots(sampler.placed(), measured, memory, collector,
                  std::span(result.shot_outcomes).subspan(request.per_shot ? first : 0));
    if (control.progress) control.progress(first + shots, request.shots);
  }
  std::vector<std::uint32_t> rank;
  if (Status status = collector.finish(result.outcomes, rank); !status.ok()) return status;
  for (std::uint32_t& outcome : result.shot_outcomes) outcome = rank[outcome];
  return {};
}

Status Simulator::expectation(const State& state, const PauliSum& sum, double& value) {
  return read_expectations(state.placed(), sum, {&value, 1});
}

Status Simulator::explain(const Program& program, std::string& text) {
  BoundProgram* bound = nullptr;
  if (Status status = bind(program, bound); !status.ok()) return status;
  text.clear();
  for (std::size_t k = 0; k < program.segments().size(); ++k) {
    if (program.segments().size() > 1) text += "segment " + std::to_string(k) + "\n";
    text += explain_plan(*cache_->plan(
        {program.segments()[k], program.qubits(), program.angle_count()}, bound->geometry()));
  }
  return {};
}

}  // namespace qmlx
