/** Which of the files that a manifest lists is its license text. */
import { isLicenseName } from '../community-names.ts';
import { nameOf } from './paths.ts';

/** The first that is named like one, for NOTICE and AUTHORS are listed beside it; else the first; null: none is listed. */
export function licenseAmong(files: readonly string[]): string | null {
  return files.find((file) => isLicenseName(nameOf(file))) ?? files[0] ?? null;
}
