// The part of jstat that the tests use; the package has no types of its own.
declare module 'jstat' {
  interface Distribution {
    cdf(x: number, degrees: number): number;
  }
  const jstat: { readonly jStat: { readonly chisquare: Distribution } };
  export = jstat;
}
