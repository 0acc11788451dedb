// What happens when the package is installed: libmlx is fetched where it is wanted without being asked for, which is on
// Apple silicon and where a variable says so. Nothing is compiled. No failure here fails an installation.

import { QuantumError } from '../errors.js';
import { ensure, type EnsureContext } from './ensure.js';
import { PACKAGE_ROOT } from './package.js';
import { refuseHost, thisHost } from './platform.js';
import { displayOn, type ProgressStream } from './progress.js';
import { searchLibmlx } from './search.js';
import { readVariables, type Environment, type Variables } from './variables.js';

/** One sentence about what was done, and whether there is an MLX engine to use. */
interface Summary {
  readonly text: string;
  readonly isReady: boolean;
}

const LATER = 'Circuits run on the built-in engine; for MLX run: npx qmlx download';

/** Does what is to be done and gives the exit code. */
export async function runInstallScript(
  environment: Environment,
  stream: ProgressStream,
  context: EnsureContext = {},
): Promise<0 | 1> {
  const { text, isReady } = await summarize(environment, stream, context).catch(failure);
  if (environment['QMLX_LOG'] !== 'silent' || !isReady) stream.write(`qmlx: ${text}\n`);
  return isReady || !isRequired(environment) ? 0 : 1;
}

/** Also if something else makes no sense. */
function isRequired(environment: Environment): boolean {
  const text = environment['LIBMLX_REQUIRED'];
  return text !== undefined && text !== '' && !/^(?:0|false|off|no|n)$/i.test(text);
}

function failure(error: unknown): Summary {
  const reason = error instanceof Error ? error.message : String(error);
  const isOurs = QuantumError.is(error);
  const text = `libmlx was not fetched. ${isOurs ? '' : 'Unexpectedly: '}${reason} ${LATER}`;
  return { text: text.replaceAll('\n', ' '), isReady: false };
}

async function summarize(
  environment: Environment,
  stream: ProgressStream,
  context: EnsureContext,
): Promise<Summary> {
  const variables = readVariables(environment);
  if (variables.skipDownload) {
    return { text: `LIBMLX_SKIP_DOWNLOAD is set, nothing is fetched. ${LATER}`, isReady: false };
  }
  const host = context.host ?? thisHost();
  const refusal = refuseHost(host);
  if (refusal !== undefined) {
    return { text: `circuits run on the built-in engine. ${refusal}`, isReady: false };
  }
  const { candidates } = searchLibmlx({ root: context.root ?? PACKAGE_ROOT, environment, host });
  const [there] = candidates;
  if (there !== undefined) return { text: `uses ${there.library}.`, isReady: true };
  if (host.platform !== 'darwin' && !isAskedFor(variables)) {
    return { text: LATER, isReady: false };
  }
  if (variables.build || variables.source === 'build') {
    const text =
      'MLX is not compiled while packages are installed. Run: npx qmlx download --source build';
    return { text, isReady: false };
  }
  return fetchNow(environment, stream, { ...context, host });
}

async function fetchNow(
  environment: Environment,
  stream: ProgressStream,
  context: EnsureContext,
): Promise<Summary> {
  // The one setting of npm that is heeded.
  const isOffline = environment['npm_config_offline'] === 'true';
  const chosen = isOffline ? { ...environment, LIBMLX_OFFLINE: '1' } : environment;
  const { show, clear } = displayOn(stream);
  try {
    const { library } = await ensure({ onProgress: show }, { ...context, environment: chosen });
    return { text: `fetched ${library}.`, isReady: true };
  } finally {
    clear();
  }
}

/** Elsewhere than on a Mac MLX brings nothing that the built-in engine has not, unless there is an NVIDIA GPU. */
function isAskedFor({
  variant,
  source,
  archivePath,
  archiveUrl,
  required,
  build,
}: Variables): boolean {
  const named = variant ?? source ?? archivePath ?? archiveUrl ?? required ?? build;
  return named !== undefined;
}
