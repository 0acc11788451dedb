/**
 * Words with a meaning of their own in OpenQASM 2 or 3. A word's place in this list is its number in {@link Names},
 * so that the parser compares numbers and never texts.
 */
export const KEYWORDS = [
  'OPENQASM',
  'include',
  'qreg',
  'creg',
  'gate',
  'opaque',
  'if',
  'measure',
  'reset',
  'barrier',
  'U',
  'CX',
  'pi',
  'sin',
  'cos',
  'tan',
  'exp',
  'ln',
  'sqrt',
  'qubit',
  'bit',
  'gphase',
  'def',
  'extern',
  'let',
  'const',
  'input',
  'output',
  'bool',
  'int',
  'uint',
  'float',
  'angle',
  'complex',
  'array',
  'duration',
  'stretch',
  'else',
  'for',
  'while',
  'in',
  'switch',
  'case',
  'default',
  'break',
  'continue',
  'return',
  'end',
  'box',
  'delay',
  'nop',
  'cal',
  'defcal',
  'defcalgrammar',
  'pragma',
  'inv',
  'pow',
  'ctrl',
  'negctrl',
  'durationof',
  'true',
  'false',
  'readonly',
  'mutable',
  'void',
  'im',
] as const;

export type KeywordText = (typeof KEYWORDS)[number];

/** Numbers of the keywords. */
export const Keyword = Object.fromEntries(KEYWORDS.map((text, index) => [text, index])) as {
  readonly [K in KeywordText]: number;
};

const VERSION_2: readonly KeywordText[] = [
  ...(['OPENQASM', 'include', 'qreg', 'creg', 'gate', 'opaque', 'if', 'measure'] as const),
  ...(['reset', 'barrier', 'pi', 'sin', 'cos', 'tan', 'exp', 'ln', 'sqrt'] as const),
];

/** Reserved in OpenQASM 2 and ordinary names in OpenQASM 3. */
const NOT_VERSION_3: readonly KeywordText[] = [
  ...(['opaque', 'pi', 'sin', 'cos', 'tan', 'exp', 'ln', 'sqrt', 'U', 'CX'] as const),
];

/** Whether a name may not be declared in a version, by number of the name. */
export const RESERVED: { readonly [version in 2 | 3]: readonly boolean[] } = {
  2: KEYWORDS.map((text) => VERSION_2.includes(text)),
  3: KEYWORDS.map((text) => !NOT_VERSION_3.includes(text)),
};
