/** What is found about one manifest. */
import type { LicenseFile } from '../../facts/license/files.ts';
import type { Declaration, Stated } from '../../facts/packages/declarations.ts';
import { expressionOf } from '../../facts/packages/declared.ts';
import type { Declared } from '../../facts/packages/package.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { heldIn, holding, type Held } from './compare.ts';
import { pointing } from './pointing.ts';
import { idsOf, lineOf, pathsOf } from './says.ts';

/** A declaration with the license texts that govern it. */
export interface Governed extends Declaration {
  readonly governing: readonly LicenseFile[];
}

/** None where the manifest describes no package, or is of a kind that declares none. */
export function declarationFinding(declaration: Governed, missing: 'pass' | 'fail'): readonly Finding[] {
  const { path, stated, isAside } = declaration;
  if (!stated.known) {
    const says = words`${code(path)} could not be read: ${quote(stated.reason)}.`;
    return isAside ? [] : [{ outcome: 'unknown', about: path, says, location: { path } }];
  }
  const { license } = stated.value;
  const finding = license === null ? silent(declaration, stated.value, missing) : spoken(declaration, stated.value, license);
  return finding === null ? [] : [isAside ? aside(finding) : finding];
}

/** Not part of what is shipped: told, and never held against anybody. */
function aside(finding: Finding): Finding {
  if (finding.outcome === 'pass' || finding.outcome === 'exempt') return finding;
  return { outcome: 'exempt', about: finding.about, says: words`${finding.says} It is not part of what is shipped.` };
}

function silent(declaration: Governed, stated: Stated, missing: 'pass' | 'fail'): Finding | null {
  const { path, ecosystem, governing, named } = declaration;
  // Cabal reads no license as NONE, whatever file is named beside it.
  if (stated.licenseFile !== null && named !== null && !path.endsWith('.cabal')) return pointing(path, stated.licenseFile, named);
  const line = lineOf(path, ecosystem, proposed(governing));
  if (line === null || stated.name === null) return null;
  if (stated.isPrivate) {
    return {
      outcome: 'exempt',
      about: path,
      says: words`${code(path)} says that its package is never published, so it needs no license.`,
    };
  }
  const says = words`${code(path)} declares no license.`;
  if (missing === 'pass') return { outcome: 'exempt', about: path, says };
  const held = heldIn(governing);
  const open = held.known && held.value.texts.length > 0 && held.value.expression === null;
  const fix = open ? undecided(held.value) : words`Add ${code(line)}.`;
  return { outcome: 'fail', about: path, says, fix, location: { path } };
}

/** The expression to write down. */
function proposed(governing: readonly LicenseFile[]): string {
  const held = heldIn(governing);
  return (held.known ? held.value.expression : null) ?? 'SPDX-ID';
}

function undecided(held: Held): Words {
  if (held.texts.length === 1) return words`Declare the one that is meant: ${idsOf(held)}.`;
  return words`Declare ${idsOf(held)} as they are meant, joined by ${code('AND')} or ${code('OR')}.`;
}

function spoken(declaration: Governed, stated: Stated, license: Declared): Finding {
  const { path, named } = declaration;
  const location = { path, ...(license.line === null ? {} : { line: license.line }) };
  if (license.untold !== undefined) {
    return { outcome: 'unknown', about: path, says: words`${code(path)} ${quote(license.untold)}.`, location };
  }
  if (license.against !== undefined) return contradicted(path, license, license.against, location);
  if (license.expression !== null || license.may !== undefined) return compared(declaration, stated, license, location);
  if (stated.licenseFile !== null && named !== null) return pointing(path, stated.licenseFile, named);
  // Cabal refuses `apache-2.0`, and what is meant is plain.
  const meant = expressionOf(license.text) ?? proposed(declaration.governing);
  const line = lineOf(path, declaration.ecosystem, meant);
  return {
    outcome: 'fail',
    about: path,
    says: words`What ${code(path)} declares is no SPDX expression: ${code(license.text)}.`,
    fix: words`Write ${code(line ?? 'an SPDX id')}; the ids are at ${code('https://spdx.org/licenses')}.`,
    location,
  };
}

function contradicted(path: string, license: Declared, against: string, location: Finding['location']): Finding {
  return {
    outcome: 'fail',
    about: path,
    says: words`${code(path)} declares ${code(license.expression ?? license.text)}, and its classifier says ${code(against)}.`,
    fix: words`Remove the one that is wrong; ${code('license')} alone is enough.`,
    ...(location && { location }),
  };
}

function compared(declaration: Governed, stated: Stated, license: Declared, location: Finding['location']): Finding {
  const { path } = declaration;
  const about = { about: path, ...(location && { location }) };
  const readings = license.expression === null ? (license.may ?? []) : [license.expression];
  const declared = words`${code(path)} declares ${code(license.expression ?? license.text)}`;
  const texts = textsOf(declaration);
  if (texts.length === 0) return withoutText(path, declared, license.expression);
  const held = heldIn(texts);
  if (!held.known) {
    const says = words`${declared}; whether that is so is not known, because ${quote(held.reason)}.`;
    return { ...about, outcome: 'unknown', says };
  }
  const matching = readings.map((one) => holding(one, held.value)).find((found) => found.length > 0);
  if (matching) {
    const says = words`${declared}, as the ${plural(matching, 'text')} in ${pathsOf(matching)} ${matching.length > 1 ? 'are' : 'is'}.`;
    return { outcome: 'pass', about: path, says };
  }
  const says = license.expression === 'NONE' ? words`${code(path)} says ${code(license.text)} (nobody may use it)` : declared;
  return { ...about, outcome: 'fail', ...differs(declaration, stated, license, held.value, says) };
}

/** A text that the manifest names itself comes before those that lie in its folder. */
function textsOf({ governing, named }: Governed): readonly LicenseFile[] {
  if (named === null || typeof named === 'string' || governing.some(({ path }) => path === named.path)) return governing;
  const { license } = named;
  return license.known && license.value.may.length + license.value.altered.length > 0 ? [named] : governing;
}

function differs(
  { path, ecosystem }: Governed,
  stated: Stated,
  license: Declared,
  held: Held,
  declared: Words,
): Pick<Finding, 'says' | 'fix'> {
  const why = stated.isScaffold
    ? words` The tool that made the file writes that by itself, so it may be nobody's choice.`
    : words``;
  const line = held.expression === null ? null : lineOf(path, ecosystem, held.expression);
  const first = line === null ? undecided(held) : words`Write ${code(line)}.`;
  const meant = license.expression === null || license.expression === 'NONE' ? license.text : license.expression;
  const where = words`the ${plural(held.texts, 'text')} in ${pathsOf(held.texts)}`;
  return {
    says: words`${declared}, and ${where} ${held.texts.length > 1 ? 'are' : 'is'} ${idsOf(held)}.${why}`,
    fix: words`${first} If ${code(meant)} is right instead, replace ${where}; every copyright holder must agree.`,
  };
}

function plural(of: readonly unknown[], word: string): string {
  return of.length > 1 ? `${word}s` : word;
}

function withoutText(path: string, declared: Words, expression: string | null): Finding {
  const outcome = expression === 'NONE' ? 'exempt' : 'unknown';
  return { outcome, about: path, says: words`${declared}, and no license text lies beside it or above it.` };
}
