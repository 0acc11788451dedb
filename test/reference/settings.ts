// Every way in which this process can compute: the present devices, each in the precisions it has.

import type { Precision } from 'qmlx';
import { presentDevices, type EngineDevice } from '../../lib/run/engines.js';

export interface Setting {
  readonly device: EngineDevice;
  readonly precision: Precision;
  readonly name: string;
  readonly amplitudeBytes: number;
  /** Of results that circuits of few gates must have right. */
  readonly decimals: number;
}

export const settings: readonly Setting[] = presentDevices().present.flatMap((device) => {
  const single = { device, precision: 'complex64', amplitudeBytes: 8, decimals: 5 } as const;
  const double = { device, precision: 'complex128', amplitudeBytes: 16, decimals: 12 } as const;
  return [
    { ...single, name: device },
    ...(device === 'cpu' ? [{ ...double, name: 'cpu in complex128' }] : []),
  ];
});
