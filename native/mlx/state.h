// A state on the device: rows of amplitudes in one array, and the token that orders kernels which
// write to it in place.
#pragma once

#include <optional>

#include "mlx/session.h"

namespace qmlx::on_mlx {

class State {
 public:
  State(Session& session, unsigned bits, std::uint32_t batch);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Session& session() const { return session_; }
  unsigned bits() const { return bits_; }
  unsigned stored_bits() const { return stored_bits_; }  // of a row in memory
  std::uint32_t batch() const { return batch_; }
  std::uint64_t stored_size() const { return std::uint64_t{1} << stored_bits_; }
  // Bytes that a state of this size takes.
  static std::uint64_t bytes_of(const Session& session, unsigned bits, std::uint32_t batch);

  void set_basis(std::uint64_t index) { basis_ = index; }
  const std::optional<std::uint64_t>& basis() const { return basis_; }
  // Writes the basis state that was only remembered.
  void materialise();
  void write(std::uint32_t row, std::uint64_t first, std::uint64_t count, const float* amplitudes);
  void read(std::uint32_t row, const std::uint8_t* order, std::uint64_t first, std::uint64_t count,
            float* amplitudes);
  void copy_from(State& other);
  void collapse(std::uint32_t row, std::uint32_t bit, std::uint32_t outcome, float scale);
  void execute(const qmlx_execution& execution);

  const mx::array& amplitudes() const { return amplitudes_; }
  const mx::array& token() const { return token_; }

 private:
  bool in_place() const { return session_.mode() != Mode::out_of_place; }
  mx::Shape shape() const;
  // Runs a kernel over all amplitudes that changes the state, in place or into a fresh one; its
  // first output is the fresh state, and its first scalar says which.
  void change(kernels::KernelName kernel, std::uint64_t elements, std::vector<mx::array> more,
              std::vector<Scalar> scalars);
  void execute_on_host(const qmlx_execution& execution);
  void walk(const qmlx_execution& execution);
  void walk_rows_apart(const qmlx_execution& execution);

  Session& session_;
  unsigned bits_;
  unsigned stored_bits_;
  std::uint32_t batch_;
  mx::array amplitudes_;
  mx::array token_;
  std::optional<std::uint64_t> basis_;
};

// Sums over a row, for reductions and norms.
double squared_norm(State& state, std::uint32_t row);
void reduce(State& state, const qmlx_reduction& reduction, State* other, double* out);

inline constexpr std::uint32_t kElementThreads = 256;
// Groups for a kernel with one thread for each element, which may loop.
std::uint32_t element_groups(std::uint64_t elements);

}  // namespace qmlx::on_mlx
