/** What is known of licenses where nobody is asked: only what the texts and files themselves say. */
import { known, unknown } from './answer.ts';
import type { Detector } from './license/detection.ts';
import type { Informed } from './source.ts';

/** Texts are read by the detector; of packages nothing is known. `reason` completes "its license is not known: ". */
export function nothingKnown(detect: Detector, reason: string): Informed {
  return {
    detect: (_, text) => Promise.resolve(known(detect(text))),
    packageLicenses: (packages) => Promise.resolve(packages.map(() => unknown(reason))),
  };
}
