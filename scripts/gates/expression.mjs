// Infix expressions of the gate table, turned into postfix once, so that nothing downstream needs a parser.

const FUNCTIONS = new Set(['exp', 'cos', 'sin', 'sqrt']);
const BINDING = { '+': 1, '-': 1, '*': 2, '/': 2, neg: 3 };
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]+)|([-+*/()]))/y;

function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (match === null) throw new Error(`cannot read the expression "${text}"`);
    found.push(match[1] ?? match[2] ?? match[3]);
  }
  return found;
}

const isOperand = (token) => /^[\dA-Za-z]/.test(token) && !FUNCTIONS.has(token);

/** Shunting-yard: "-i*sin(theta/2)" becomes ["i", "neg", "theta", "2", "/", "sin", "*"]. */
export function toPostfix(text, variables) {
  const output = [];
  const stack = [];
  let operandExpected = true;
  const popWhile = (holds) => {
    while (stack.length > 0 && stack.at(-1) !== '(' && holds(stack.at(-1)))
      output.push(stack.pop());
  };
  for (const token of tokens(text)) {
    if (isOperand(token)) {
      if (/^[A-Za-z]/.test(token) && !variables.includes(token)) {
        throw new Error(`"${token}" in "${text}" is none of: ${variables.join(', ')}`);
      }
      output.push(token);
      operandExpected = false;
    } else if (FUNCTIONS.has(token) || token === '(') {
      stack.push(token);
      operandExpected = true;
    } else if (token === ')') {
      popWhile(() => true);
      if (stack.pop() !== '(') throw new Error(`unbalanced parentheses in "${text}"`);
      if (FUNCTIONS.has(stack.at(-1))) output.push(stack.pop());
      operandExpected = false;
    } else if (operandExpected) {
      if (token === '-') stack.push('neg');
      else throw new Error(`an operand is missing in "${text}"`);
    } else {
      popWhile((top) => BINDING[top] >= BINDING[token]);
      stack.push(token);
      operandExpected = true;
    }
  }
  popWhile(() => true);
  if (stack.length > 0 || operandExpected) throw new Error(`incomplete expression "${text}"`);
  return output;
}

const constantOf = (value) => {
  if (value.coefficients.some((c) => c !== 0)) throw new Error('an angle must be affine');
  return value.constant;
};
const combine = (a, b, f) => ({
  constant: f(a.constant, b.constant),
  coefficients: a.coefficients.map((c, k) => f(c, b.coefficients[k])),
});
const scale = (a, factor) => combine(a, a, (x) => x * factor);

const AFFINE = {
  '+': (a, b) => combine(a, b, (x, y) => x + y),
  '-': (a, b) => combine(a, b, (x, y) => x - y),
  '*': (a, b) =>
    b.coefficients.some((c) => c !== 0) ? scale(b, constantOf(a)) : scale(a, b.constant),
  '/': (a, b) => combine(a, a, (x) => x / constantOf(b)),
};

/** Constant and coefficients of an angle that is affine in the parameters; anything else is an error. */
export function toAffine(text, params) {
  const leaf = (constant, name) => ({
    constant,
    coefficients: params.map((param) => (param === name ? 1 : 0)),
  });
  const stack = [];
  for (const token of toPostfix(text, ['pi', ...params])) {
    if (token === 'neg') stack.push(scale(stack.pop(), -1));
    else if (token in AFFINE) {
      const right = stack.pop();
      stack.push(AFFINE[token](stack.pop(), right));
    } else if (FUNCTIONS.has(token)) throw new Error(`"${text}" is not affine in its parameters`);
    else if (token === 'pi') stack.push(leaf(Math.PI));
    else stack.push(params.includes(token) ? leaf(0, token) : leaf(Number(token)));
  }
  return stack[0];
}
