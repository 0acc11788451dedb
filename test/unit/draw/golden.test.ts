// Pictures byte for byte. After a change that is meant: QMLX_UPDATE_PICTURES=1 npm run test:jest -- test/unit/draw,
// then look at the pictures that changed.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { draw } from 'qmlx';
import { GATES } from '../../../lib/circuit/gates.gen.js';
import { goldenCircuits, type GoldenCircuit } from '../../fixtures/draw/circuits.js';
import { readSvg } from './svg-document.js';

const folder = fileURLToPath(new URL('../../fixtures/draw/golden', import.meta.url));
const isUpdate = process.env['QMLX_UPDATE_PICTURES'] === '1';

const picturesOf = ({ circuit, options }: GoldenCircuit): Record<string, string> => {
  const { text, svg, latex } = draw(circuit, options);
  return { txt: `${text}\n`, svg, tex: `${latex}\n` };
};

describe('pictures of circuits', () => {
  it('are of 60 circuits and more, among them every gate', () => {
    const names = goldenCircuits.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(names).toEqual(expect.arrayContaining(GATES.map((row) => `gate-${row.name}`)));
  });

  it.each(goldenCircuits.map((golden) => [golden.name, golden] as const))('%s', (name, golden) => {
    const pictures = picturesOf(golden);
    expect(picturesOf(golden)).toEqual(pictures);
    readSvg(pictures['svg'] ?? '');
    for (const [ending, picture] of Object.entries(pictures)) {
      const path = `${folder}/${name}.${ending}`;
      if (isUpdate) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(path, picture);
      }
      expect(picture).toBe(readFileSync(path, 'utf8'));
    }
  });

  it('have no file without a circuit', () => {
    const known = goldenCircuits.flatMap(({ name }) =>
      ['txt', 'svg', 'tex'].map((e) => `${name}.${e}`),
    );
    expect(readdirSync(folder).sort()).toEqual(known.sort());
  });
});
