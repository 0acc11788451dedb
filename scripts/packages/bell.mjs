// Run where the packed packages are installed: imports qmlx and runs a Bell circuit on each device named.
import { circuit, info } from 'qmlx';

const bell = circuit(2, 2).h(0).cx(0, 1).measureAll();
for (const device of process.argv.slice(2)) {
  const { counts, device: used } = await bell.run({ device, shots: 1000, seed: 42 });
  const [zeros = 0, ones = 0] = ['00', '11'].map((key) => counts.get(key));
  if (used !== device || zeros + ones !== 1000 || zeros < 400 || ones < 400) {
    throw new Error(`On ${device} (${used}): ${JSON.stringify([...counts])}`);
  }
  const engine = info().engines.find((each) => each.device === device);
  console.log(`${info().platform}, ${device}, ${engine.variant}: 00 ${zeros}, 11 ${ones}`);
}
process.exit(0);
