// What a calibration file does, and what it must not.

import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { calibrate, info } from 'qmlx';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  calibrationStatus,
  GPU_QUBITS,
  keepCalibration,
  readCalibration,
} from '../../../lib/run/calibration.js';
import { presentDevices, sharedEngine } from '../../../lib/run/engines.js';

const { present } = presentDevices();
const auto = { device: 'auto', threads: 0, precision: 'complex64' } as const;
const cache = mkdtempSync(join(tmpdir(), 'qmlx-calibration-'));
process.env['XDG_CACHE_HOME'] = cache;
process.env['LOCALAPPDATA'] = cache;
process.env['HOME'] = cache;

let file = '';

beforeEach(() => {
  rmSync(cache, { recursive: true });
  ({ file } = keepCalibration({ gpuFromQubits: 12 }));
});

afterAll(() => rmSync(cache, { recursive: true, force: true }));

const ignored = (reason: RegExp): object => ({
  state: 'ignored',
  gpuFromQubits: GPU_QUBITS,
  reason: expect.stringMatching(reason) as unknown,
});

describe('a calibration', () => {
  it('is kept in the cache folder and used at once', () => {
    expect(file.startsWith(cache)).toBe(true);
    expect(readdirSync(dirname(file))).toEqual(['calibration.json']);
    expect(readCalibration()).toEqual({ state: 'used', gpuFromQubits: 12, file });
    expect(info().calibration).toEqual(calibrationStatus());
    expect(sharedEngine(auto, 11).device).toBe('cpu');
    expect(sharedEngine(auto, 12).device).toBe(present[0]);
  });

  it('that is not there leaves the default', () => {
    rmSync(file);
    expect(readCalibration()).toEqual({ state: 'none', gpuFromQubits: GPU_QUBITS, file });
  });

  it.each(['qmlx', 'platform', 'processor', 'threads'])('of another %s is ignored', (key) => {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { machine: Record<string, unknown> };
    kept.machine[key] = 'other';
    writeFileSync(file, JSON.stringify(kept));
    expect(readCalibration()).toMatchObject(ignored(new RegExp(`made for ${key} "other"`)));
  });

  it.each([
    ['half a file', '{ "machine": {'],
    ['another value', 'null'],
    ['a list', '[]'],
    ['no machine', '{ "gpuFromQubits": 12 }'],
    ['a size that is no number', '{ "machine": {}, "gpuFromQubits": "12" }'],
    ['a size out of range', '{ "machine": {}, "gpuFromQubits": 0 }'],
    ['bytes', '\0\u0001\u0002'],
  ])('that is damaged is ignored: %s', (_, content) => {
    writeFileSync(file, content);
    expect(readCalibration()).toMatchObject(ignored(/./));
  });

  it('that cannot be read is ignored', () => {
    rmSync(dirname(file), { recursive: true });
    writeFileSync(dirname(file), 'a file where the folder should be');
    expect(readCalibration()).toMatchObject({ state: 'none', gpuFromQubits: GPU_QUBITS });
  });
});

describe('calibrate', () => {
  it('finds the size where a GPU begins to be faster, or says that there is none', async () => {
    if (present.includes('gpu')) {
      const { state, gpuFromQubits } = await calibrate();
      expect(state).toBe('used');
      expect(gpuFromQubits).toBeGreaterThanOrEqual(8);
    } else {
      await expect(calibrate()).rejects.toMatchObject({ code: 'ERR_BACKEND_UNAVAILABLE' });
      expect(readCalibration()).toMatchObject({ state: 'used', gpuFromQubits: 12 });
    }
  });
});
