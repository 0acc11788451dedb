// Decoding: good programs, and arrays that no builder would send.
#include "core/program.h"

#include <limits>

#include "check.h"
#include "program_builder.h"

namespace {

qmlx::Code decode(const std::vector<std::int32_t>& words, const std::vector<double>& angles = {},
                  const std::vector<std::int32_t>& angle_code = {},
                  const std::vector<std::int32_t>& code = {},
                  const std::vector<double>& constants = {}) {
  std::shared_ptr<const qmlx::Program> program;
  const qmlx::Status status =
      qmlx::Program::decode({words, angles, angle_code, code, constants, {}}, program);
  CHECK(status.ok() == (program != nullptr));
  CHECK(status.ok() || !status.message.empty());
  return status.code;
}

double evaluate(const std::vector<std::int32_t>& code, const std::vector<double>& constants,
                const std::vector<double>& parameters) {
  std::shared_ptr<const qmlx::Program> program;
  const std::vector<std::int32_t> words{2, 0, 0, static_cast<int>(parameters.size()), 1, 0, 0, 0};
  const std::vector<double> angles{0};
  const std::vector<std::int32_t> start{0};
  CHECK(qmlx::Program::decode({words, angles, start, code, constants, {}}, program).ok());
  double value = 0;
  const qmlx::Status status = program->evaluate_angle(0, parameters, {}, value);
  return status.ok() ? value : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

TEST(qubits_become_bits) {
  const auto program = ProgramBuilder(5).gate("ccx", {{0, 1}, {3, 1}}, {4}).build();
  CHECK_EQUAL(program->segments()[0].gates[0].control_mask, 0b10010U);
  CHECK_EQUAL(program->segments()[0].gates[0].control_value, 0b10010U);
  CHECK_EQUAL(static_cast<int>(program->segments()[0].gates[0].targets[0]), 0);
}

TEST(every_truncation_is_refused) {
  const auto words = ProgramBuilder(4).gate("h", {}, {0}).gate("cx", {{0, 1}}, {3}).words();
  CHECK(decode(words) == qmlx::Code::ok);
  for (std::size_t size = 0; size < words.size(); ++size) {
    CHECK(decode({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(size)}) !=
          qmlx::Code::ok);
  }
}

TEST(every_changed_word_is_refused_or_valid) {
  const auto words = ProgramBuilder(4).gate("cswap", {{0, 1}}, {1, 2}).gate("x", {}, {3}).words();
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (const std::int32_t value : {-2147483647 - 1, -2, -1, 0, 1, 2, 5, 60, 1000, 2147483647}) {
      auto changed = words;
      changed[at] = value;
      decode(changed);
    }
  }
}

TEST(operands_are_checked) {
  const int h = ProgramBuilder::row_of("h"), cx = ProgramBuilder::row_of("cx");
  CHECK(decode({2, 2, 0, 0, 0, 1, 0, 0, h, 6, 0, 1, 0, 1}) == qmlx::Code::ok);
  CHECK(decode({2, 2, 0, 0, 0, 1, 0, 0, h, 6, 0, 1, 0, 2}) == qmlx::Code::invalid_argument);
  CHECK(decode({2, 2, 0, 0, 0, 1, 0, 0, h, 6, 0, 1, 0, -1}) == qmlx::Code::invalid_argument);
  CHECK(decode({2, 2, 0, 0, 0, 1, 0, 0, cx, 8, 1, 1, 0, 1, 1, 1}) == qmlx::Code::invalid_argument);
  CHECK(decode({2, 2, 0, 0, 0, 1, 0, 0, cx, 8, 1, 1, 0, 0, 2, 1}) == qmlx::Code::invalid_argument);
  CHECK(decode({2, 2, 1, 0, 0, 1, 0, 0, -1, 4, 0, 0}) == qmlx::Code::ok);
  CHECK(decode({2, 2, 1, 0, 0, 1, 0, 0, -1, 4, 0, 1}) == qmlx::Code::invalid_argument);
  CHECK(decode({2, 60, 0, 0, 0, 0, 0, 0}) == qmlx::Code::limit);
  CHECK(decode({1, 1, 0, 0, 0, 0, 0, 0}) == qmlx::Code::invalid_argument);
}

TEST(constant_angles_must_be_finite) {
  const int rx = ProgramBuilder::row_of("rx");
  const std::vector<std::int32_t> words{2, 1, 0, 0, 1, 1, 0, 0, rx, 7, 0, 1, 1, 0, 0};
  CHECK(decode(words, {0.5}, {-1}) == qmlx::Code::ok);
  CHECK(decode(words, {std::nan("")}, {-1}) == qmlx::Code::invalid_argument);
  CHECK(decode(words, {INFINITY}, {-1}) == qmlx::Code::invalid_argument);
}

TEST(expressions_evaluate) {
  CHECK_NEAR(evaluate({2, 0, 1, 0, 5, 0, 0, 0}, {3}, {2}), 6, 0);
  CHECK_NEAR(evaluate({2, 0, 2, 1, 4, 0, 8, 0, 0, 0}, {}, {5, 3}), -2, 0);
  CHECK_NEAR(evaluate({2, 0, 9, 0, 15, 0, 14, 0, 0, 0}, {}, {-1.5}), std::sqrt(std::sin(1.5)),
             1e-15);
  CHECK_NEAR(evaluate({1, 0, 2, 0, 7, 0, 0, 0}, {2}, {10}), 1024, 0);
  CHECK_NEAR(evaluate({2, 0, 12, 0, 13, 0, 0, 0}, {}, {0.25}), 0.25, 1e-15);
}

TEST(expressions_that_are_not_finite_are_refused) {
  CHECK(std::isnan(evaluate({1, 0, 2, 0, 6, 0, 0, 0}, {1}, {0})));
  CHECK(std::isnan(evaluate({2, 0, 13, 0, 0, 0}, {}, {-1})));
}

TEST(broken_expressions_are_refused) {
  const std::vector<std::int32_t> words{2, 0, 0, 1, 1, 0, 0, 0};
  const auto with = [&](const std::vector<std::int32_t>& code) {
    return decode(words, {0}, {0}, code, {1});
  };
  CHECK(with({2, 0, 0, 0}) == qmlx::Code::ok);
  CHECK(with({}) != qmlx::Code::ok);
  CHECK(with({2, 0}) != qmlx::Code::ok);
  CHECK(with({0, 0}) != qmlx::Code::ok);
  CHECK(with({2, 1, 0, 0}) != qmlx::Code::ok);
  CHECK(with({1, 1, 0, 0}) != qmlx::Code::ok);
  CHECK(with({3, 0, 0, 0}) != qmlx::Code::ok);
  CHECK(with({2, 0, 2, 0, 0, 0}) != qmlx::Code::ok);
  CHECK(with({99, 0, 0, 0}) != qmlx::Code::ok);
  CHECK(with({-1, 0, 0, 0}) != qmlx::Code::ok);
  std::vector<std::int32_t> deep;
  for (int k = 0; k < 300; ++k) deep.insert(deep.end(), {2, 0});
  CHECK(with(deep) != qmlx::Code::ok);
}
