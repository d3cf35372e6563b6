/** What several license files in one folder mean together. */
import type { LicenseFile } from './files.ts';

/**
 * Files named after their licenses, such as LICENSE-APACHE and LICENSE-MIT, offer a choice: `Apache-2.0 OR MIT`.
 * One file that is named otherwise, or named after something else than its license, ends the offer: then each applies.
 */
export function isChoice(files: readonly LicenseFile[]): boolean {
  return files.length > 1 && files.every(isNamedAfterLicense);
}

function isNamedAfterLicense({ path, license }: LicenseFile): boolean {
  const tag = /^unlicense/i.test(nameIn(path)) ? 'unlicense' : tagOf(nameIn(path));
  if (tag === '' || !license.known) return false;
  return license.value.may.some((id) => simple(id).startsWith(tag) || tag.startsWith(simple(id)));
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `apache` of LICENSE-APACHE, LICENSE.Apache.txt, APACHE-LICENSE. */
function tagOf(name: string): string {
  const bare = name.replace(/\.(?:md|markdown|txt|text|rst|adoc|html?)$/i, '');
  return simple(bare.replace(/(?:un)?licen[cs]es?|copying/i, ''));
}

function simple(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The text of the GPL version 3 beside that of the LGPL version 3, which builds on it: the two are one license. */
export function isPartOfAnother(file: LicenseFile, files: readonly LicenseFile[]): boolean {
  return stands(file, 'GPL-3.0-only') && files.some((other) => stands(other, 'LGPL-3.0-only'));
}

function stands({ license }: LicenseFile, id: string): boolean {
  return license.known && license.value.may.includes(id);
}
