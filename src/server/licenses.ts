/** What the server knows of licenses: texts by its index, packages by what was looked up once for all organizations. */
import { nothingKnown } from '../facts/nothing-known.ts';
import type { Informed } from '../facts/source.ts';
import { licenseDetector } from './license-detector.ts';

/** Where no registry is asked and nothing is kept: the command line. */
export function offlineLicenses(): Informed {
  return nothingKnown(licenseDetector(), 'registries are not asked here');
}
