import { blocksOf, type AmplitudeSource } from './amplitudes.js';
import { basisLabel, reverseBits } from './basis.js';
import { Largest, type Weighted } from './largest.js';

/** How `toDirac` writes a state, checked. */
export interface DiracStyle {
  readonly precision: number;
  readonly terms: number;
  readonly little: boolean;
}

interface Scan {
  /** The heaviest amplitudes that do not round to 0, by index. */
  readonly kept: readonly Weighted[];
  /** How many do not round to 0. */
  readonly visible: number;
  /** The largest of all |re| and |im|. */
  readonly largest: number;
}

/** A state in Dirac notation; amplitudes that round to 0 are not terms. */
export function formatDirac(source: AmplitudeSource, style: DiracStyle): string {
  let decimals = style.precision;
  let scan = scanTerms(source, style, decimals);
  if (scan.visible === 0 && scan.largest > 0) {
    // Every amplitude of a wide superposition rounds to 0: count digits from the largest one instead.
    decimals = Math.min(100, style.precision - 1 - Math.floor(Math.log10(scan.largest)));
    scan = scanTerms(source, style, decimals);
  }
  let text = '';
  for (const { index } of scan.kept) {
    const [re, im] = source.read(index, 1);
    const { minus, factor } = formatFactor(re!, im!, decimals);
    const shown = style.little ? reverseBits(index, source.qubits) : index;
    const lead = text === '' ? (minus ? '-' : '') : minus ? ' - ' : ' + ';
    text += `${lead}${factor}|${basisLabel(shown, source.qubits)}>`;
  }
  if (text === '') return '0';
  const left = scan.visible - scan.kept.length;
  return left === 0 ? text : `${text} + … (${left} more ${left === 1 ? 'term' : 'terms'})`;
}

function scanTerms(source: AmplitudeSource, style: DiracStyle, decimals: number): Scan {
  const heaviest = new Largest(style.terms);
  const smallest = 0.5 * 10 ** -decimals;
  let visible = 0;
  let largest = 0;
  for (const { first, data } of blocksOf(source)) {
    for (let k = 0; k < data.length; k += 2) {
      const re = Math.abs(data[k] as number);
      const im = Math.abs(data[k + 1] as number);
      const size = Math.max(re, im);
      if (size > largest) largest = size;
      if (size < smallest) continue;
      visible++;
      heaviest.offer(first + k / 2, re * re + im * im);
    }
  }
  const place = ({ index }: Weighted): number =>
    style.little ? reverseBits(index, source.qubits) : index;
  const kept = heaviest.sorted().sort((a, b) => place(a) - place(b));
  return { kept, visible, largest };
}

/** The factor in front of a ket without the sign that joins it to the term before. */
function formatFactor(
  re: number,
  im: number,
  decimals: number,
): { minus: boolean; factor: string } {
  const real = round(Math.abs(re), decimals);
  const imaginary = round(Math.abs(im), decimals);
  if (imaginary === '0') return { minus: re < 0, factor: real === '1' ? '' : real };
  const imaginaryPart = imaginary === '1' ? 'i' : `${imaginary}i`;
  if (real === '0') return { minus: im < 0, factor: imaginaryPart };
  const signed = re < 0 ? `-${real}` : real;
  return { minus: false, factor: `(${signed} ${im < 0 ? '-' : '+'} ${imaginaryPart})` };
}

/** A number of at least 0 with at most so many decimals and no idle zeros. */
export function round(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
