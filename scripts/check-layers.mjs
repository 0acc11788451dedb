// Fails when a file imports or includes something its layer must not know (scripts/layers.mjs).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import * as table from './layers.mjs';
import { root as packageRoot } from './run.mjs';

function filesUnder(root, folder, pattern) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => posix.join(folder, name.split(sep).join('/')))
    .filter((name) => pattern.test(name))
    .sort();
}

function lineOf(text, position) {
  return text.slice(0, position).split('\n').length;
}

const allows = (list, name) => list.includes('*') || list.includes(name);

const layerOfLibrary = (path) => path.split('/')[1].replace(/\.ts$/, '');

/** `{ specifier, position, typeOnly }` of every import, export from, import() and require(). */
function importsOf(file, text) {
  const imports = [];
  const add = (literal, typeOnly) => {
    if (!literal || !ts.isStringLiteralLike(literal)) return;
    imports.push({ specifier: literal.text, position: literal.pos, typeOnly });
  };
  const visit = (node) => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node.argument.literal, true);
    } else if (ts.isCallExpression(node)) {
      const callee = node.expression;
      const loads = callee.kind === ts.SyntaxKind.ImportKeyword || callee.getText() === 'require';
      if (loads) add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return imports;
}

function checkPackage(file, layer, specifier) {
  const { packages } = table.libraryLayers[layer];
  if (specifier === 'node-gyp-build' && file !== table.addonLoader) {
    return `only ${table.addonLoader} may load the addon`;
  }
  return allows(packages, specifier)
    ? undefined
    : `'${layer}' must not import '${specifier}' (allowed: ${packages.join(', ') || 'no package'})`;
}

function checkImport(file, layer, { specifier, typeOnly }) {
  if (!specifier.startsWith('.')) return checkPackage(file, layer, specifier);
  const target = posix.join(posix.dirname(file), specifier);
  if (file === table.addonLoader && target === 'package.json') return undefined;
  if (!target.startsWith('lib/')) return `lib/ must not import '${specifier}' from outside lib/`;
  const { uses, types = [] } = table.libraryLayers[layer];
  const targetLayer = layerOfLibrary(target.replace(/\.js$/, ''));
  if (targetLayer === layer || allows(uses, targetLayer)) return undefined;
  if (types.includes(targetLayer)) {
    return typeOnly
      ? undefined
      : `'${layer}' may import '${targetLayer}' with \`import type\` only`;
  }
  return `'${layer}' must not import '${targetLayer}' (allowed: ${uses.join(', ') || 'nothing'})`;
}

function checkLibraryFile(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const layer = layerOfLibrary(file);
  if (!(layer in table.libraryLayers)) {
    return [`${file}:1: '${layer}' is not a layer of scripts/layers.mjs`];
  }
  const problems = [];
  for (const found of importsOf(file, text)) {
    const problem = checkImport(file, layer, found);
    if (problem) problems.push(`${file}:${lineOf(text, found.position)}: ${problem}`);
  }
  const resolves = table.resolvers.includes(file) ? undefined : /\bcreateRequire\s*\(/.exec(text);
  const loads = /\bdlopen\s*\(|['"`][^'"`\n]*\.node['"`]/.exec(text) ?? resolves;
  if (loads && file !== table.addonLoader) {
    problems.push(
      `${file}:${lineOf(text, loads.index)}: only ${table.addonLoader} may load the addon`,
    );
  }
  return problems;
}

function checkSystemHeader(layer, header) {
  if (table.nodeApiHeaders.test(header)) {
    return layer === table.nodeApiFolder
      ? undefined
      : `only native/${table.nodeApiFolder} may include <${header}>`;
  }
  const { system } = table.nativeLayers[layer];
  if (system === 'any' || (system === 'standard' && table.standardHeaders.has(header))) {
    return undefined;
  }
  const allowed = system === 'none' ? 'no system header' : 'the C++ standard library only';
  return `'${layer}' must not include <${header}> (allowed: ${allowed})`;
}

function checkOwnHeader(root, layer, header) {
  const target = header.split('/')[0];
  if (table.nodeApiHeaders.test(header)) return checkSystemHeader(layer, header);
  if (!(target in table.nativeLayers) || !existsSync(join(root, 'native', header))) {
    return `"${header}" is not a path from native/`;
  }
  const { uses } = table.nativeLayers[layer];
  return target === layer || uses.includes(target)
    ? undefined
    : `'${layer}' must not include '${target}' (allowed: ${uses.join(', ') || 'nothing'})`;
}

function checkNativeFile(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const layer = file.split('/')[1];
  if (!(layer in table.nativeLayers)) {
    return [`${file}:1: '${layer}' is not a layer of scripts/layers.mjs`];
  }
  const problems = [];
  for (const match of text.matchAll(/^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]/gm)) {
    const [, bracket, header] = match;
    const problem =
      bracket === '<' ? checkSystemHeader(layer, header) : checkOwnHeader(root, layer, header);
    if (problem) problems.push(`${file}:${lineOf(text, match.index)}: ${problem}`);
  }
  return problems;
}

/** Every violation under a package root, as `file:line: what is wrong`. */
export function findViolations(root) {
  return [
    ...filesUnder(root, 'lib', /\.ts$/).flatMap((file) => checkLibraryFile(root, file)),
    ...filesUnder(root, 'native', /\.(h|cpp|def)$/).flatMap((file) => checkNativeFile(root, file)),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const violations = findViolations(packageRoot);
  for (const violation of violations) console.error(violation);
  console.log(
    `Layers: ${violations.length === 0 ? 'no violation' : `${violations.length} violation(s)`}`,
  );
  process.exit(violations.length === 0 ? 0 : 1);
}
