import type { StateVector } from './state.js';

/** How a result finds the state of one of its shots: at the end, or at the snapshot of a name. */
export type TrajectoryReader = (shot: number, snapshot?: string) => Promise<StateVector>;
