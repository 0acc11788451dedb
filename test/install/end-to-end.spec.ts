// The real MLX library, fetched from a server on this machine, computes; and a process that had none can use it at once.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ArchiveServer } from './archive-server.js';
import { realArchive, realLibrary, runProgram } from './real-library.js';
import { Workplace } from './workplace.js';

// Only a build with the MLX engine has a library to fetch.
(realLibrary === undefined ? describe.skip : describe)('the real library', () => {
  let server: ArchiveServer;
  let place: Workplace;

  beforeAll(async () => {
    server = await ArchiveServer.start();
    const triple = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
    server.serve(`v0.32.4/mlx-${triple}.tar.gz`, realArchive(realLibrary!));
    place = new Workplace(server.url);
  });
  afterAll(async () => {
    await server.close();
    place.remove();
  });

  it('is used by a process that had none before it was fetched', async () => {
    const program = `
      const code = await bell('mlx-cpu').catch((error) => error.code);
      const { fetched } = await ensureLibmlx({ source: 'archive' });
      const { device, counts } = await bell('mlx-cpu');
      print({ code, fetched, device, counts: [...counts], expected: [...(await bell('cpu')).counts] });`;
    const { code, fetched, device, counts, expected } = (await runProgram(
      program,
      place.environment(),
    )) as Record<string, unknown>;
    expect([code, fetched, device]).toEqual(['ERR_BACKEND_UNAVAILABLE', true, 'mlx-cpu']);
    expect(counts).toEqual(expected);
  });

  it('is found by the next process, offline', async () => {
    const program = "const { device } = await bell('mlx-cpu'); print(device);";
    expect(await runProgram(program, place.environment({ LIBMLX_OFFLINE: '1' }))).toBe('mlx-cpu');
    place.expectOrder({ entries: 1 });
  });
});
