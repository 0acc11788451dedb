// Which redirects are followed.

import { expect, it } from '@jest/globals';
import { nextUrl } from '../../../lib/libmlx/http.js';

it.each([
  ['https://a.example/x', 'https://b.example/y', 'https://b.example/y'],
  ['https://a.example/x/y', '../z', 'https://a.example/z'],
  ['http://127.0.0.1:80/x', 'http://127.0.0.1:81/y', 'http://127.0.0.1:81/y'],
  ['http://localhost/x', 'https://b.example/y', 'https://b.example/y'],
])('%s → %s is followed', (from, to, expected) => {
  expect(nextUrl(new URL(from), to).href).toBe(expected);
});

it.each([
  ['https://a.example/x', 'http://a.example/x'],
  ['https://a.example/x', 'http://127.0.0.1/x'],
  ['http://127.0.0.1/x', 'http://a.example/x'],
  ['http://127.0.0.1/x', 'http://127.0.0.1.a.example/x'],
  ['https://a.example/x', 'file:///etc/passwd'],
  ['https://a.example/x', 'http://['],
])('%s → %s is refused', (from, to) => {
  expect(() => nextUrl(new URL(from), to)).toThrow(/not encrypted|no URL/);
});
