// A server as `qmlx play` starts it, and a page in a headless Chromium that looks at it.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from '../../scripts/run.mjs';

const places = [process.env.QMLX_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'];
const hangLimit = 60_000;

/** Where files and screenshots of these tests go. */
export const folder = join(root, 'build', 'page');

/** Starts a browser; names what is missing. */
export function startBrowser() {
  const executablePath = places.find((place) => place && existsSync(place));
  if (executablePath === undefined)
    throw new Error('No Chromium: install the package chromium, or set QMLX_CHROMIUM.');
  // Continuous integration runs as root in a container, where Chromium's own sandbox cannot start.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Starts `qmlx play` for a text, or for a link. */
export async function startServer(textOrLink) {
  mkdirSync(folder, { recursive: true });
  let file = textOrLink;
  if (!/^https?:/.test(textOrLink)) {
    file = join(folder, 'circuit.qasm');
    writeFileSync(file, textOrLink);
  }
  const command = [join(root, 'dist', 'cli', 'main.js'), 'play', file, '--port', '0'];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    exited.then((code) => reject(new Error(`qmlx play ended with ${code}`)));
  });
  const end = async () => {
    child.kill('SIGINT');
    return exited;
  };
  return { url, pid: child.pid, end };
}

/** Opens a page and waits until its circuit was run; what the page reports as wrong is collected in `faults`. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1100 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(hangLimit);
  const faults = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto(url);
  await settled(page);
  return { page, context, faults, close: () => context.close() };
}

/** Waits until the last run is over. */
export async function settled(page) {
  await page.waitForFunction(() => / ms$/.test(document.querySelector('#summary').textContent));
  await page.waitForFunction(() => document.querySelector('#step-note').textContent !== '');
}

/** Replaces the text in the editor as a user would. */
export async function type(page, text) {
  await page.click('.cm-content');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** The text of an element. */
export const textOf = (page, selector) => page.textContent(selector);
