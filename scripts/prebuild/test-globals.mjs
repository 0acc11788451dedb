// Stands in for @jest/globals where jest cannot run: other processors and C libraries.
import { after, afterEach, before, beforeEach, describe as group, it as test } from 'node:test';
import { format } from 'node:util';
import { expect } from 'expect';

export { after as afterAll, afterEach, before as beforeAll, beforeEach, expect };

// What stands in for an addon that cannot be loaded would pass as well.
process.on('warning', (warning) => {
  if (/native part/.test(warning.message)) throw warning;
});

/** `$name` is a property of the row; %s and its like take its elements in turn. */
function title(name, row) {
  const named = name.replace(/\$(\w+)/g, (_, key) => String(row[0]?.[key]));
  return named.includes('%') ? format(named, ...row) : named;
}

/** node:test reads the length of a function; jest's time limits do not hold under an emulator. */
function withEach(define) {
  const defined = (name, body) => define(name, () => body());
  defined.each = (rows) => (name, body) => {
    for (const given of rows) {
      const row = Array.isArray(given) ? given : [given];
      define(title(name, row), () => body(...row));
    }
  };
  defined.skip = (name) => define.skip(name);
  return defined;
}

export const describe = withEach(group);
export const it = withEach(test);
