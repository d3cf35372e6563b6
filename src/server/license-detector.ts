/** The detector of license texts that this process uses. */
import { NOTHING_FOUND, type Detector } from '../facts/license/detection.ts';

/** Loads the index of texts on first use. */
export function licenseDetector(): Detector {
  return () => NOTHING_FOUND;
}
