// Tries every device in a process of its own and prints what became of it: run by libmlx.test.ts with libraries and
// variables of its choice.

import { circuit } from '../../dist/index.js';

const warnings = [];
process.on('warning', ({ message }) => warnings.push(message));

async function outcomeOn(device) {
  try {
    const { counts, device: used } = await circuit(17, 17)
      .h(0)
      .cx(0, 16)
      .measureAll()
      .run({ device, shots: 100, seed: 1 });
    return { used, counts: [...counts] };
  } catch (error) {
    const { code, message, expected, received } = error;
    return { code, message, expected, received };
  }
}

const outcomes = {};
for (const device of ['auto', 'mlx-cpu', 'gpu', 'cpu']) outcomes[device] = await outcomeOn(device);
// Warnings are emitted in a later turn of the loop.
await new Promise((resolve) => setImmediate(resolve));
process.stdout.write(JSON.stringify({ outcomes, warnings }));
