// Rows of one static program, each with parameters of its own, evolved together: a batch is one
// state in an engine and one execution of one plan.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/compiled_plan.h"
#include "core/engine.h"
#include "core/program.h"
#include "core/simulator.h"
#include "core/status.h"

namespace qmlx {

class BoundProgram;
struct BoundPlan;

class Batch {
 public:
  // Checks memory before it is allocated.
  static Status create(Simulator& simulator, unsigned qubits, std::uint32_t rows,
                       std::unique_ptr<Batch>& batch);
  ~Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  unsigned qubits() const { return qubits_; }
  std::uint32_t rows() const { return rows_; }

  // Sets the initial amplitudes, |0…0⟩ if there are none, in every row and applies the program's
  // gates; parameters row after row.
  Status evolve(const Program& program, std::span<const double> parameters,
                const RunControl& control, const ConstScalars& initial = {});
  Status expectations(const PauliSum& sum, std::span<double> values) const;  // one a row
  Status amplitudes(std::uint32_t row, std::uint64_t first, std::uint64_t count,
                    const Scalars& out) const;
  Status probabilities(std::uint32_t row, std::span<const std::uint32_t> qubits,
                       std::span<double> out) const;

 private:
  Batch(std::shared_ptr<Simulator> simulator, qmlx_state* handle, unsigned qubits,
        std::uint32_t rows);

  Status prepare(const ConstScalars& initial);
  Status bind_rows(BoundProgram& bound, std::span<const double> parameters, const BoundPlan*& plan);

  std::shared_ptr<Simulator> simulator_;
  qmlx_state* handle_;
  unsigned qubits_;
  std::uint32_t rows_;
  BitOrder order_ = kNaturalOrder;
  std::vector<double> squared_norms_;
  ScalarVector values_;
};

// Most rows of a state of this size that are worth evolving at once: beyond, memory grows and
// nothing gets faster.
std::uint32_t rows_at_once(unsigned qubits);

}  // namespace qmlx
