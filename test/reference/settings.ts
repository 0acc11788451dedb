// Every way in which this process can compute: the present devices, each in the precisions it has. Without the addon
// that is the engine in TypeScript (jest.typescript.config.js).

import type { Precision } from 'qmlx';
import { MOST_QUBITS } from '../../lib/engine/program.js';
import { presentDevices, sharedEngine, type EngineDevice } from '../../lib/run/engines.js';

export interface Setting {
  readonly device: EngineDevice;
  readonly precision: Precision;
  readonly name: string;
  readonly amplitudeBytes: number;
  /** Whatever the memory. */
  readonly mostQubits: number;
  /** Of results that circuits of few gates must have right. */
  readonly decimals: number;
}

/** Whether the engine in TypeScript takes the place of the compiled ones. */
export const isTypescript =
  sharedEngine({ device: 'cpu', threads: 0, precision: 'complex64' }, 0).native.device ===
  'typescript';

const mostQubits = isTypescript ? MOST_QUBITS : Infinity;

export const settings: readonly Setting[] = presentDevices().present.flatMap((device) => {
  const single = { device, precision: 'complex64', amplitudeBytes: 8, decimals: 5 } as const;
  const double = { device, precision: 'complex128', amplitudeBytes: 16, decimals: 12 } as const;
  return [
    { ...single, name: device, mostQubits },
    ...(device === 'cpu' ? [{ ...double, name: 'cpu in complex128', mostQubits }] : []),
  ];
});
