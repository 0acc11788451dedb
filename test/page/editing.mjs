// Typing, sharing, exporting.
import assert from 'node:assert';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bell, layers, teleportation } from './circuits.mjs';
import { folder, openPage, settled, startServer, textOf, type } from './session.mjs';

async function errorsStandAtTheirLine(browser) {
  const server = await startServer(bell);
  const { page, faults, close } = await openPage(browser, server.url);
  assert.equal(await page.locator('#circuit svg title', { hasText: /^H on q0$/ }).count(), 1);
  await type(page, bell.replace('h q[0]', 'hh q[0]'));
  await page.waitForSelector('#findings button');
  assert.match(await textOf(page, '#findings button'), /^Line 5: .*hh/);
  assert.equal(await page.locator('.cm-lintRange-error').textContent(), 'hh');
  assert.equal(await page.locator('#circuit svg title', { hasText: /^H on q0$/ }).count(), 1);
  assert.match(await textOf(page, '#circuit-note'), /last circuit without any/);
  await page.screenshot({ path: join(folder, 'error.png') });
  await page.click('#findings button');
  await page.keyboard.insertText('x');
  await page.waitForFunction(() => document.querySelector('#findings').children.length === 0);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('#circuit title')].some((t) => t.textContent === 'X on q0'),
  );
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

async function typingIsNeverBlocked(browser) {
  const server = await startServer(bell);
  const { page, close } = await openPage(browser, server.url);
  await type(page, layers(24, 40));
  await page.waitForFunction(() => document.querySelector('#summary').textContent === 'Running …');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// typed meanwhile');
  const [first, summary] = await page.evaluate(() => [
    document.querySelector('.cm-line').textContent,
    document.querySelector('#summary').textContent,
  ]);
  assert.match(first, /^\/\/ typed meanwhile/);
  assert.equal(summary, 'Running …');
  // The run that nobody waits for any more is given up: a small circuit is answered.
  await type(page, bell);
  await settled(page);
  assert.match(await textOf(page, '#circuit-note'), /^2 qubits/);
  await close();
  await server.end();
}

async function linksHoldTheText(browser) {
  const server = await startServer(bell);
  const { page, close } = await openPage(browser, server.url);
  await type(page, `${teleportation}// ψ 😀\n`);
  await page.waitForFunction(() =>
    /^3 qubits/.test(document.querySelector('#circuit-note').textContent),
  );
  await page.click('#share');
  const hash = await page.evaluate(() => location.hash);
  await close();
  const link = `${new URL(server.url).origin}/${hash}`;
  assert.ok(!link.includes('token'));
  await server.end();
  const other = await startServer(link);
  const opened = await openPage(browser, other.url);
  assert.equal(await textOf(opened.page, '#name'), 'shared.qasm');
  assert.match(await textOf(opened.page, '.cm-content'), /ψ 😀/);
  await opened.close();
  await other.end();
}

async function picturesAreSaved(browser) {
  const server = await startServer(bell);
  const { page, close } = await openPage(browser, server.url);
  for (const [kind, start] of [
    ['svg', '<svg '],
    ['png', '\u0089PNG'],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click(`#save-${kind}`),
    ]);
    assert.equal(download.suggestedFilename(), `circuit.${kind}`);
    const content = await readFile(await download.path(), 'latin1');
    assert.ok(content.startsWith(start) && content.length > 500);
  }
  await close();
  await server.end();
}

export const tests = [
  ['errors stand at their line while the last good picture stays', errorsStandAtTheirLine],
  ['typing goes on while 24 qubits run', typingIsNeverBlocked],
  ['a link holds the text', linksHoldTheText],
  ['pictures are saved as SVG and PNG', picturesAreSaved],
];
