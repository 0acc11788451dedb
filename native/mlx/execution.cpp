// Runs plans on states: a kernel launch for each pass, at most two of them in flight.
#include <algorithm>

#include "kernels/walk_format.h"
#include "mlx/runtime/failure.h"
#include "mlx/state.h"

namespace qmlx::on_mlx {

namespace {

constexpr std::uint64_t kMostPartialNorms = 1024;    // of a row that the host adds up
constexpr std::uint32_t kTooManyThreads = 1U << 14;  // of a group, for any device

class Cancelled : public EngineError {
 public:
  Cancelled() : EngineError(QMLX_CANCELLED, "The run was cancelled.") {}
};

bool is_cancelled(const qmlx_execution& execution) {
  return execution.cancel != nullptr && __atomic_load_n(execution.cancel, __ATOMIC_RELAXED) != 0;
}

// Adds the partial norms of each row.
void read_norms(Session& session, mx::array parts, std::uint32_t rows, std::uint64_t in_row,
                double* norms) {
  if (in_row > kMostPartialNorms) {
    Launch launch{kernels::KernelName::fold};
    const std::uint64_t results = rows * kMostPartialNorms;
    launch.columns = element_groups(results);
    launch.threads = kElementThreads;
    launch.inputs = {std::move(parts)};
    launch.outputs = {{session.at_least(results), mx::float32}};
    launch.scalars = {static_cast<std::uint32_t>(results),
                      static_cast<std::uint32_t>(in_row / kMostPartialNorms)};
    parts = session.backend().launch(launch).front();
    in_row = kMostPartialNorms;
  }
  const std::vector<float> data = session.backend().read(parts, rows * in_row);
  for (std::uint32_t row = 0; row < rows; ++row) {
    norms[row] = 0;
    for (std::uint64_t k = 0; k < in_row; ++k) norms[row] += data[row * in_row + k];
  }
}

}  // namespace

void State::execute(const qmlx_execution& execution) {
  const PlanHeader& header = PlanView(execution.plan).header();
  if (header.magic != kPlanMagic || header.version != kPlanVersion || header.bits != bits_)
    throw EngineError(QMLX_INVALID_ARGUMENT, "The plan is not for states of this size.");
  if (std::uint64_t{execution.first_row} + execution.row_count > batch_)
    throw EngineError(QMLX_INVALID_ARGUMENT, "The state has fewer rows than were to be run.");
  if (session_.mode() == Mode::executor) return execute_on_host(execution);
  const bool all_rows = execution.first_row == 0 && execution.row_count == batch_;
  if (header.pass_count == 0 || !all_rows) materialise();
  if (header.pass_count == 0) {
    for (std::uint32_t row = 0; execution.norms != nullptr && row < execution.row_count; ++row)
      execution.norms[row] = squared_norm(*this, execution.first_row + row);
    return;
  }
  if (!in_place() && !all_rows) return walk_rows_apart(execution);
  const mx::array amplitudes = amplitudes_;
  try {
    walk(execution);
  } catch (...) {
    // What failed must not be computed again as part of the next run.
    amplitudes_ = amplitudes;
    token_ = session_.token();
    throw;
  }
}

void State::execute_on_host(const qmlx_execution& execution) {
  HostEngine& host = session_.host();
  mx::eval({amplitudes_});
  auto* data = reinterpret_cast<float*>(amplitudes_.data<mx::complex64_t>());
  const std::uint64_t* basis = basis_.has_value() ? &*basis_ : nullptr;
  const int code = host.executor->execute(host.engine, data, bits_, batch_, 2 * stored_size(),
                                          basis, &execution);
  if (code != QMLX_OK) throw EngineError(code, host.executor->engine->last_error(host.engine));
  basis_.reset();
}

void State::walk(const qmlx_execution& execution) {
  CachedPlan& cached = session_.walk_plan(execution.plan);
  const walker::WalkProgram& program = cached.program;
  const std::size_t value_count = execution.row_count == 0
                                      ? 0
                                      : (execution.row_count - 1) * execution.value_stride +
                                            PlanView(execution.plan).header().value_count;
  const mx::array values =
      session_.upload_values(cached, static_cast<const float*>(execution.values), value_count);
  const std::uint64_t tiles = std::uint64_t{1} << (program.state_bits - program.tile_bits);
  const std::size_t passes = program.passes.size();
  mx::array previous = token_;
  for (std::size_t pass = 0; pass < passes; ++pass) {
    if (is_cancelled(execution)) throw Cancelled();
    const bool last = pass + 1 == passes;
    Launch launch{kernels::KernelName::walk};
    launch.columns = static_cast<std::uint32_t>(tiles);
    launch.rows = execution.row_count;
    launch.threads = session_.take_fault() ? kTooManyThreads
                                           : 1U << (program.tile_bits - kernels::kRegisterBits);
    launch.inputs = {amplitudes_, cached.words, values, token_};
    launch.outputs = {{session_.at_least(last ? tiles * execution.row_count : 1), mx::float32},
                      {in_place() ? session_.at_least(1) : shape(), mx::complex64}};
    launch.scalars = {program.passes[pass],
                      (in_place() ? kernels::kWalkInPlace : 0U) |
                          (pass == 0 && basis_.has_value() ? kernels::kWalkFromBasis : 0U) |
                          (last ? kernels::kWalkNorms : 0U),
                      program.state_bits,
                      execution.first_row,
                      static_cast<std::uint32_t>(execution.value_stride),
                      basis_.value_or(0)};
    const std::vector<mx::array> outputs = session_.backend().launch(launch);
    previous = token_;
    token_ = outputs[0];
    if (!in_place()) amplitudes_ = outputs[1];
    basis_ = pass == 0 ? std::nullopt : basis_;
    if (last && execution.norms != nullptr && in_place()) break;  // reading the norms evaluates it
    mx::async_eval({token_, amplitudes_});
    // Out of place, a pass in flight holds two states.
    if (!in_place()) {
      token_.wait();
    } else if (pass > 0) {
      previous.wait();
    }
    if (execution.progress != nullptr && !last)
      execution.progress(execution.context, pass + 1, passes);
  }
  if (execution.norms == nullptr) {
    token_.wait();
    return;
  }
  read_norms(session_, token_, execution.row_count, tiles, execution.norms);
  if (execution.progress != nullptr) execution.progress(execution.context, passes, passes);
}

// Out of place a pass fills a whole state, so that the rows to be run become one of their own.
void State::walk_rows_apart(const qmlx_execution& execution) {
  State rows(session_, bits_, execution.row_count);
  std::vector<float> buffer(2 * stored_size());
  for (std::uint32_t row = 0; row < execution.row_count; ++row) {
    read(execution.first_row + row, nullptr, 0, std::uint64_t{1} << bits_, buffer.data());
    rows.write(row, 0, std::uint64_t{1} << bits_, buffer.data());
  }
  qmlx_execution apart = execution;
  apart.first_row = 0;
  rows.walk(apart);
  for (std::uint32_t row = 0; row < execution.row_count; ++row) {
    rows.read(row, nullptr, 0, std::uint64_t{1} << bits_, buffer.data());
    write(execution.first_row + row, 0, std::uint64_t{1} << bits_, buffer.data());
  }
}

}  // namespace qmlx::on_mlx
