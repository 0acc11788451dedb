// `qmlx build`: compiles the MLX engine for a library, which is then used. Takes minutes, so that CI leaves it out.

import { expect, it } from '@jest/globals';
import { dirname } from 'node:path';
import { realLibrary, runProgram } from './real-library.js';
import { Workplace } from './workplace.js';

// Only a build with the MLX engine has a library to compile for.
(realLibrary === undefined ? it.skip : it)(
  'compiles an engine that computes',
  async () => {
    const place = new Workplace('http://127.0.0.1:9');
    try {
      const environment = { LIBMLX_CACHE: place.cache, LIBMLX_DIR: dirname(dirname(realLibrary!)) };
      const program = `
        const engine = await buildEngine();
        const [{ engine: found }] = locateLibmlx().candidates;
        const { device } = await bell('mlx-cpu');
        print({ engine, found, device });`;
      const { engine, found, device } = (await runProgram(program, environment)) as Record<
        string,
        unknown
      >;
      expect(device).toBe('mlx-cpu');
      expect(found).toBe(engine);
      expect(String(engine).startsWith(place.cache)).toBe(true);
    } finally {
      place.remove();
    }
  },
  900_000,
);
