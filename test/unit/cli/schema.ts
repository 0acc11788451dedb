// JSON output against the schema that docs/ publishes.

import { expect } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';

const schema = JSON.parse(readFileSync('docs/cli.schema.json', 'utf8')) as { $defs: object };

/** The value of a text that keeps the promised form of a command's output. */
export function conforms(definition: 'run' | 'check' | 'info' | 'bench', text: string): unknown {
  const ajv = new Ajv2020({ allErrors: true });
  ajv.addSchema(schema, 'cli');
  const value: unknown = JSON.parse(text);
  const valid = ajv.validate(`cli#/$defs/${definition}`, value);
  expect(valid ? [] : ajv.errors).toEqual([]);
  return value;
}
