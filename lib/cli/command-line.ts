import { Command, CommanderError, Option } from 'commander';
import { VERSION } from '../index.js';
import { examine } from './doctor.js';
import { BENCH_FORMATS, runBenchmark, type BenchCommandOptions } from './bench.js';
import { describeFailure, EXIT } from './failure.js';
import {
  checkFile,
  drawFile,
  explainFile,
  writeInformation,
  type DrawCommandOptions,
  type FormOptions,
} from './inspect.js';
import {
  buildNative,
  cleanLibrary,
  downloadLibrary,
  type DownloadCommandOptions,
} from './library.js';
import { playFile, type PlayCommandOptions } from './play.js';
import { formatFile, type FormatCommandOptions } from './format.js';
import type { SourceOptions } from './input.js';
import { FORMATS, runFile, type RunCommandOptions } from './run.js';
import { styled, writeLine, type Terminal } from './terminal.js';
import { numberValue, parameterValue, portValue, seedValue, sizesValue } from './values.js';

const FILE = 'OpenQASM 2 or 3 file, - for standard input';
const INCLUDE = ['--include <folder>', 'folder with the files that it includes'] as const;

function addRun(program: Command, terminal: Terminal): void {
  program
    .command('run')
    .description('run a circuit and print the counts of its measurements')
    .argument('<file>', FILE)
    .option('--shots <count>', 'how often to measure, 0 to 2^31 (default: 1024)', numberValue)
    .option('--seed <integer>', 'the same seed gives the same counts', seedValue)
    .option('--device <name>', 'auto, cpu, gpu or mlx-cpu')
    .option('--threads <count>', 'threads of the CPU engine', numberValue)
    .option('--precision <name>', 'complex64 (the default) or complex128')
    .option(...INCLUDE)
    .option('--param <name=value>', 'value of a parameter; may be repeated', parameterValue)
    .addOption(
      new Option('--format <form>', 'form of the output').choices(FORMATS).default('table'),
    )
    .action((file: string, options: RunCommandOptions) => runFile(file, options, terminal));
}

function addInspection(program: Command, terminal: Terminal): void {
  program
    .command('draw')
    .description('draw a circuit')
    .argument('<file>', FILE)
    .option('--text', 'as text (the default)')
    .addOption(new Option('--svg', 'as SVG').conflicts(['text', 'latex']))
    .addOption(new Option('--latex', 'as LaTeX for quantikz').conflicts('text'))
    .option('-o, --output <path>', 'write to a file')
    .option(...INCLUDE)
    .action((file: string, options: DrawCommandOptions) => drawFile(file, options, terminal));
  program
    .command('explain')
    .description('show how a circuit would be run: passes over memory, stages, operations')
    .argument('<file>', FILE)
    .option(...INCLUDE)
    .action((file: string, options: SourceOptions) => explainFile(file, options, terminal));
  program
    .command('check')
    .description('check a circuit without running it')
    .argument('<file>', FILE)
    .option('--json', 'write the findings as JSON')
    .option(...INCLUDE)
    .action((file: string, options: FormOptions & SourceOptions) =>
      checkFile(file, options, terminal),
    );
  program
    .command('fmt')
    .description('lay out a file; comments stay')
    .argument('<file>', FILE)
    .option('-w, --write', 'write the file itself instead of standard output')
    .addOption(new Option('--check', 'only say whether it is laid out').conflicts('write'))
    .action((file: string, options: FormatCommandOptions) => formatFile(file, options, terminal));
  program
    .command('play')
    .description('edit, run and step through a circuit in a browser')
    .argument('<file>', `${FILE}; or a link that the page shared`)
    .option('--port <number>', 'port on 127.0.0.1, 0 for any free one', portValue, 0)
    .action((file: string, options: PlayCommandOptions) => playFile(file, options, terminal));
  program
    .command('info')
    .description('show versions, devices and memory')
    .option('--json', 'as JSON')
    .action((options: FormOptions) => writeInformation(options, terminal));
}

function addLibrary(program: Command, terminal: Terminal): void {
  program
    .command('download')
    .description('fetch the MLX library unless it is there')
    .addOption(new Option('--variant <name>', 'which one').choices(['cpu', 'cuda13', 'metal']))
    .addOption(new Option('--source <name>', 'from where').choices(['wheel', 'archive', 'build']))
    .option('--force', 'fetch it even if it is there')
    .option(
      '--verify',
      'compare files with their digests, remove what has changed, fetch if none is left',
    )
    .action((options: DownloadCommandOptions) => downloadLibrary(options, terminal));
  program
    .command('clean')
    .description('remove what was fetched and compiled')
    .action(() => cleanLibrary(terminal));
  program
    .command('build')
    .description(
      'compile the addon if none loads, and the MLX engine for the library that is there',
    )
    .action(() => buildNative(terminal));
  program
    .command('doctor')
    .description('say what works here, what does not, and what to do about it')
    .action(() => examine(terminal));
}

function addBenchmark(program: Command, terminal: Terminal): void {
  program
    .command('bench')
    .description('measure how fast circuits run on this machine')
    .option('--quick', 'fewer sizes and repeats: about ten seconds')
    .option('--family <name>', 'only rows whose name holds this text')
    .option('--qubits <sizes>', 'sizes, such as 4,20 or 16-20', sizesValue)
    .option('--device <name>', 'auto, cpu, gpu or mlx-cpu')
    .option('--threads <count>', 'threads of the CPU engine', numberValue)
    .addOption(
      new Option('--format <form>', 'form of the output').choices(BENCH_FORMATS).default('table'),
    )
    .option('--calibrate', 'measure from which size a GPU is faster, for auto')
    .action((options: BenchCommandOptions) => runBenchmark(options, terminal));
}

function build(terminal: Terminal): Command {
  const program = new Command('qmlx')
    .description('Runs quantum circuits written in OpenQASM.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .showHelpAfterError('Run qmlx --help for the commands and options.');
  addRun(program, terminal);
  addInspection(program, terminal);
  addLibrary(program, terminal);
  addBenchmark(program, terminal);
  return program;
}

/** Runs a command line and gives its exit code. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await build(terminal).parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    // Help and version end this way too, with exit code 0; errors of usage were printed already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { exit, message } = describeFailure(error);
    if (message !== '') {
      const label = styled(terminal, terminal.stderr, 'red', 'error:');
      writeLine(terminal.stderr, `${label} ${message}`);
    }
    return exit;
  }
}
