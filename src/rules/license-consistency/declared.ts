/** What is found about one manifest. */
import type { LicenseFile } from '../../facts/license/files.ts';
import type { Declaration, Stated } from '../../facts/packages/declarations.ts';
import type { Ecosystem } from '../../facts/packages/package.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { heldIn, isHeld, type Held } from './compare.ts';

/** Ecosystems whose manifests are where the license is declared; how the line is written. */
const LINES: ReadonlyMap<Ecosystem, (expression: string) => string> = new Map([
  ['npm', (expression) => `"license": "${expression}"`],
  ['cargo', (expression) => `license = "${expression}"`],
  ['pypi', (expression) => `license = "${expression}"`],
  ['hackage', (expression) => `license: ${expression}`],
  ['aiken', (expression) => `license = "${expression}"`],
]);

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
  const finding =
    stated.value.license === null ? silent(declaration, stated.value, missing) : spoken(declaration, stated.value.license);
  return finding === null ? [] : [isAside ? aside(finding) : finding];
}

/** Not part of what is shipped: told, and never held against anybody. */
function aside(finding: Finding): Finding {
  if (finding.outcome === 'pass' || finding.outcome === 'exempt') return finding;
  return { outcome: 'exempt', about: finding.about, says: words`${finding.says} It is not part of what is shipped.` };
}

function silent(declaration: Governed, stated: Stated, missing: 'pass' | 'fail'): Finding | null {
  const { path, ecosystem, governing } = declaration;
  const line = LINES.get(ecosystem);
  if (stated.licenseFile !== null) return pointing(path, stated.licenseFile);
  if (line === undefined || stated.name === null) return null;
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
  return {
    outcome: 'fail',
    about: path,
    says,
    fix: words`Add ${code(line(written(held.known ? held.value : null)))}.`,
    location: { path },
  };
}

function pointing(path: string, file: string): Finding {
  return { outcome: 'pass', about: path, says: words`${code(path)} points to the license text ${code(file)}.` };
}

function spoken({ path, ecosystem, governing, stated }: Governed, license: NonNullable<Stated['license']>): Finding {
  const location = { path, ...(license.line === null ? {} : { line: license.line }) };
  const held = heldIn(governing);
  const whole = stated.known ? stated.value : null;
  if (license.expression === null) {
    if (whole?.licenseFile != null) return pointing(path, whole.licenseFile);
    const says = words`What ${code(path)} declares is no SPDX expression: ${code(license.text)}.`;
    const fix = words`Write ${code(LINES.get(ecosystem)?.(written(held.known ? held.value : null)) ?? 'an SPDX id')}; the ids are at ${code('https://spdx.org/licenses')}.`;
    return { outcome: 'fail', about: path, says, fix, location };
  }
  const declared = words`${code(path)} declares ${code(license.expression)}`;
  if (governing.length === 0) return withoutText(path, declared, license.expression);
  if (!held.known) {
    return {
      outcome: 'unknown',
      about: path,
      says: words`${declared}; whether that is so is not known, because ${quote(held.reason)}.`,
      location,
    };
  }
  if (isHeld(license.expression, held.value)) {
    return { outcome: 'pass', about: path, says: words`${declared}, and so does the text in ${listed(held.value.paths)}.` };
  }
  const why =
    whole?.isScaffold === true ? words` The tool that made the file writes that by itself, so it may be nobody's choice.` : [];
  const line = LINES.get(ecosystem)?.(written(held.value));
  return {
    outcome: 'fail',
    about: path,
    says: words`${declared}, and the text in ${listed(held.value.paths)} is ${listed(held.value.names)}.${why}`,
    fix: words`Write ${line === undefined ? listed(held.value.names) : code(line)} if the text is what is meant. If the declaration is, put its text in the place of the other; that needs the consent of those who hold the copyright.`,
    location,
  };
}

function withoutText(path: string, declared: Words, expression: string): Finding {
  const outcome = expression === 'NONE' ? 'exempt' : 'unknown';
  return { outcome, about: path, says: words`${declared}, and no license text lies beside it or above it.` };
}

/** The expression to write down; texts beside each other leave open how they are meant. */
function written(held: Held | null): string {
  if (held === null || held.names.length === 0) return 'SPDX-ID';
  return held.names.join(' AND ');
}

/** Paths or ids in words. */
function listed(names: readonly string[]): Words {
  return names
    .map((name) => words`${code(name)}`)
    .reduce((sentence, one, index) => (index === names.length - 1 ? words`${sentence} and ${one}` : words`${sentence}, ${one}`));
}
