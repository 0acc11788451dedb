// What a user would try first; prints what came of it. With an argument, also on that device.
import { circuit, locateLibmlx } from 'qmlx';

const bell = () => circuit(2, 2).h(0).cx(0, 1).measureAll();
const outcomes = [];
for (const device of ['cpu', ...process.argv.slice(2)]) {
  const result = await bell().run({ device, shots: 1000, seed: 7 });
  outcomes.push({ device: result.device, counts: Object.fromEntries(result.counts) });
}
console.log(JSON.stringify({ outcomes, steps: locateLibmlx().steps.map(({ text }) => text) }));
