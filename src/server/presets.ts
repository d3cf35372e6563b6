/** Reads the policies that come with Steward from the folder of the package, unbuilt and built alike. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Presets } from '../policy/policy.ts';
import { PACKAGE_FOLDER } from './config.ts';

/** Every `NAME.yml` of the folder, by name. */
export function readPresets(folder = join(PACKAGE_FOLDER, 'policies')): Presets {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
  return new Map(files.sort().map((file) => [file.slice(0, -'.yml'.length), readFileSync(join(folder, file), 'utf8')]));
}
