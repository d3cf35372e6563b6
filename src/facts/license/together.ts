/** What several license files in one folder mean together. */
import { readExpression, type Expression } from '../spdx/expression.ts';
import { licensesIn } from '../spdx/walk.ts';
import type { LicenseFile } from './files.ts';

/**
 * Files named after their licenses, such as LICENSE-APACHE and LICENSE-MIT, offer a choice: `Apache-2.0 OR MIT`.
 * One file that is named otherwise, or named after something else than its license, ends the offer: then each applies.
 * A file that says itself that the others are to choose from (COPYING: `Unlicense OR MIT`) makes the offer, too.
 */
export function isChoice(files: readonly LicenseFile[]): boolean {
  return files.length > 1 && (files.every(isNamedAfterLicense) || offerOf(files) !== null);
}

/** The file that offers what the others hold to choose from; null: none does. */
export function offerOf(files: readonly LicenseFile[]): LicenseFile | null {
  return files.find((file) => files.length > 1 && offers(file, files)) ?? null;
}

function offers(file: LicenseFile, files: readonly LicenseFile[]): boolean {
  const choices = mayOf(file).flatMap(alternatives);
  return choices.length > 0 && files.every((other) => other === file || mayOf(other).some((id) => choices.includes(id)));
}

/** `Unlicense` and `MIT` of `Unlicense OR MIT`; none of anything else. */
function alternatives(text: string): readonly string[] {
  const read = readExpression(text);
  return read.known && isPlainChoice(read.value) ? licensesIn(read.value).map(({ id }) => id) : [];
}

function isPlainChoice(expression: Expression): boolean {
  return expression.kind === 'or' && expression.operands.every((operand) => operand.kind === 'license');
}

function mayOf({ license }: LicenseFile): readonly string[] {
  return license.known ? license.value.may : [];
}

/** As LICENSE-APACHE is that holds Apache-2.0. */
export function isNamedAfterLicense({ path, license }: LicenseFile): boolean {
  const tag = /^unlicense/i.test(nameIn(path)) ? 'unlicense' : tagOf(nameIn(path));
  if (tag === '' || !license.known) return false;
  return license.value.may.some((id) => simple(id).startsWith(tag) || tag.startsWith(simple(id)));
}

/** The name of a file, without its folders. */
export function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `apache` of LICENSE-APACHE, LICENSE.Apache.txt, APACHE-LICENSE. */
function tagOf(name: string): string {
  const bare = name.replace(/\.(?:md|markdown|txt|text|rst|adoc|html?|rtf)$/i, '');
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
