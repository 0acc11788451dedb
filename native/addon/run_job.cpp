#include "addon/run_job.h"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "addon/arguments.h"
#include "addon/batch_object.h"
#include "addon/errors.h"
#include "addon/exchange.h"
#include "addon/state_object.h"
#include "core/trajectory.h"

namespace qmlx::addon {
namespace {

constexpr auto kReportInterval = std::chrono::milliseconds(33);

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

// An array the job reads or writes, kept alive until the job has ended; empty if the option is
// absent.
template <typename T>
std::span<T> shared_array(const Napi::Object& options, const char* name, std::size_t size,
                          std::vector<Napi::ObjectReference>& arrays) {
  const Napi::Value value = options.Get(name);
  if (value.IsUndefined()) return {};
  const auto out = elements<T>(value, name);
  if (out.size() != size) refuse(options.Env(), name, "an array of the size of the result");
  arrays.push_back(Napi::Persistent(value.As<Napi::Object>()));
  return out;
}

}  // namespace

RunRequest RunJob::read(const Napi::Object& options, Precision precision,
                        std::shared_ptr<ProgramSource> program,
                        std::vector<Napi::ObjectReference>& arrays) {
  const Napi::Env env = options.Env();
  RunRequest request;
  const auto parameters = elements<double>(options.Get("parameters"), "parameters");
  request.parameters.assign(parameters.begin(), parameters.end());
  if (const Napi::Value rows = options.Get("rows"); !rows.IsUndefined()) {
    request.rows = count_argument(rows, "rows");
  }
  if (request.parameters.size() != std::size_t{request.rows} * program->parameter_count()) {
    refuse(env, "parameters", "one number for every parameter of the program and every row");
  }
  if (const Napi::Value shots = options.Get("shots"); !shots.IsUndefined()) {
    request.sampling = {count_argument(shots, "shots"), seed_argument(options.Get("seed"), "seed"),
                        options.Get("perShot").ToBoolean()};
  }
  request.exact = options.Get("exact").ToBoolean();
  if (const Napi::Value states = options.Get("maxStates"); !states.IsUndefined()) {
    request.max_states = count_argument(states, "maxStates");
  }
  if (const Napi::Value shot = options.Get("shot"); !shot.IsUndefined()) {
    request.shot = count_argument(shot, "shot");
    if (!request.sampling) refuse(env, "shot", "one of a number of shots with a seed");
  }
  if (const Napi::Value stop = options.Get("stop"); !stop.IsUndefined()) {
    request.stop = count_argument(stop, "stop");
  }
  const unsigned qubits = program->qubits();
  request.initial = initial_argument(options.Get("initial"), qubits, precision);
  if (size_of(request.initial) != 0) {
    arrays.push_back(Napi::Persistent(options.Get("initial").As<Napi::Object>()));
  }
  if (const Napi::Value observable = options.Get("observable"); !observable.IsUndefined()) {
    request.observable = read_pauli_sum(observable, qubits);
    request.out_values = shared_array<double>(options, "values", request.rows, arrays);
    if (request.out_values.size() != request.rows) refuse(env, "values", "a Float64Array");
  }
  if (const Napi::Value listed = options.Get("qubits"); !listed.IsUndefined()) {
    request.qubits = read_qubits(listed, qubits);
  }
  request.out_probabilities = shared_array<double>(options, "probabilities",
                                                   std::size_t{1} << request.qubits.size(), arrays);
  const std::size_t scalars = std::size_t{2} << qubits;
  if (precision == QMLX_COMPLEX128) {
    request.out_amplitudes = shared_array<double>(options, "amplitudes", scalars, arrays);
  } else {
    request.out_amplitudes = shared_array<float>(options, "amplitudes", scalars, arrays);
  }
  request.keep_state = options.Get("keepState").ToBoolean();
  request.keep_rows = options.Get("keepRows").ToBoolean();
  request.program = std::move(program);
  return request;
}

void RunJob::execute(Worker& worker) {
  try {
    status_ = perform(worker);
  } catch (const std::bad_alloc&) {
    status_ = failure(Code::out_of_memory, "The process has no memory left for this run.");
  } catch (const std::exception& error) {
    status_ = failure(Code::internal, std::string("The run failed: ") + error.what());
  } catch (...) {
    status_ = failure(Code::internal, "The run failed for a reason it does not name.");
  }
}

Status RunJob::perform(Worker& worker) {
  if (cancelled()) return failure(Code::cancelled, "The run was cancelled.");
  const auto start = Clock::now();
  if (wants_progress) worker.report(*this, Phase::plan, 0, 1);
  reported_ = start;
  std::shared_ptr<const Program> program;
  if (Status status = request_.program->decoded(program); !status.ok()) return status;
  if (request_.shot) return follow(worker, program);
  if (request_.exact || (request_.sampling && !program->is_static())) {
    return branch(worker, *program);
  }
  if (request_.keep_rows || request_.rows > 1) return evolve_rows(worker, *program);
  std::unique_ptr<State> state;
  // Memory is refused before time goes into a plan.
  if (Status status = worker.borrow(program->qubits(), state); !status.ok()) return status;
  if (Status status = worker.simulator().plan(*program); !status.ok()) return status;
  plan_milliseconds_ = milliseconds_since(start);

  if (Status status = evolve(worker, *program, *state); !status.ok()) return status;
  run_milliseconds_ = milliseconds_since(start) - plan_milliseconds_;
  if (Status status = read_state(worker, *program, *state); !status.ok()) return status;
  squared_norm_ = state->squared_norm();
  if (request_.keep_state) {
    state_ = std::move(state);
  } else {
    worker.give_back(std::move(state));
  }
  return {};
}

Status RunJob::evolve(Worker& worker, const Program& program, State& state) {
  const RunControl watch = control(worker, Phase::run, 0, 1);
  Simulator& simulator = worker.simulator();
  Status status = simulator.evolve(program, request_.parameters, watch, state, request_.initial);
  if (!status.ok()) return status;
  if (!request_.observable) return {};
  return simulator.expectation(state, *request_.observable, request_.out_values[0]);
}

// Rows that are only read for an observable are evolved so many at a time as fit well.
Status RunJob::evolve_rows(Worker& worker, const Program& program) {
  const auto start = Clock::now();
  const std::size_t width = request_.program->parameter_count();
  const std::uint32_t most =
      request_.keep_rows ? request_.rows : std::min(request_.rows, rows_at_once(program.qubits()));
  const std::uint32_t turns = (request_.rows + most - 1) / most;
  std::unique_ptr<Batch> batch;
  for (std::uint32_t turn = 0; turn < turns; ++turn) {
    if (cancelled()) return failure(Code::cancelled, "The run was cancelled.");
    const std::uint32_t first = turn * most, rows = std::min(most, request_.rows - first);
    if (!batch || batch->rows() != rows) {
      batch.reset();
      Status status = Batch::create(worker.simulator(), program.qubits(), rows, batch);
      if (!status.ok()) return status;
    }
    const auto parameters =
        std::span<const double>(request_.parameters).subspan(first * width, rows * width);
    Status status = batch->evolve(program, parameters, control(worker, Phase::run, turn, turns),
                                  request_.initial);
    if (status.ok() && request_.observable) {
      status = batch->expectations(*request_.observable, request_.out_values.subspan(first, rows));
    }
    if (!status.ok()) return status;
  }
  run_milliseconds_ = milliseconds_since(start);
  if (request_.keep_rows) batch_ = std::move(batch);
  return {};
}

Status RunJob::read_state(Worker& worker, const Program& program, State& state) {
  if (!request_.out_probabilities.empty()) {
    Status status = state.probabilities(request_.qubits, request_.out_probabilities);
    if (!status.ok()) return status;
  }
  if (const std::size_t scalars = size_of(request_.out_amplitudes); scalars != 0) {
    Status status = state.amplitudes(0, scalars / 2, request_.out_amplitudes);
    if (!status.ok()) return status;
  }
  return request_.sampling ? draw(worker, program, state) : Status{};
}

Status RunJob::draw(Worker& worker, const Program& program, const State& state) {
  const auto start = Clock::now();
  SampleRequest sample;
  sample.shots = request_.sampling->shots;
  sample.seed = request_.sampling->seed;
  sample.measurements = program.measurements();
  sample.bits = program.bits();
  sample.per_shot = request_.sampling->per_shot;
  const RunControl watch = control(worker, Phase::sample, 0, 1);
  Status status = worker.simulator().sample(state, sample, watch, drawn_);
  sample_milliseconds_ = milliseconds_since(start);
  return status;
}

// A program with decisions in it: a tree of branches.
Status RunJob::branch(Worker& worker, const Program& program) {
  const auto start = Clock::now();
  ExecutionRequest execution;
  execution.parameters = request_.parameters;
  execution.exact = request_.exact;
  execution.max_states = request_.max_states;
  execution.initial = request_.initial;
  if (request_.sampling) {
    execution.shots = request_.sampling->shots;
    execution.seed = request_.sampling->seed;
    execution.per_shot = request_.sampling->per_shot;
  }
  const RunControl watch = control(worker, Phase::run, 0, 1);
  Status status = worker.simulator().run(program, execution, watch, drawn_);
  run_milliseconds_ = milliseconds_since(start);
  return status;
}

// One shot of a run again, for its state.
Status RunJob::follow(Worker& worker, std::shared_ptr<const Program> program) {
  const auto start = Clock::now();
  const std::size_t total = program->instructions().size();
  TrajectoryRequest wanted{request_.parameters, request_.sampling->seed, *request_.shot, false,
                           request_.initial};
  Trajectory trajectory(worker.simulator().shared_from_this(), std::move(program),
                        std::move(wanted));
  if (Status status = trajectory.start(); !status.ok()) return status;
  const RunControl watch = control(worker, Phase::run, 0, total);
  TrajectoryStep step;
  bool stopped = false;
  while (!stopped && !trajectory.done()) {
    if (cancelled()) return failure(Code::cancelled, "The run was cancelled.");
    if (Status status = trajectory.step(watch, step); !status.ok()) return status;
    stopped =
        step.instruction.kind == InstructionKind::snapshot && request_.stop == step.instruction.a;
  }
  if (request_.stop && !stopped) {
    return failure(Code::unsupported, "This shot does not pass the snapshot.");
  }
  run_milliseconds_ = milliseconds_since(start);
  state_ = trajectory.take_state();
  squared_norm_ = state_->squared_norm();
  return {};
}

RunControl RunJob::control(Worker& worker, Phase phase, std::uint64_t offset, std::uint64_t runs) {
  RunControl watch;
  watch.cancel = cancel_flag();
  watch.progress = [this, &worker, phase, offset, runs](std::uint64_t done, std::uint64_t total) {
    worker.make_way(*this);
    if (!wants_progress) return;
    const bool last = done == total && offset + 1 == runs;
    const auto now = Clock::now();
    if (!last && now - reported_ < kReportInterval) return;
    reported_ = now;
    worker.report(*this, phase, offset * total + done, runs * total);
  };
  return watch;
}

Napi::Value RunJob::result(Napi::Env env, Environment& environment,
                           const std::shared_ptr<Worker>& worker) {
  check(env, status_);
  auto result = Napi::Object::New(env);
  result.Set("plan", Napi::Number::New(env, plan_milliseconds_));
  result.Set("run", Napi::Number::New(env, run_milliseconds_));
  result.Set("sample", Napi::Number::New(env, sample_milliseconds_));
  result.Set("squaredNorm", Napi::Number::New(env, squared_norm_));
  if ((request_.sampling || request_.exact) && !request_.shot) {
    write_outcomes(result, drawn_.outcomes);
    result.Set("dropped", Napi::Number::New(env, drawn_.dropped));
    if (request_.sampling && request_.sampling->per_shot) {
      auto shots = Napi::Uint32Array::New(env, drawn_.shot_outcomes.size());
      std::copy(drawn_.shot_outcomes.begin(), drawn_.shot_outcomes.end(), shots.Data());
      result.Set("shotOutcomes", shots);
    }
  }
  if (state_) {
    result.Set("state",
               StateObject::create(env, environment, {worker, std::move(state_), nullptr}));
  }
  if (batch_) {
    result.Set("batch", BatchObject::create(env, environment, {worker, std::move(batch_)}));
  }
  return result;
}

}  // namespace qmlx::addon
