// Programs with decisions for tests: random ones, and what running them gives.
#pragma once

#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>

#include "core/execution.h"
#include "cpu/engine.h"
#include "program_builder.h"

using Histogram = std::map<std::string, double>;

// Tile, row and register bits of 0 are the engine's own choice.
inline std::shared_ptr<qmlx::Simulator> make_simulator(std::uint32_t tile_bits = 0,
                                                       std::uint32_t row_bits = 0,
                                                       std::uint32_t register_bits = 0) {
  qmlx_config config{};
  config.abi = QMLX_ENGINE_ABI;
  config.threads = 1;
  config.tile_bits = tile_bits;
  config.row_bits = row_bits;
  config.register_bits = register_bits;
  std::shared_ptr<qmlx::Simulator> result;
  const qmlx::Status status = qmlx::Simulator::create(qmlx::cpu_engine_table(), config, result);
  if (!status.ok()) throw std::runtime_error(status.message);
  return result;
}

inline const std::shared_ptr<qmlx::Simulator>& simulator() {
  static const auto shared = make_simulator();
  return shared;
}

inline qmlx::Status run(const qmlx::Program& program, const qmlx::ExecutionRequest& request,
                        qmlx::ExecutionResult& result) {
  return simulator()->run(program, request, {}, result);
}

// Outcome number `place` as text, bit 0 leftmost.
inline std::string key_of(const qmlx::Outcomes& outcomes, std::size_t place) {
  const std::size_t bytes = (outcomes.bits + 7) / 8;
  std::string key;
  for (std::uint32_t bit = 0; bit < outcomes.bits; ++bit) {
    key += (outcomes.keys[place * bytes + bit / 8] >> (7 - bit % 8) & 1) != 0 ? '1' : '0';
  }
  return key;
}

inline Histogram histogram(const qmlx::Outcomes& outcomes) {
  Histogram result;
  for (std::size_t k = 0; k < outcomes.weights.size(); ++k)
    result[key_of(outcomes, k)] = outcomes.weights[k];
  return result;
}

// Writes one random operation after the other.
class RandomDynamic {
 public:
  RandomDynamic(std::mt19937& random, int most_qubits)
      : random_(random), qubits_(1 + below(most_qubits)), program_(qubits_) {
    program_.bits = 1 + below(3);
    program_.variables = {0};
  }

  ProgramBuilder build() {
    const int length = 3 + below(12);
    for (int k = 0; k < length; ++k) operation();
    for (int k = 0; k < program_.bits; ++k) {
      if (below(2) == 0) program_.measure(qubit(), k);
    }
    return program_;
  }

 private:
  int below(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  int qubit() { return below(qubits_); }
  int bit() { return below(program_.bits); }
  double angle() { return 0.1 * below(60); }
  int holds(int which) { return program_.expression({{33, which}}); }

  void operation() {
    switch (below(10)) {
      case 0:
      case 1:
        program_.measure(qubit(), bit());
        break;
      case 2:
        program_.reset(qubit());
        break;
      case 3:
        either();
        break;
      case 4:
        until_zero();
        break;
      case 5:
        two_qubits();
        break;
      case 6:
        turn_by_variable();
        break;
      default:
        program_.gate("ry", {}, {qubit()}, {angle()});
    }
  }

  // One gate or another.
  void either() {
    const int start = program_.operations();
    program_.branch(holds(bit()), start + 3).gate("x", {}, {qubit()}).jump(start + 4);
    program_.gate("h", {}, {qubit()});
  }

  // Repeats until the bit is 0, which a round leaves 1 with probability 0.7.
  void until_zero() {
    const int counter = program_.counters++, start = program_.operations() + 1;
    const int which = bit(), target = qubit();
    program_.step(-10, {counter}).branch(holds(which), start + 6).step(-11, {counter, 1000});
    program_.reset(target).gate("ry", {}, {target}, {2.0}).measure(target, which).jump(start);
  }

  void two_qubits() {
    if (qubits_ == 1) return;
    const int first = qubit(), second = (first + 1) % qubits_;
    if (below(2) == 0) {
      program_.gate("cx", {{first, 1}}, {second});
    } else {
      program_.gate("swap", {}, {first, second});
    }
  }

  // The variable counts a bit's ones; an angle follows it.
  void turn_by_variable() {
    program_.step(-6, {0, program_.expression({{35, 0}, {33, bit()}, {40, 0}})});
    program_.gate("ry", {}, {qubit()}, {0});
    program_.angle_from(program_.expression({{35, 0}, {80, 0}}));
  }

  std::mt19937& random_;
  int qubits_;
  ProgramBuilder program_;
};

// Random gates, measurements, resets, conditions, loops and a variable on few qubits.
inline ProgramBuilder random_dynamic(std::mt19937& random, int most_qubits = 4) {
  return RandomDynamic(random, most_qubits).build();
}
