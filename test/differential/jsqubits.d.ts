// The part of jsqubits that the tests use; the package has no types of its own.
declare module 'jsqubits' {
  export interface State {
    amplitude(index: number): { readonly real: number; readonly imaginary: number };
    readonly [method: string]: (...operands: unknown[]) => unknown;
  }
  export function jsqubits(bits: string): State;
}
