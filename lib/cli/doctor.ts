// `qmlx doctor`: what is there, what is not, and what to do about it.

import { info, locateLibmlx, type Information, type LibmlxLocation } from '../index.js';
import { CommandError } from './failure.js';
import { styled, writeLine, type Terminal } from './terminal.js';

/** One line of the report. What is missing may be meant to be; what is broken is not. */
interface Finding {
  readonly state: 'fine' | 'missing' | 'broken';
  readonly text: string;
  /** The command or change that mends it. */
  readonly next?: string;
}

const SIGNS = {
  fine: ['✓', 'green'],
  missing: ['–', 'yellow'],
  broken: ['✗', 'red'],
} as const;

const WITHOUT_ADDON =
  'npm install --force qmlx, or, with CMake and a C++20 compiler: npx qmlx build';

interface Engines {
  readonly findings: readonly Finding[];
  readonly information?: Information;
}

function findEngines(): Engines {
  try {
    const information = info();
    const findings = information.engines.map(({ device, name, variant, version }): Finding => {
      const library = version === '' ? '' : `, MLX ${version}`;
      const text = `device '${device}': ${name}, ${variant}${library}`;
      return variant === 'typescript'
        ? { state: 'broken', text, next: WITHOUT_ADDON }
        : { state: 'fine', text };
    });
    return { findings, information };
  } catch (error) {
    return { findings: [{ state: 'broken', text: (error as Error).message }] };
  }
}

/** Whether somebody has asked for MLX, or the machine is made for it. */
function isExpected(platform: string, { steps, candidates }: LibmlxLocation): boolean {
  const isGiven = steps.some(({ place }) => place === 'LIBMLX_DIR');
  const isRefused = steps.some(({ place }) => place === 'system');
  return (platform === 'darwin-arm64' && !isRefused) || isGiven || candidates.length > 0;
}

function findLibrary(location: LibmlxLocation, { information }: Engines): readonly Finding[] {
  const steps = location.steps.map(({ found, text }): Finding => ({
    state: found ? 'fine' : 'missing',
    text,
  }));
  if (information === undefined) return steps;
  const { platform, absent, engines } = information;
  const isUsed = engines.some(({ version }) => version !== '');
  const isNative = engines.every(({ variant }) => variant !== 'typescript');
  if (isUsed || !isNative) return steps;
  if (!isExpected(platform, location)) {
    const isRefused = location.steps.some(({ place }) => place === 'system');
    const text = 'Circuits run on the built-in engine; MLX is optional here.';
    const next = isRefused ? {} : { next: 'npx qmlx download' };
    return [...steps, { state: 'missing', text, ...next }];
  }
  const reason = absent.find(({ device }) => device === 'mlx-cpu')?.reason;
  const text = reason ?? 'There is no MLX engine.';
  return [...steps, { state: 'broken', text, next: nextCommand(location) }];
}

function nextCommand({ candidates, steps }: LibmlxLocation): string {
  if (steps.some(({ place }) => place === 'LIBMLX_DIR')) {
    return 'unset LIBMLX_DIR, or let it name a folder with a libmlx that fits';
  }
  if (candidates.length === 0) return 'npx qmlx download';
  if (candidates.every(({ engine }) => engine === undefined)) return 'npx qmlx build';
  return 'npx qmlx download --force';
}

function findVariables(location: LibmlxLocation, { findings }: Engines): readonly Finding[] {
  const unknown = location.unknownVariables.map((name): Finding => ({
    state: 'missing',
    text: `The variable ${name} means nothing to qmlx.`,
  }));
  const isSaid = (message: string): boolean =>
    [...findings, ...location.steps].some(({ text }) => text === message);
  const invalid = location.invalidVariables
    .filter((message) => !isSaid(message))
    .map((text): Finding => ({ state: 'broken', text }));
  return [...invalid, ...unknown];
}

/** Says what works here. Ends with the exit code 1 if something does not that should. */
export function examine(terminal: Terminal): void {
  const { stdout } = terminal;
  const engines = findEngines();
  const location = locateLibmlx();
  const findings = [
    ...engines.findings,
    ...findLibrary(location, engines),
    ...findVariables(location, engines),
  ];
  writeLine(stdout, `Node.js ${process.version}, ${process.platform}-${process.arch}`);
  for (const { state, text, next } of findings) {
    const [sign, colour] = SIGNS[state];
    writeLine(stdout, `${styled(terminal, stdout, colour, sign)} ${text}`);
    if (next !== undefined) writeLine(stdout, `  → ${next}`);
  }
  if (findings.some(({ state }) => state === 'broken')) throw new CommandError('failed');
}
