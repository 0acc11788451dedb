// What a platform package is made of, as CycloneDX 1.6.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';

const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

function component(type, name, { version, license, path, purl }) {
  const hashes = path === undefined ? [] : [[Enums.HashAlgorithm['SHA-256'], sha256(path)]];
  return new Models.Component(type, name, {
    version,
    purl,
    bomRef: purl ?? name,
    hashes: new Models.HashDictionary(hashes),
    licenses: new Models.LicenseRepository(license ? [new Models.LicenseExpression(license)] : []),
  });
}

/**
 * @param {{ name: string, version: string, purl?: string }} subject the package
 * @param {{ name: string, version?: string, license?: string, path?: string, purl?: string }[]} parts
 * @returns {string} JSON
 */
export function softwareBill(subject, parts) {
  const bom = new Models.Bom();
  bom.metadata.component = component(Enums.ComponentType.Library, subject.name, subject);
  for (const part of parts) {
    bom.components.add(component(Enums.ComponentType.Library, part.name, part));
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 })}\n`;
}
