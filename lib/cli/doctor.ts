// `qmlx doctor`: what is there, what is not, and what to do about it.

import { spawnSync } from 'node:child_process';
import {
  info,
  locateLibmlx,
  type Information,
  type LibmlxCandidate,
  type LibmlxLocation,
} from '../index.js';
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

const GIVEN = 'unset LIBMLX_DIR, or let it name a folder with a libmlx that fits';
/** How another library takes the place of a broken one. */
const REPLACING = {
  LIBMLX_DIR: GIVEN,
  package: `npm install --force @qmlx/mlx-${process.platform}-${process.arch}`,
  cache: 'npx qmlx download --verify',
} as const;
const WITHOUT_ADDON =
  'npm install --force --include=optional qmlx, or, with CMake and a C++20 compiler: npx qmlx build';

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

/** Opens the engines in another process first: a damaged library ends the one that loads it. */
function findCrash(location: LibmlxLocation): Finding | undefined {
  if (location.candidates.length === 0) return undefined;
  const entry = JSON.stringify(new URL('../index.js', import.meta.url).href);
  const program = `import(${entry}).then(({ info }) => info())`;
  const { signal } = spawnSync(process.execPath, ['-e', program], { stdio: 'ignore' });
  if (signal === null) return undefined;
  const text = `The MLX library that is found ends the process that loads it (${signal}): it is damaged, or does not fit this system.`;
  return {
    state: 'broken',
    text,
    next: REPLACING[(location.candidates[0] as LibmlxCandidate).source],
  };
}

/** Whether somebody has asked for MLX, or the machine is made for it. */
function isExpected(platform: string, { steps, candidates }: LibmlxLocation): boolean {
  const isGiven = steps.some(({ place }) => place === 'LIBMLX_DIR');
  const isRefused = steps.some(({ place }) => place === 'system');
  return (platform === 'darwin-arm64' && !isRefused) || isGiven || candidates.length > 0;
}

function findSteps({ steps, invalidVariables }: LibmlxLocation): readonly Finding[] {
  return steps.map(({ found, text }): Finding => {
    if (found) return { state: 'fine', text };
    return { state: invalidVariables.includes(text) ? 'broken' : 'missing', text };
  });
}

function findLibrary(location: LibmlxLocation, { information }: Engines): readonly Finding[] {
  const steps = findSteps(location);
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
    return GIVEN;
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
  const location = locateLibmlx();
  const crash = findCrash(location);
  const engines = crash ? { findings: [crash] } : findEngines();
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
