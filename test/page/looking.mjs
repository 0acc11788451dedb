// Stepping, keys, accessibility.
import assert from 'node:assert';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bell, teleportation } from './circuits.mjs';
import { folder, openPage, settled, startServer, textOf } from './session.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

async function teleportationStepByStep(browser) {
  const server = await startServer(teleportation);
  const { page, faults, close } = await openPage(browser, server.url);
  const outcomes = new Set();
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    await page.fill('#seed', String(seed));
    await page.press('#seed', 'Enter');
    await page.keyboard.press('Tab');
    await settled(page);
    const steps = await page.locator('#steps li').allTextContents();
    const measured = steps.filter((step) => step.includes('measure')).map((step) => step.at(-1));
    const taken = steps.filter((step) => / if /.test(step)).map((step) => / ✓ taken$/.test(step));
    // The bits that decide are those measured before; a block that is not taken has no steps.
    assert.deepEqual(taken, [measured[1] === '1', measured[0] === '1']);
    assert.equal(steps.length, 11 + taken.filter(Boolean).length);
    assert.equal(measured[2], '0');
    outcomes.add(measured.slice(0, 2).join(''));
  }
  assert.ok(outcomes.size > 1);
  await page.click('#last');
  await page.waitForFunction(() =>
    /^Step 1[0-2] of/.test(document.querySelector('#step-note').textContent),
  );
  assert.match(await textOf(page, '#step-note'), /: (0\.\d+|1|-1)?\|\d\d0>, bits \d\d0$/);
  await page.screenshot({ path: join(folder, 'teleportation.png') });
  await page.click('#back');
  await page.click('#first');
  await page.waitForFunction(() =>
    /^Step 0 of/.test(document.querySelector('#step-note').textContent),
  );
  assert.match(await textOf(page, '#step-note'), /0\.921\|000> \+ 0\.389\|100>/);
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

async function keysDoEverything(browser) {
  const server = await startServer(bell);
  const { page, close } = await openPage(browser, server.url);
  const focused = () =>
    page.evaluate(() => document.activeElement.id || document.activeElement.className);
  const reached = [];
  await page.keyboard.press('Tab');
  for (let k = 0; k < 40 && !(await focused()).includes('cm-content'); k++) {
    reached.push(await focused());
    await page.keyboard.press('Tab');
  }
  assert.deepEqual(reached, ['device', 'shots', 'seed', 'theme', 'share', 'save-svg', 'save-png']);
  // Tab indents in the editor; after Escape it leaves it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.ok(!(await focused()).includes('cm-content'));
  await page.focus('#scrubber');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() =>
    /^Step 1 of/.test(document.querySelector('#step-note').textContent),
  );
  await page.focus('#forward');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    /^Step 2 of/.test(document.querySelector('#step-note').textContent),
  );
  assert.equal(
    await page.locator('#steps [aria-current=step]').textContent(),
    '2  measure q0 → 1'.replace('1', await outcome(page)),
  );
  await close();
  await server.end();
}

const outcome = async (page) => (await page.locator('#steps li').nth(2).textContent()).at(-1);

async function nothingShutsPeopleOut(browser) {
  const server = await startServer(teleportation);
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openPage(browser, server.url, { colorScheme, bypassCSP: true });
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => window.axe.run());
    const words = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(', ')}`,
    );
    assert.deepEqual(words, []);
    await page.screenshot({ path: join(folder, `${colorScheme}.png`), fullPage: true });
    await close();
  }
  await server.end();
}

export const tests = [
  ['teleportation step by step, with branches taken and not taken', teleportationStepByStep],
  ['everything is done with keys', keysDoEverything],
  ['axe finds nothing that shuts people out, in light and dark', nothingShutsPeopleOut],
];
