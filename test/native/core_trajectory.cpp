// Single trajectories: the shots of runs, followed one by one.
#include "core/trajectory.h"

#include <cmath>

#include "check.h"
#include "dynamic_fixture.h"

namespace {

using qmlx::Code;
using qmlx::InstructionKind;

qmlx::Trajectory started(const ProgramBuilder& builder, qmlx::TrajectoryRequest request,
                         qmlx::Program::Segments segments = qmlx::Program::Segments::longest) {
  qmlx::Trajectory trajectory(simulator(), builder.build(segments), std::move(request));
  const qmlx::Status status = trajectory.start();
  if (!status.ok()) throw std::runtime_error(status.message);
  return trajectory;
}

qmlx::Status to_end(qmlx::Trajectory& trajectory) {
  qmlx::TrajectoryStep step;
  while (!trajectory.done()) {
    if (qmlx::Status status = trajectory.step({}, step); !status.ok()) return status;
  }
  return {};
}

std::string bits_of(const qmlx::Trajectory& trajectory) {
  std::string bits;
  for (std::uint32_t bit = 0; bit < trajectory.program().bits(); ++bit)
    bits += trajectory.memory().bit(bit) ? '1' : '0';
  return bits;
}

double probability_of_one(const qmlx::State& state, std::uint32_t qubit) {
  double both[2];
  const qmlx::Status status = state.probabilities({&qubit, 1}, both);
  if (!status.ok()) throw std::runtime_error(status.message);
  return both[1];
}

ProgramBuilder coin() {
  ProgramBuilder program(1);
  program.bits = 1;
  program.gate("h", {}, {0}).measure(0, 0);
  return program;
}

}  // namespace

// The tree shares states between shots, the trajectory has its own: both must collapse alike.
TEST(trajectories_are_the_shots_of_the_run) {
  std::mt19937 random(8);
  for (int trial = 0; trial < 2000; ++trial) {
    const ProgramBuilder builder = random_dynamic(random);
    const auto seed = static_cast<std::uint64_t>(trial);
    qmlx::ExecutionResult result;
    CHECK(run(*builder.build(), {.shots = 10, .seed = seed, .per_shot = true}, result).ok());
    for (std::uint64_t shot = 0; shot < 10; ++shot) {
      qmlx::Trajectory trajectory = started(builder, {.seed = seed, .shot = shot});
      CHECK(to_end(trajectory).ok());
      CHECK_EQUAL(bits_of(trajectory), key_of(result.outcomes, result.shot_outcomes[shot]));
    }
  }
}

TEST(the_last_state_has_collapsed) {
  std::mt19937 random(9);
  for (int trial = 0; trial < 200; ++trial) {
    ProgramBuilder builder = random_dynamic(random);
    builder.bits = 4;
    builder.measure(0, 3);
    qmlx::Trajectory trajectory = started(builder, {.seed = 3, .shot = 5});
    CHECK(to_end(trajectory).ok());
    CHECK_NEAR(probability_of_one(trajectory.state(), 0), trajectory.memory().bit(3) ? 1 : 0, 1e-6);
  }
}

TEST(steps_tell_what_happened) {
  ProgramBuilder builder(2);
  builder.bits = 2;
  builder.gate("x", {}, {0}).measure(0, 0).branch(builder.expression({{33, 0}}), 4);
  builder.gate("x", {}, {1}).branch(builder.expression({{33, 1}}), 6).gate("z", {}, {1}).reset(0);
  qmlx::Trajectory trajectory = started(builder, {}, qmlx::Program::Segments::single_gates);
  std::vector<qmlx::TrajectoryStep> steps;
  while (!trajectory.done()) {
    steps.emplace_back();
    CHECK(trajectory.step({}, steps.back()).ok());
  }
  CHECK_EQUAL(steps.size(), 6U);
  CHECK(steps[1].instruction.kind == InstructionKind::measure && steps[1].outcome);
  CHECK_NEAR(steps[1].probability, 1, 1e-6);
  CHECK(steps[2].instruction.kind == InstructionKind::branch && steps[2].taken);
  CHECK(steps[4].instruction.kind == InstructionKind::branch && !steps[4].taken);
  CHECK(steps[5].instruction.kind == InstructionKind::reset && steps[5].outcome);
  CHECK_NEAR(probability_of_one(trajectory.state(), 0), 0, 1e-6);
  CHECK_NEAR(probability_of_one(trajectory.state(), 1), 1, 1e-6);
}

TEST(other_runs_in_between_change_nothing) {
  std::mt19937 random(10);
  for (int trial = 0; trial < 100; ++trial) {
    const ProgramBuilder builder = random_dynamic(random), other = random_dynamic(random);
    qmlx::Trajectory alone = started(builder, {.seed = 1, .shot = 2});
    CHECK(to_end(alone).ok());
    qmlx::Trajectory disturbed = started(builder, {.seed = 1, .shot = 2});
    qmlx::TrajectoryStep step;
    while (!disturbed.done()) {
      CHECK(disturbed.step({}, step).ok());
      qmlx::ExecutionResult result;
      CHECK(run(*other.build(), {.shots = 2}, result).ok());
    }
    CHECK_EQUAL(bits_of(disturbed), bits_of(alone));
  }
}

TEST(a_dropped_shot_has_no_state_unless_it_is_forced) {
  ProgramBuilder builder(1);
  builder.gate("h", {}, {0}).step(-8, {0, 1});
  int dropped = 0;
  for (std::uint64_t shot = 0; shot < 200; ++shot) {
    qmlx::Trajectory trajectory = started(builder, {.seed = 1, .shot = shot});
    const qmlx::Status status = to_end(trajectory);
    CHECK(status.ok() || status.code == Code::unsupported);
    if (!status.ok()) ++dropped;
    qmlx::Trajectory forced =
        started(builder, {.seed = 1, .shot = shot, .force_postselection = true});
    CHECK(to_end(forced).ok());
    CHECK_NEAR(probability_of_one(forced.state(), 0), 1, 1e-6);
  }
  CHECK_NEAR(dropped, 100, 40);
  ProgramBuilder impossible(1);
  impossible.step(-8, {0, 1});
  qmlx::Trajectory trajectory = started(impossible, {.force_postselection = true});
  CHECK(to_end(trajectory).code == Code::assertion);
}

TEST(a_trajectory_starts_where_it_is_told) {
  const float one[] = {0, 0, 1, 0};
  for (std::uint64_t shot = 0; shot < 20; ++shot) {
    ProgramBuilder builder(1);
    builder.bits = 1;
    builder.measure(0, 0);
    qmlx::Trajectory trajectory = started(builder, {.shot = shot, .initial = one});
    CHECK(to_end(trajectory).ok());
    CHECK_EQUAL(bits_of(trajectory), "1");
  }
  const float three[] = {1, 0, 0, 0, 0, 0};
  qmlx::Trajectory trajectory(simulator(), coin().build(), {.initial = three});
  CHECK(trajectory.start().code == Code::invalid_argument);
}

TEST(seeds_and_shots_decide) {
  std::map<std::string, int> tally;
  for (std::uint64_t shot = 0; shot < 400; ++shot) {
    qmlx::Trajectory first = started(coin(), {.seed = 6, .shot = shot});
    qmlx::Trajectory second = started(coin(), {.seed = 6, .shot = shot});
    CHECK(to_end(first).ok() && to_end(second).ok());
    CHECK_EQUAL(bits_of(first), bits_of(second));
    ++tally[bits_of(first)];
  }
  CHECK_NEAR(tally["1"], 200, 80);
}

TEST(failures_end_a_trajectory) {
  ProgramBuilder endless(1);
  endless.counters = 1;
  endless.step(-10, {0}).step(-11, {0, 10}).gate("x", {}, {0}).jump(1);
  qmlx::Trajectory trajectory = started(endless, {});
  const qmlx::Status status = to_end(trajectory);
  CHECK(status.code == Code::limit);
  CHECK_EQUAL(status.limit.maximum, 10U);
  CHECK_EQUAL(status.limit.received, 11U);
  const std::int32_t cancelled = 1;
  qmlx::RunControl control;
  control.cancel = &cancelled;
  qmlx::Trajectory stopped = started(endless, {});
  qmlx::TrajectoryStep step;
  qmlx::Status last;
  for (int k = 0; k < 20 && last.ok(); ++k) last = stopped.step(control, step);
  CHECK(last.code == Code::cancelled);
  ProgramBuilder needy(1);
  needy.parameters = 1;
  qmlx::Trajectory without(simulator(), needy.build(), {});
  CHECK(without.start().code == Code::invalid_argument);
}

TEST(the_state_can_be_taken) {
  qmlx::Trajectory trajectory = started(coin(), {.seed = 2});
  CHECK(to_end(trajectory).ok());
  const bool one = trajectory.memory().bit(0);
  const std::unique_ptr<qmlx::State> state = trajectory.take_state();
  CHECK_NEAR(probability_of_one(*state, 0), one ? 1 : 0, 1e-6);
}
