import type { Completion } from './execute.js';
import type { Context } from './flow.js';
import type { Lowering } from './lowering.js';

/**
 * Carries out rounds that are known, inside something that `break` and `continue` leave; in a rehearsal the first one.
 *
 * @param never - called where there are no rounds
 */
export function unrolled(
  lowering: Lowering,
  node: number,
  rounds: () => Generator<() => Completion>,
  never: () => void,
): Completion {
  return inFrame(lowering, (whole) => {
    let count = 0;
    for (const round of rounds()) {
      count += 1;
      const { faults } = lowering;
      lowering.countRound(node);
      const completion = inFrame(lowering, (one) => {
        lowering.loops.push({
          leave: { target: whole, kind: 'break' },
          goOn: { target: one, kind: 'break' },
        });
        try {
          return round();
        } finally {
          lowering.loops.pop();
        }
      });
      if (typeof completion === 'object') return completion;
      // What is wrong in one round is so in the others.
      if (lowering.rehearsal !== undefined || lowering.faults > faults) break;
    }
    if (count === 0) never();
    return undefined;
  });
}

/**
 * Carries out work that jumps can leave. What variables hold after it is forgotten where the run may have left it on
 * the way.
 */
export function inFrame(lowering: Lowering, work: (frame: Context) => Completion): Completion {
  const first = lowering.out.length;
  const frame = lowering.flow.open(false);
  let completion: Completion;
  const after = lowering.perhaps(() => {
    completion = work(frame);
  });
  if (after !== undefined) {
    for (const [variable, value] of after) {
      lowering.setKnown(variable, frame.isLeft ? undefined : value);
    }
  }
  lowering.flow.closeFrame(first);
  if (completion === 'unreachable') return frame.isLeft ? undefined : completion;
  return completion?.target === frame ? undefined : completion;
}
