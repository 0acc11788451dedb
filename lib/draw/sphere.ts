// The unit sphere as seen from a little above, x towards the viewer, y to the right, z up.

import type { Palette } from './theme.js';
import { decimal, element } from './xml.js';

/** Coordinates x, y, z. */
export type Point = readonly [number, number, number];

/** Radius of the sphere in a picture. */
export const SPHERE_RADIUS = 84;

const AZIMUTH = 0.5;
const ELEVATION = 0.3;

/** Where a point of the unit ball lies around the middle of the sphere, y downwards. */
export function project([x, y, z]: Point): readonly [number, number] {
  const right = y * Math.cos(AZIMUTH) - x * Math.sin(AZIMUTH);
  const towards = x * Math.cos(AZIMUTH) + y * Math.sin(AZIMUTH);
  const up = z * Math.cos(ELEVATION) - towards * Math.sin(ELEVATION);
  return [right * SPHERE_RADIUS, -up * SPHERE_RADIUS];
}

/** Whether a point lies on the viewer's side of the sphere. */
export function facesViewer([x, y, z]: Point): boolean {
  const towards = x * Math.cos(AZIMUTH) + y * Math.sin(AZIMUTH);
  return towards * Math.cos(ELEVATION) + z * Math.sin(ELEVATION) >= 0;
}

/** The sphere and its equator, the far half of which is dashed. */
export function sphereOutline({ muted, measurement }: Palette): string {
  const flat = SPHERE_RADIUS * Math.sin(ELEVATION);
  const [from, to] = [decimal(-SPHERE_RADIUS), decimal(SPHERE_RADIUS)];
  const arc = (sweep: number): string =>
    `M${from} 0A${SPHERE_RADIUS} ${decimal(flat)} 0 0 ${sweep} ${to} 0`;
  const ball = { cx: 0, cy: 0, r: SPHERE_RADIUS, fill: measurement.fill, stroke: muted };
  const far = { d: arc(1), fill: 'none', stroke: muted, 'stroke-width': 0.6 };
  return (
    element('circle', ball) +
    element('path', { ...far, 'stroke-dasharray': '3 4' }) +
    element('path', { ...far, d: arc(0) })
  );
}
