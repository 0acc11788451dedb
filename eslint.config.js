import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sizes = {
  'max-lines': ['error', 400],
  'max-lines-per-function': ['error', { max: 60, skipComments: true }],
};

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Use named exports.',
};

export default defineConfig(
  { ignores: ['build/', 'dist/', 'coverage/', 'node_modules/', 'test/types/', 'test/fixtures/'] },
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { ...sizes, eqeqeq: 'error' },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Array elements are possibly undefined (noUncheckedIndexedAccess): `!` marks a proven index.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Kets and bit strings are ASCII, where spreading a string is exact.
      '@typescript-eslint/no-misused-spread': [
        'error',
        { allow: [{ from: 'lib', name: 'string' }] },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-syntax': ['error', noDefaultExport],
    },
  },
  {
    // A circuit, a language or a picture depends on its arguments only.
    files: ['lib/{circuit,observable,program,qasm,draw,results}/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', 'process', 'console', 'fetch'] },
  },
  {
    // One `describe` call holds many short tests.
    files: ['test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
