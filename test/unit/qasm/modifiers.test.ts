// Gate modifiers against states computed from matrices.

import { describe, expect, it } from '@jest/globals';
import { circuitOf, complaints, header3 } from './reading.js';
import { distance, genericState, stateOf } from './states.js';

/** Largest difference of what two programs do to three qubits; global phases count. */
function difference(first: string, second: string): number {
  const initial = genericState(3);
  const act = (text: string) => stateOf(circuitOf(`${header3}qubit[3] q; ${text}`), initial);
  return distance(act(first), act(second));
}

describe('two programs act alike', () => {
  it.each([
    ['inv @ s q[0];', 'sdg q[0];'],
    ['inv @ U(0.3, 0.2, 0.1) q[0];', 'U(-0.3, -0.1, -0.2) q[0];'],
    [
      'gate g(a) x1, y1 { rx(a) x1; cx x1, y1; gphase(a); } inv @ g(0.4) q[0], q[1];',
      'cx q[0], q[1]; rx(-0.4) q[0]; gphase(-0.4);',
    ],
    ['ctrl @ x q[0], q[1];', 'cx q[0], q[1];'],
    ['ctrl(2) @ x q[2], q[1], q[0];', 'ccx q[2], q[1], q[0];'],
    ['negctrl @ x q[0], q[1];', 'x q[0]; cx q[0], q[1]; x q[0];'],
    ['negctrl @ ctrl @ x q[0], q[1], q[2];', 'x q[0]; ccx q[0], q[1], q[2]; x q[0];'],
    ['ctrl @ negctrl @ x q[0], q[1], q[2];', 'x q[1]; ccx q[0], q[1], q[2]; x q[1];'],
    ['ctrl @ gphase(0.7) q[1];', 'U(0, 0, 0.7) q[1];'],
    ['negctrl @ gphase(0.7) q[1];', 'x q[1]; p(0.7) q[1]; x q[1];'],
    ['ctrl @ negctrl @ gphase(0.7) q[1], q[0];', 'x q[0]; cp(0.7) q[1], q[0]; x q[0];'],
    ['ctrl @ U(0.3, 0.2, 0.1) q[0], q[1];', 'cu(0.3, 0.2, 0.1, 0.15) q[0], q[1];'],
    ['ctrl @ u3(0.3, 0.2, 0.1) q[0], q[1];', 'cu(0.3, 0.2, 0.1, -0.15) q[0], q[1];'],
    ['pow(3) @ t q[0];', 't q[0]; t q[0]; t q[0];'],
    ['pow(-2) @ t q[0];', 'sdg q[0];'],
    ['pow(0) @ h q[0];', ''],
    ['pow(2) @ rx(0.3) q[0];', 'rx(0.6) q[0];'],
    ['pow(0.5) @ x q[0];', 'sx q[0];'],
    ['pow(0.5) @ z q[0];', 's q[0];'],
    ['pow(0.5) @ h q[0]; pow(0.5) @ h q[0];', 'h q[0];'],
    ['pow(0.25) @ U(0.4, 1, 2) q[0]; pow(0.75) @ U(0.4, 1, 2) q[0];', 'U(0.4, 1, 2) q[0];'],
    // The principal value: the phase 3π/2 is -π/2.
    ['pow(0.5) @ p(3 * π / 2) q[0];', 'p(-π / 4) q[0];'],
    ['pow(0.5) @ gphase(3 * π / 2);', 'gphase(-π / 4);'],
    ['gate g a { s a; h a; } pow(0.5) @ g q[0]; pow(0.5) @ g q[0];', 's q[0]; h q[0];'],
    ['pow(0.5) @ ctrl @ x q[0], q[1];', 'ctrl @ sx q[0], q[1];'],
    ['ctrl @ pow(0.5) @ x q[0], q[1];', 'ctrl @ sx q[0], q[1];'],
    ['pow(1.0 / 3) @ swap q[0], q[1]; pow(2.0 / 3) @ swap q[0], q[1];', 'swap q[0], q[1];'],
    ['inv @ pow(2) @ ctrl @ s q[0], q[1];', 'cz q[0], q[1];'],
    ['gate g(a) b { pow(a) @ x b; } g(3) q[0];', 'x q[0];'],
    [
      'gate g a, b { for int i in [1:3] { rx(0.1 * i) a; } cx a, b; } ctrl @ g q[0], q[1], q[2];',
      'ctrl @ rx(0.6) q[0], q[1]; ccx q[0], q[1], q[2];',
    ],
    ['ctrl @ swap q[0], q[1], q[2];', 'cswap q[0], q[1], q[2];'],
    [
      'negctrl(2) @ ry(0.4) q[0], q[1], q[2];',
      'x q[0]; x q[1]; ctrl(2) @ ry(0.4) q[0], q[1], q[2]; x q[0]; x q[1];',
    ],
  ])('%s', (first, second) => {
    expect(difference(first, second)).toBeLessThan(1e-12);
  });
});

describe('gates of stdgates.inc are what the specification says', () => {
  it.each([
    ['p(0.7) q[0];', 'ctrl @ gphase(0.7) q[0];'],
    ['x q[0];', 'U(π, 0, π) q[0]; gphase(-π/2);'],
    ['y q[0];', 'U(π, π/2, π/2) q[0]; gphase(-π/2);'],
    ['h q[0];', 'U(π/2, 0, π) q[0]; gphase(-π/4);'],
    ['sx q[0];', 'pow(0.5) @ x q[0];'],
    ['rx(0.7) q[0];', 'U(0.7, -π/2, π/2) q[0]; gphase(-0.35);'],
    ['ry(0.7) q[0];', 'U(0.7, 0, 0) q[0]; gphase(-0.35);'],
    ['rz(0.7) q[0];', 'gphase(-0.35); U(0, 0, 0.7) q[0];'],
    [
      'cu(0.3, 0.2, 0.1, 0.5) q[0], q[1];',
      'p(0.5 - 0.15) q[0]; ctrl @ U(0.3, 0.2, 0.1) q[0], q[1];',
    ],
    ['u2(0.3, 0.2) q[0];', 'gphase(-(0.5 + π/2)/2); U(π/2, 0.3, 0.2) q[0];'],
    ['u3(0.3, 0.2, 0.1) q[0];', 'gphase(-0.3); U(0.3, 0.2, 0.1) q[0];'],
    ['CX q[0], q[1];', 'ctrl @ U(π, 0, π) q[0], q[1]; p(-π/2) q[0];'],
  ])('%s', (first, second) => {
    expect(difference(first, second)).toBeLessThan(1e-12);
  });
});

describe('what is wrong with modifiers', () => {
  it.each([
    ['ctrl @ x q[0];', '3:20 SEMANTIC `x` under 1 control takes 2 qubits, received 1'],
    ['ctrl(0) @ x q[0];', '3:13 SEMANTIC a gate needs at least 1 control; this number is 0'],
    [
      'int n = 2; ctrl(n) @ x q[0], q[1], q[2];',
      '3:24 SEMANTIC a number of controls must be a constant',
    ],
    ['ctrl @ x q[0], q[0];', '3:28 SEMANTIC this qubit stands twice; a gate needs distinct qubits'],
    [
      'pow(1 / 0.0) @ x q[0];',
      '3:17 SEMANTIC this exponent is Infinity; an exponent must be a finite number',
    ],
    ['ctrl @x q[0], q[1];', '3:18 SYNTAX expected "@" alone, found an annotation'],
  ])('%s', (text, complaint) => {
    expect(complaints(`${header3}qubit[3] q; ${text}`)).toEqual([complaint]);
  });
});
