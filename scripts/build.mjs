// Everything a checkout needs to run: the native addon and the compiled TypeScript.
await import('./build-addon.mjs');
await import('./build-typescript.mjs');
