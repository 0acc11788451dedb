// `npm run test:page`: the page of `qmlx play` in a headless Chromium, against the built package. Screenshots are
// left in build/page/. The last line is "N passed, N failed".
import { startBrowser } from './session.mjs';
import { tests as editing } from './editing.mjs';
import { tests as looking } from './looking.mjs';
import { tests as serving } from './serving.mjs';

const browser = await startBrowser();
let [passed, failed] = [0, 0];
for (const [name, test] of [...serving, ...editing, ...looking]) {
  try {
    await test(browser);
    passed++;
    console.log(`ok   ${name}`);
  } catch (error) {
    failed++;
    console.error(`FAIL ${name}\n${error?.stack ?? error}`);
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
