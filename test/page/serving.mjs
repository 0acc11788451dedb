// Who is answered, and what happens when parts end.
import assert from 'node:assert';
import { execFileSync } from 'node:child_process';
import { request } from 'node:http';
import { connect } from 'node:net';
import { bell, layers } from './circuits.mjs';
import { openPage, settled, startServer, textOf, type } from './session.mjs';

/** Status and body of a request. */
function fetched(url, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const made = request(new URL(path, url), { method, headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
    made.once('error', reject);
    made.end(body);
  });
}

async function onlyTheTokenOpens() {
  const server = await startServer(bell);
  const token = new URL(server.url).searchParams.get('token');
  const know = { 'X-Qmlx-Token': token };
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
  const page = await fetched(server.url, '/');
  assert.equal(page.status, 200);
  assert.match(page.headers['content-security-policy'], /script-src 'self';/);
  assert.equal((await fetched(server.url, '/api/start')).status, 403);
  assert.equal((await fetched(server.url, `/api/start?token=${token}`)).status, 403);
  const wrong = { 'X-Qmlx-Token': token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) };
  assert.equal((await fetched(server.url, '/api/start', { headers: wrong })).status, 403);
  const elsewhere = { ...know, Host: 'example.org' };
  assert.equal((await fetched(server.url, '/api/start', { headers: elsewhere })).status, 403);
  assert.equal((await fetched(server.url, '/api/start', { headers: know })).status, 200);
  assert.equal((await fetched(server.url, '/app.ts', { headers: know })).status, 404);
  assert.equal((await fetched(server.url, '/../server.js', { headers: know })).status, 404);
  const post = { method: 'POST', headers: know };
  for (const body of ['', '{', '[]', '{"source":1}']) {
    assert.equal((await fetched(server.url, '/api/run', { ...post, body })).status, 400);
  }
  const nonsense = JSON.stringify({ source: bell, params: {}, shots: -1, seed: 1, device: 'auto' });
  const refused = await fetched(server.url, '/api/run', { ...post, body: nonsense });
  assert.equal(refused.status, 422);
  assert.equal(JSON.parse(refused.text).code, 'ERR_INVALID_ARGUMENT');
  assert.equal(await server.end(), 0);
}

/** Whether a connection on which something was written is closed by the server. */
function closed(url, text, { hangUp }) {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(text));
    socket.once('close', resolve);
    socket.once('error', resolve);
    socket.resume();
    if (hangUp) setTimeout(() => socket.destroy(), 50);
  });
}

async function brokenRequestsEndAlone() {
  const server = await startServer(bell);
  const { host, searchParams } = new URL(server.url);
  const token = searchParams.get('token');
  const headers = `Host: ${host}\r\nX-Qmlx-Token: ${token}\r\n`;
  await closed(server.url, `GET // HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`, {});
  const begun = `POST /api/run HTTP/1.1\r\n${headers}Content-Length: 100\r\n\r\n{"source":`;
  await closed(server.url, begun, { hangUp: true });
  const know = { 'X-Qmlx-Token': token };
  assert.equal((await fetched(server.url, '/api/start', { headers: know })).status, 200);
  await server.end();
}

async function aKilledEngineIsReplaced(browser) {
  const server = await startServer(bell);
  const { page, faults, close } = await openPage(browser, server.url);
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(server.pid)]);
  // The run that follows meets a process that is gone, or one that is started again.
  process.kill(Number(String(children).trim()), 'SIGKILL');
  await type(page, bell.replace('h q[0]', 'x q[0]'));
  await page.waitForFunction(
    () =>
      / ms$/.test(document.querySelector('#summary').textContent) &&
      document.querySelector('#counts svg text:last-of-type') !== null &&
      [...document.querySelectorAll('#counts title')].some((t) => t.textContent === '11: 1024'),
  );
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

async function aQuestionThatTheEngineDiedOfIsAskedAgain(browser) {
  const server = await startServer(bell);
  const { page, faults, close } = await openPage(browser, server.url);
  await type(page, layers(22, 20));
  await page.waitForFunction(() => document.querySelector('#summary').textContent === 'Running …');
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(server.pid)]);
  process.kill(Number(String(children).trim()), 'SIGKILL');
  await page.waitForSelector('#banner:not([hidden])');
  assert.match(await textOf(page, '#banner'), /started again; the question was asked again/);
  await settled(page);
  assert.match(await textOf(page, '#summary'), /^1024 shots on /);
  // The notice goes with the next text.
  await type(page, bell);
  await page.waitForSelector('#banner', { state: 'hidden' });
  assert.deepEqual(faults, []);
  await close();
  await server.end();
}

async function aLostConnectionIsReported(browser) {
  const server = await startServer(bell);
  const { page, context, close } = await openPage(browser, server.url);
  await context.setOffline(true);
  await type(page, bell.replace('h q[0]', 'x q[0]'));
  await page.waitForSelector('#banner:not([hidden])');
  assert.match(await textOf(page, '#banner'), /connection to qmlx is lost/);
  assert.ok(await page.isVisible('#circuit svg'));
  await context.setOffline(false);
  await page.waitForSelector('#banner', { state: 'hidden' });
  await settled(page);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('#counts title')].some((t) => t.textContent === '11: 1024'),
  );
  await close();
  await server.end();
}

export const tests = [
  ['only who has the token is answered', onlyTheTokenOpens],
  ['broken requests end alone', brokenRequestsEndAlone],
  ['a killed engine is started again', aKilledEngineIsReplaced],
  ['a question that the engine died of is asked again', aQuestionThatTheEngineDiedOfIsAskedAgain],
  ['a lost connection is reported, and taken up again', aLostConnectionIsReported],
];
