// Emits native/gates/gates.gen.h.

const ANGLES = 3;
const PARAMS = 4;
const TARGETS = 3;

const pad = (values, length, filler) => [...values, ...Array(length - values.length).fill(filler)];
const real = (value) =>
  (Number.isInteger(value) ? `${value}.0` : String(value)).replace(/^-0\.0$/, '0.0');

function affine({ constant, coefficients }) {
  return `{${real(constant)}, {${pad(coefficients, PARAMS, 0).map(real).join(', ')}}}`;
}

function step({ primitive, targets, pauli, affine: angles }) {
  const all = pad(angles, ANGLES, { constant: 0, coefficients: [] });
  const where = pad(targets, TARGETS, 0).join(', ');
  return `{Primitive::${primitive}, ${targets.length}, {${where}}, "${pauli}", {${all.map(affine).join(', ')}}}`;
}

function header(steps, gates) {
  return `// Generated from gates.def by scripts/generate-gates.mjs; do not edit.
// clang-format off
#pragma once

#include <cstdint>

namespace qmlx {

/// What a step does on its targets, under all controls of the gate.
/// u: P(phi) RY(theta) P(lambda), angles {theta, phi, lambda}; rot: RY; flip: X; swap: exchanges two targets;
/// phase: exp(i a) where all targets are 1 (no targets: everywhere); parity: exp(-i a/2 Z..Z);
/// pauli: exp(-i a/2 P), where letter k of \`pauli\` acts on target k.
enum class Primitive : std::uint8_t { u, rot, phase, parity, flip, swap, pauli };

/// constant + sum of coefficient[k] * params[k], in radians.
struct Affine {
  double constant;
  double coefficient[4];
};

struct Step {
  Primitive primitive;
  std::uint8_t target_count;
  std::uint8_t targets[3];
  char pauli[4];
  Affine angles[3];
};

/// controls is -1 where a gate takes any number of them.
struct GateRow {
  const char* name;
  std::uint8_t param_count;
  std::int8_t controls;
  std::uint8_t targets;
  std::uint16_t first_step;
  std::uint16_t step_count;
};

inline constexpr Step kSteps[] = {
${steps.join('\n')}
};

/// The index of a row is its opcode in an encoded program.
inline constexpr GateRow kGates[] = {
${gates.join('\n')}
};

}  // namespace qmlx
`;
}

/** The C++ header with all steps and rows. */
export function toCpp(rows) {
  const steps = [];
  const gates = [];
  for (const row of rows) {
    const first = steps.length;
    const counts = `${row.params.length}, ${row.controls}, ${row.targets}`;
    gates.push(`    {"${row.name}", ${counts}, ${first}, ${row.steps.length}},`);
    row.steps.forEach((item, k) => {
      steps.push(`    ${step(item)},${k === 0 ? `  // ${row.name}` : ''}`);
    });
  }
  return header(steps, gates);
}
