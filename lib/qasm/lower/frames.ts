import type { Completion } from './execute.js';
import type { Context } from './flow.js';
import type { Lowering } from './lowering.js';

/** Carries out rounds that are known, inside something that `break` and `continue` leave. */
export function unrolled(
  lowering: Lowering,
  node: number,
  rounds: () => Generator<() => Completion>,
): Completion {
  return inFrame(lowering, (whole) => {
    for (const round of rounds()) {
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
    }
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
