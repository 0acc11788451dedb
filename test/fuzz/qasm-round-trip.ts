// `npm run fuzz:round-trip`: circuits written and read again.

import { checkInputs } from './inputs.js';
import { checkRoundTrip } from './round-trips.js';

await checkInputs(checkRoundTrip);
