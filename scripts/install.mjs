// npm's install script of the published package: looks whether there is a libmlx to fetch. In a clone there is nothing
// to do, since the build fetches what it needs. It ends well whatever happens, unless LIBMLX_REQUIRED is set.
import { existsSync } from 'node:fs';

const script = new URL('../dist/libmlx/install-script.js', import.meta.url);
const source = new URL('../lib/index.ts', import.meta.url);
if (existsSync(script) && !existsSync(source)) {
  const { runInstallScript } = await import(script.href);
  process.exitCode = await runInstallScript(process.env, process.stderr);
}
