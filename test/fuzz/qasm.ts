// `npm run fuzz:qasm`: whatever comes in, a circuit or typed errors come out.

import { checkInputs } from './inputs.js';
import { checkText } from './qasm-checks.js';
import { textOf } from './qasm-texts.js';

await checkInputs((input) => {
  const text = textOf(input);
  try {
    checkText(text);
  } catch (error) {
    throw new Error(JSON.stringify(text.slice(0, 2000)), { cause: error });
  }
});
