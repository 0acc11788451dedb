// How engines are chosen and what is said when one does not work as it should.

import { describe, expect, it, jest } from '@jest/globals';
import { circuit } from 'qmlx';
import { calibrationStatus } from '../../../lib/run/calibration.js';
import {
  openEngine,
  openEngineSoon,
  presentDevices,
  sharedEngine,
} from '../../../lib/run/engines.js';

const { present } = presentDevices();

const GPU_QUBITS = calibrationStatus().gpuFromQubits;

describe('auto', () => {
  it('is the CPU for small circuits and the fastest device for large ones', async () => {
    const auto = { device: 'auto', threads: 0, precision: 'complex64' } as const;
    expect(sharedEngine(auto, GPU_QUBITS - 1).device).toBe('cpu');
    expect(sharedEngine(auto, GPU_QUBITS).device).toBe(present[0]);
    const large = circuit(GPU_QUBITS, 1).h(0).measure(0, 0);
    expect((await large.run({ shots: 1 })).device).toBe(present[0]);
  });

  it('is the CPU where the state does not fit on the GPU', () => {
    expect(sharedEngine({ device: 'auto', threads: 0, precision: 'complex64' }, 48).device).toBe(
      'cpu',
    );
  });
});

// The walker of GPUs runs on MLX's CPU device too; builds without MLX have no such device.
(present.includes('mlx-cpu') ? describe : describe.skip)('a start-up test', () => {
  it('that fails twice leaves no engine and gives both reasons', async () => {
    const failing = { variant: 'failing-self-tests' };
    const error = await openEngineSoon('mlx-cpu', failing).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BACKEND_FAILED', device: 'mlx-cpu' });
    expect(String(error)).toMatch(/in-place: .*out-of-place: /);
  });

  it('that fails in place leads out of place, with one warning', () => {
    const emit = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const engine = openEngine('mlx-cpu', { variant: 'failing-self-test' });
    openEngine('mlx-cpu', { variant: 'failing-self-test' });
    expect(engine.native.describe().variant).toBe('out-of-place');
    const said = emit.mock.calls.map(([text]) => String(text));
    emit.mockRestore();
    expect(said).toEqual([expect.stringMatching(/does not work in place: in-place: /)]);
  });
});
