#include "core/batch.h"

#include <algorithm>
#include <thread>

#include "core/bound_program.h"
#include "core/plan_cache.h"
#include "core/side_by_side.h"

namespace qmlx {

namespace {

constexpr std::uint32_t kLeastRowsOfThread = 64;

}  // namespace

std::uint32_t rows_at_once(unsigned qubits) {
  constexpr unsigned kMostRowBits = 10, kBatchBits = 21;  // 16 MiB of amplitudes
  return 1U << std::min(kMostRowBits, kBatchBits - std::min(qubits, kBatchBits));
}

Batch::Batch(std::shared_ptr<Simulator> simulator, qmlx_state* handle, unsigned qubits,
             std::uint32_t rows)
    : simulator_(std::move(simulator)),
      handle_(handle),
      qubits_(qubits),
      rows_(rows),
      squared_norms_(rows, 1),
      values_(scalar_vector(simulator_->precision(), 0)) {}

Batch::~Batch() { simulator_->table().state_free(handle_); }

Status Batch::create(Simulator& simulator, unsigned qubits, std::uint32_t rows,
                     std::unique_ptr<Batch>& batch) {
  qmlx_state* handle = nullptr;
  if (Status status = simulator.allocate(qubits, rows, handle); !status.ok()) return status;
  batch.reset(new Batch(simulator.shared_from_this(), handle, qubits, rows));
  return {};
}

Status Batch::evolve(const Program& program, std::span<const double> parameters,
                     const RunControl& control, const ConstScalars& initial) {
  if (!program.is_static() || program.qubits() != qubits_ ||
      parameters.size() != std::size_t{rows_} * program.parameter_count()) {
    return failure(Code::invalid_argument,
                   "A batch takes a static program of its size and parameters for every row.");
  }
  BoundProgram* bound = nullptr;
  if (Status status = simulator_->bind(program, bound); !status.ok()) return status;
  if (Status status = prepare(initial); !status.ok()) return status;
  if (program.segments().empty()) return {};
  const BoundPlan* plan = nullptr;
  if (Status status = bind_rows(*bound, parameters, plan); !status.ok()) return status;
  std::copy_n(plan->plan->view().header().order, order_.size(), order_.begin());
  return simulator_->execute(*plan->plan, all_of(values_), control, handle_, squared_norms_);
}

Status Batch::prepare(const ConstScalars& initial) {
  if (Status status = simulator_->check_precision(initial); !status.ok()) return status;
  order_ = kNaturalOrder;
  std::fill(squared_norms_.begin(), squared_norms_.end(), 1.0);
  const qmlx_engine_table& table = simulator_->table();
  const std::size_t size = size_of(initial);
  int code = size == 0 ? table.set_basis(handle_, 0) : QMLX_OK;
  for (std::uint32_t row = 0; size != 0 && row < rows_ && code == QMLX_OK; ++row) {
    code = table.write(handle_, row, 0, size / 2, data_of(initial));
  }
  return simulator_->engine_status(code);
}

Status Batch::bind_rows(BoundProgram& bound, std::span<const double> parameters,
                        const BoundPlan*& plan) {
  const std::size_t width = parameters.size() / rows_;
  if (Status status = bound.start(parameters.first(width)); !status.ok()) return status;
  Status status = bound.bind(0, kNaturalOrder, {}, simulator_->plans(), plan);
  if (!status.ok()) return status;
  const std::size_t count = plan->plan->value_count;
  with_scalars(values_, [&](auto& values) { values.resize(rows_ * count); });
  // Rows are independent, so that threads share them.
  const std::uint32_t threads =
      std::clamp(rows_ / kLeastRowsOfThread, 1U, std::max(std::thread::hardware_concurrency(), 1U));
  std::vector<Status> outcomes(threads);
  side_by_side(threads, rows_, [&](unsigned thread, std::size_t first, std::size_t last) {
    std::vector<double> angles = plan->angles;
    for (std::size_t row = first; row < last && outcomes[thread].ok(); ++row) {
      const Scalars values = part(values_, row * count, count);
      copy(plan->values, values);
      outcomes[thread] =
          bound.fill(*plan, parameters.subspan(row * width, width), {}, angles, values);
    }
  });
  for (Status& outcome : outcomes) {
    if (!outcome.ok()) return outcome;
  }
  return {};
}

Status Batch::expectations(const PauliSum& sum, std::span<double> values) const {
  if (values.size() != rows_) return failure(Code::invalid_argument, "A batch has a value a row.");
  return read_expectations({*simulator_, handle_, qubits_, order_, 0, squared_norms_}, sum, values);
}

Status Batch::amplitudes(std::uint32_t row, std::uint64_t first, std::uint64_t count,
                         const Scalars& out) const {
  if (row >= rows_) return failure(Code::invalid_argument, "The batch has no such row.");
  return read_amplitudes({*simulator_, handle_, qubits_, order_, row, {&squared_norms_[row], 1}},
                         first, count, out);
}

Status Batch::probabilities(std::uint32_t row, std::span<const std::uint32_t> qubits,
                            std::span<double> out) const {
  if (row >= rows_) return failure(Code::invalid_argument, "The batch has no such row.");
  return read_probabilities({*simulator_, handle_, qubits_, order_, row, {&squared_norms_[row], 1}},
                            qubits, out);
}

}  // namespace qmlx
