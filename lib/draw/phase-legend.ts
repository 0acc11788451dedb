import { phaseColor, type Palette } from './theme.js';
import { decimal, element, textElement } from './xml.js';

const SECTORS = 24;
const RADIUS = 20;

/** A ring of all phases with its colours, 0 to the right, angles counterclockwise. */
export function phaseLegend(x: number, y: number, palette: Palette): string {
  const corner = (sector: number, radius: number): string => {
    const angle = (2 * Math.PI * sector) / SECTORS;
    return `${decimal(x + radius * Math.cos(angle))} ${decimal(y - radius * Math.sin(angle))}`;
  };
  let content = '';
  for (let sector = 0; sector < SECTORS; sector++) {
    const [from, to] = [sector - 0.52, sector + 0.52];
    const d = `M${corner(from, RADIUS)}L${corner(to, RADIUS)}L${corner(to, 11)}L${corner(from, 11)}z`;
    content += element('path', { d, fill: phaseColor(palette, (2 * Math.PI * sector) / SECTORS) });
  }
  const label = (text: string, dx: number, dy: number): string =>
    textElement(text, x + dx, y + dy, 9, { fill: palette.muted });
  const labels = [
    label('0', 27, 0),
    label('π/2', 0, -28),
    label('π', -27, 0),
    label('-π/2', 0, 28),
  ];
  return content + labels.join('');
}
