// Rows of a batch against closed forms and against states evolved one by one; enough rows for several
// threads to bind them.
#include "core/batch.h"

#include <cmath>
#include <limits>

#include "check.h"
#include "dynamic_fixture.h"

namespace {

using qmlx::Batch;
using qmlx::Code;

constexpr std::uint32_t kRows = 300;

// RX(a) on qubit 0, CX(0, 1), RZ(b) on qubit 1, for parameters a and b.
std::shared_ptr<const qmlx::Program> two_parameters() {
  ProgramBuilder program(2);
  program.parameters = 2;
  program.gate("rx", {}, {0}, {0});
  program.angle_from(program.expression({{2, 0}}));
  program.gate("cx", {{0, 1}}, {1});
  program.gate("rz", {}, {1}, {0});
  program.angle_from(program.expression({{2, 1}}));
  return program.build();
}

std::unique_ptr<Batch> made(std::uint32_t rows, unsigned qubits = 2) {
  std::unique_ptr<Batch> batch;
  const qmlx::Status status = Batch::create(*simulator(), qubits, rows, batch);
  if (!status.ok()) throw std::runtime_error(status.message);
  return batch;
}

std::vector<double> parameters(std::uint32_t rows) {
  std::vector<double> values;
  for (std::uint32_t row = 0; row < rows; ++row) {
    values.push_back(0.02 * row - 3);
    values.push_back(std::sin(row));
  }
  return values;
}

}  // namespace

TEST(rows_have_their_own_parameters) {
  const auto program = two_parameters();
  const auto batch = made(kRows);
  const std::vector<double> values = parameters(kRows);
  CHECK(batch->evolve(*program, values, {}).ok());
  for (std::uint32_t row = 0; row < kRows; ++row) {
    const double a = values[2 * row], b = values[2 * row + 1];
    // cos(a/2) e^{-ib/2} |00> - i sin(a/2) e^{ib/2} |11>
    float got[8];
    CHECK(batch->amplitudes(row, 0, 4, got).ok());
    CHECK_NEAR(got[0], std::cos(a / 2) * std::cos(b / 2), 1e-6);
    CHECK_NEAR(got[1], -std::cos(a / 2) * std::sin(b / 2), 1e-6);
    CHECK_NEAR(got[6], std::sin(a / 2) * std::sin(b / 2), 1e-6);
    CHECK_NEAR(got[7], -std::sin(a / 2) * std::cos(b / 2), 1e-6);
    const std::uint32_t qubit = 1;
    double both[2];
    CHECK(batch->probabilities(row, {&qubit, 1}, both).ok());
    CHECK_NEAR(both[1], std::pow(std::sin(a / 2), 2), 1e-6);
  }
}

TEST(expectations_come_one_a_row) {
  const auto program = two_parameters();
  const auto batch = made(kRows);
  const std::vector<double> values = parameters(kRows);
  CHECK(batch->evolve(*program, values, {}).ok());
  // Z on qubit 0, which is bit 1, and XX.
  const qmlx::PauliSum sum{{1, 0.5}, {0, 3}, {2, 0}};
  std::vector<double> means(kRows);
  CHECK(batch->expectations(sum, means).ok());
  for (std::uint32_t row = 0; row < kRows; ++row) {
    const double a = values[2 * row], b = values[2 * row + 1];
    CHECK_NEAR(means[row], std::cos(a) + 0.5 * std::sin(a) * std::sin(b), 1e-6);
  }
}

TEST(bad_rows_are_refused_and_the_next_run_is_correct) {
  const auto program = two_parameters();
  const auto batch = made(kRows);
  std::vector<double> values = parameters(kRows);
  CHECK(batch->evolve(*program, std::span(values).first(2), {}).code == Code::invalid_argument);
  values[2 * 200 + 1] = std::numeric_limits<double>::infinity();
  CHECK(batch->evolve(*program, values, {}).code == Code::parameter);
  values[2 * 200 + 1] = 0;
  CHECK(batch->evolve(*program, values, {}).ok());
  float got[8];
  CHECK(batch->amplitudes(kRows, 0, 4, got).code == Code::invalid_argument);
  CHECK(batch->amplitudes(200, 0, 4, got).ok());
  CHECK_NEAR(got[0], std::cos(0.5), 1e-6);
  CHECK(batch->expectations({}, std::span(values).first(3)).code == Code::invalid_argument);
}

TEST(states_that_do_not_fit_are_refused_with_what_they_need) {
  std::unique_ptr<Batch> batch;
  const qmlx::Status status = Batch::create(*simulator(), 30, 4096, batch);
  CHECK(status.code == Code::out_of_memory);
  CHECK_EQUAL(status.memory.required_bytes, std::uint64_t{8} << 42);
  CHECK(!batch);
}
