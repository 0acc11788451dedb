// Random programs of all gates, with controls of both values.
#pragma once

#include <algorithm>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

#include "program_builder.h"

// Gates of the whole table; with `together`, every second one on qubits of the one before it.
inline ProgramBuilder random_program(int n, int gates, std::mt19937& random,
                                     bool together = false) {
  ProgramBuilder program(n);
  std::uniform_real_distribution<double> angle(-7, 7);
  std::vector<int> qubits(static_cast<std::size_t>(n));
  for (int q = 0; q < n; ++q) qubits[static_cast<std::size_t>(q)] = q;
  while (gates > 0) {
    const qmlx::GateRow& row = qmlx::kGates[random() % std::size(qmlx::kGates)];
    const int own = row.controls < 0 ? static_cast<int>(random() % 3) : row.controls;
    const int controls = own + (random() % 4 == 0 ? 1 : 0);
    if (controls + row.targets > n) continue;
    if (!together || gates % 2 == 0) std::shuffle(qubits.begin(), qubits.end(), random);
    std::vector<std::pair<int, int>> with;
    for (int k = 0; k < controls; ++k)
      with.emplace_back(qubits[static_cast<std::size_t>(k)],
                        k < own ? 1 : static_cast<int>(random() % 2));
    const std::vector<int> targets(qubits.begin() + controls,
                                   qubits.begin() + controls + row.targets);
    std::vector<double> angles;
    for (int k = 0; k < row.param_count; ++k) angles.push_back(angle(random));
    program.gate(row.name, with, targets, angles);
    --gates;
  }
  return program;
}
