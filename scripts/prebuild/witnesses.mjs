// Looks whether the programs that libcxx-witnesses.json names import what it says (80 MB of downloads), and whether
// the header names what every C++ runtime of this interface has.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.mjs';
import { cxxHeaders, inspect, witnessed } from './toolchain.mjs';

for (const { header, functions } of witnessed.filter((witness) => 'header' in witness)) {
  const text = readFileSync(join(cxxHeaders(), header), 'utf8');
  const missing = functions.filter((name) => !text.includes(`basic_string<_CharType>::${name}`));
  if (missing.length > 0) throw new Error(`${header} does not name ${missing.join(', ')}.`);
  console.log(`${header}: names all ${functions.length} functions`);
}

const programs = witnessed.filter((witness) => 'package' in witness);
for (const { package: name, version, platform, names } of programs) {
  const folder = mkdtempSync(join(tmpdir(), 'witness-'));
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary=:all:'];
  const target = ['--python-version', '3.12', '--platform', platform];
  run('python3', [...pip, ...target, '--dest', folder, `${name}==${version}`]);
  const [wheel] = readdirSync(folder);
  run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
  const libraries = readdirSync(folder, { recursive: true }).filter((file) =>
    /\.(so|dylib)$/.test(file),
  );
  const facts = inspect(libraries.map((file) => join(folder, file)));
  const imported = new Set(
    facts.flatMap(({ imports }) => imports?.['/usr/lib/libc++.1.dylib'] ?? []),
  );
  const missing = names.filter((symbol) => !imported.has(symbol));
  rmSync(folder, { recursive: true });
  if (missing.length > 0)
    throw new Error(`${name} ${version} does not import ${missing.join(', ')}.`);
  console.log(`${name} ${version} for ${platform}: imports all ${names.length} names`);
}
