// A small evaluator of complex infix expressions by recursive descent.

export type Complex = readonly [re: number, im: number];
export type Values = Readonly<Record<string, Complex>>;

const CONSTANTS: Values = { i: [0, 1], pi: [Math.PI, 0] };

const FUNCTIONS: Readonly<Record<string, (z: Complex) => Complex>> = {
  exp: ([re, im]) => [Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im)],
  cos: ([re]) => [Math.cos(re), 0],
  sin: ([re]) => [Math.sin(re), 0],
  sqrt: ([re]) => [Math.sqrt(re), 0],
};

/** The value of an expression such as `-i*sin(theta/2)`. */
export function expression(text: string, values: Values): Complex {
  const tokens = text.match(/[A-Za-z]+|[\d.]+|[-+*/()]/g) ?? [];
  let at = 0;

  function sum(): Complex {
    let left = term();
    while (tokens[at] === '+' || tokens[at] === '-') {
      const sign = tokens[at++] === '+' ? 1 : -1;
      const right = term();
      left = [left[0] + sign * right[0], left[1] + sign * right[1]];
    }
    return left;
  }

  function term(): Complex {
    let left = factor();
    while (tokens[at] === '*' || tokens[at] === '/') {
      const operator = tokens[at++];
      const right = factor();
      left = operator === '*' ? times(left, right) : dividedByReal(left, right);
    }
    return left;
  }

  function factor(): Complex {
    const token = tokens[at++] ?? '';
    if (token === '-') {
      const [re, im] = factor();
      return [-re, -im];
    }
    if (token === '(') return inParentheses();
    const call = FUNCTIONS[token];
    if (call !== undefined) {
      at++;
      return call(inParentheses());
    }
    return values[token] ?? CONSTANTS[token] ?? [Number(token), 0];
  }

  function inParentheses(): Complex {
    const inner = sum();
    at++;
    return inner;
  }

  return sum();
}

function times([a, b]: Complex, [c, d]: Complex): Complex {
  return [a * c - b * d, a * d + b * c];
}

function dividedByReal([a, b]: Complex, [c, d]: Complex): Complex {
  if (d !== 0) throw new Error('division by a complex number');
  return [a / c, b / c];
}
