#include "mlx/self_test.h"

#include <cmath>
#include <complex>
#include <cstring>
#include <numbers>

#include "kernels/walk_format.h"
#include "mlx/runtime/failure.h"
#include "mlx/state.h"
#include "mlx/walker/host.h"

namespace qmlx::on_mlx {

namespace {

constexpr unsigned kBits = 12;
constexpr unsigned kTestTileBits = 8;
constexpr unsigned kPasses = 3;
constexpr double kTolerance = 1e-5;

// A fixed sequence of numbers (a linear congruential generator).
class Sequence {
 public:
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::uint32_t>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_ = 2024;
};

struct TestPlan {
  std::vector<std::uint64_t> block;
  std::vector<float> values;
};

class PlanBuilder {
 public:
  TestPlan build() {
    for (unsigned pass = 0; pass < kPasses; ++pass) add_pass(pass);
    return finish();
  }

 private:
  void add_pass(unsigned number) {
    Pass pass{};
    pass.first_stage = static_cast<std::uint32_t>(stages_.size());
    // Four row bits and four that change from pass to pass.
    for (unsigned k = 0; k < kTestTileBits; ++k) {
      const unsigned bit = k < 4 ? k : 4 + (4 * number + k) % 8;
      pass.tile_mask |= std::uint64_t{1} << bit;
    }
    unsigned position = 0;
    for (unsigned bit = 0; bit < kBits; ++bit) {
      if ((pass.tile_mask >> bit & 1) != 0)
        pass.tile_bits[position++] = static_cast<std::uint8_t>(bit);
    }
    outside_ = ((1U << kBits) - 1) & ~pass.tile_mask;
    for (const unsigned first : {4U, 0U, 2U}) {
      add_phase(first);
      add_diagonal();
    }
    pass.stage_count = static_cast<std::uint32_t>(stages_.size()) - pass.first_stage;
    passes_.push_back(pass);
  }

  void add_phase(unsigned first_position) {
    Stage stage{StageKind::phase, static_cast<std::uint32_t>(operations_.size()), 0, 0, {}, 0};
    std::uint32_t registers = 0;
    for (unsigned k = 0; k < kernels::kRegisterBits; ++k) {
      stage.register_positions[k] = static_cast<std::uint8_t>(first_position + k);
      registers |= 1U << (first_position + k);
    }
    for (const OperationKind kind :
         {OperationKind::real2, OperationKind::flip, OperationKind::dense2, OperationKind::factor,
          OperationKind::dense4, OperationKind::pauli, OperationKind::real2, OperationKind::flip})
      add_operation(kind, 0xff & ~registers);
    stage.count = static_cast<std::uint32_t>(operations_.size()) - stage.first;
    stages_.push_back(stage);
  }

  void add_operation(OperationKind kind, std::uint32_t threads) {
    Operation operation{};
    operation.kind = kind;
    operation.target = static_cast<std::uint8_t>(sequence_.below(4));
    operation.target2 = static_cast<std::uint8_t>((operation.target + 1) % 4);
    operation.slot = add_values(kind);
    const bool controlled = sequence_.below(2) == 0;
    if (controlled) {
      operation.register_mask = static_cast<std::uint16_t>(1U << (operation.target + 2) % 4);
      operation.register_value = operation.register_mask;
      operation.tile_mask = threads & (1U << sequence_.below(8));
      operation.outside_mask = outside_ & (std::uint64_t{1} << sequence_.below(kBits));
      operation.outside_value = operation.outside_mask;
    }
    if (kind == OperationKind::pauli) {
      // X on one bit and Y on another: exp(-i theta XY / 2).
      operation.register_x =
          static_cast<std::uint16_t>(1U << operation.target | 1U << operation.target2);
      operation.register_z = static_cast<std::uint16_t>(1U << operation.target);
    }
    if (kind == OperationKind::pauli || kind == OperationKind::factor) {
      operation.tile_z = threads & (1U << sequence_.below(8));
      operation.outside_z = outside_ & (std::uint64_t{1} << sequence_.below(kBits));
    }
    operations_.push_back(operation);
  }

  void add_diagonal() {
    Stage stage{StageKind::diagonal, static_cast<std::uint32_t>(terms_.size()), 6, 0, {}, 0};
    for (std::uint32_t k = 0; k < stage.count; ++k) {
      Term term{};
      term.slot = add_values(OperationKind::factor);
      (k % 2 == 0 ? term.tile_mask : term.tile_parity) =
          1U << sequence_.below(8) | 1U << sequence_.below(8);
      term.tile_value = term.tile_mask;
      (k % 3 == 0 ? term.outside_mask : term.outside_parity) =
          outside_ & (std::uint64_t{1} << sequence_.below(kBits));
      term.outside_value = term.outside_mask;
      terms_.push_back(term);
    }
    stages_.push_back(stage);
  }

  // A unitary matrix from rotations, or what a slot of the kind holds.
  std::uint32_t add_values(OperationKind kind) {
    const auto slot = static_cast<std::uint32_t>(values_.size());
    const double turns = sequence_.below(1000) / 1000.0 - 0.5;
    const double angle = 2 * std::numbers::pi * turns;
    const auto cosine = static_cast<float>(std::cos(angle)),
               sine = static_cast<float>(std::sin(angle));
    const unsigned size = kind == OperationKind::dense4 ? 4 : 2;
    if (kind == OperationKind::real2) {
      const float sign = sequence_.below(2) == 0 ? 1.0F : -1.0F;
      values_.insert(values_.end(), {cosine, -sign * sine, sine, sign * cosine});
    } else if (kind == OperationKind::dense2 || kind == OperationKind::dense4) {
      // A discrete Fourier transform with a phase: every entry counts.
      for (unsigned entry = 0; entry < size * size; ++entry) {
        const unsigned turn = (entry / size) * (entry % size);
        const double phase = 2 * std::numbers::pi * turn / size + angle;
        values_.push_back(static_cast<float>(std::cos(phase) / std::sqrt(size)));
        values_.push_back(static_cast<float>(std::sin(phase) / std::sqrt(size)));
      }
    } else {
      values_.insert(values_.end(), {cosine, sine, static_cast<float>(turns), 0.0F});
    }
    return slot;
  }

  TestPlan finish() {
    PlanHeader header{};
    header.magic = kPlanMagic;
    header.version = kPlanVersion;
    header.bits = kBits;
    header.tile_bits = kTestTileBits;
    header.row_bits = 4;
    header.register_bits = kernels::kRegisterBits;
    header.value_count = static_cast<std::uint32_t>(values_.size());
    for (unsigned bit = 0; bit < 64; ++bit) header.order[bit] = static_cast<std::uint8_t>(bit);
    std::uint32_t bytes = sizeof(header);
    const auto place = [&](const auto& items, std::uint32_t& count, std::uint32_t& offset) {
      count = static_cast<std::uint32_t>(items.size());
      offset = bytes;
      bytes += static_cast<std::uint32_t>(items.size() * sizeof(items[0]));
    };
    place(passes_, header.pass_count, header.pass_offset);
    place(stages_, header.stage_count, header.stage_offset);
    place(operations_, header.operation_count, header.operation_offset);
    place(terms_, header.term_count, header.term_offset);
    header.bytes = bytes;
    TestPlan plan{std::vector<std::uint64_t>((bytes + 7) / 8), values_};
    auto* out = reinterpret_cast<std::byte*>(plan.block.data());
    std::memcpy(out, &header, sizeof(header));
    const auto copy = [&](const auto& items, std::uint32_t offset) {
      std::memcpy(out + offset, items.data(), items.size() * sizeof(items[0]));
    };
    copy(passes_, header.pass_offset);
    copy(stages_, header.stage_offset);
    copy(operations_, header.operation_offset);
    copy(terms_, header.term_offset);
    return plan;
  }

  Sequence sequence_;
  std::uint64_t outside_ = 0;
  std::vector<Pass> passes_;
  std::vector<Stage> stages_;
  std::vector<Operation> operations_;
  std::vector<Term> terms_;
  std::vector<float> values_;
};

std::vector<float> expected(const TestPlan& plan) {
  walker::WalkProgram program;
  walker::encode_plan(PlanView(plan.block.data()), program);
  std::vector<float> state(2U << kBits), norm(1);
  for (std::size_t pass = 0; pass < program.passes.size(); ++pass) {
    std::vector<float> values = plan.values;
    walker::HostLaunch launch;
    launch.kernel = kernels::KernelName::walk;
    launch.columns = 1U << (kBits - kTestTileBits);
    launch.threads = 1U << (kTestTileBits - kernels::kRegisterBits);
    launch.buffers = {state.data(), program.words.data(), values.data(),
                      nullptr,      norm.data(),          nullptr};
    launch.scalars = {program.passes[pass],
                      kernels::kWalkInPlace | (pass == 0 ? kernels::kWalkFromBasis : 0U),
                      kBits,
                      0,
                      0,
                      5,
                      0};
    walker::run_on_host(launch);
  }
  return state;
}

}  // namespace

void test_mode(Session& session) {
  const TestPlan plan = PlanBuilder().build();
  const std::vector<float> right = expected(plan);
  State state(session, kBits, 1);
  state.set_basis(5);
  double norm = 0;
  qmlx_execution execution{};
  execution.plan = plan.block.data();
  execution.values = plan.values.data();
  execution.value_stride = plan.values.size();
  execution.row_count = 1;
  execution.norms = &norm;
  state.execute(execution);
  std::vector<float> got(right.size());
  state.read(0, nullptr, 0, std::uint64_t{1} << kBits, got.data());
  double distance = 0, size = 0;
  for (std::size_t k = 0; k < right.size(); ++k) {
    distance += std::pow(static_cast<double>(got[k]) - right[k], 2);
    size += std::pow(static_cast<double>(right[k]), 2);
  }
  if (std::sqrt(distance) <= kTolerance && std::abs(norm - size) <= kTolerance) return;
  throw EngineError(QMLX_BACKEND_FAILED, "The device's self-test (" +
                                             std::string(session.mode_name()) + ") is off by " +
                                             std::to_string(std::sqrt(distance)) + ".");
}

std::string choose_mode(Session& session) {
  std::string reason;
  for (const Mode mode : {Mode::in_place, Mode::out_of_place}) {
    session.set_mode(mode);
    try {
      test_mode(session);
      return reason.empty() ? "passed" : reason;
    } catch (...) {
      const Failure failure = failure_of_current_exception();
      reason +=
          (reason.empty() ? "" : " ") + std::string(session.mode_name()) + ": " + failure.text;
    }
  }
  throw EngineError(QMLX_BACKEND_FAILED, "The device failed its self-test. " + reason);
}

}  // namespace qmlx::on_mlx
