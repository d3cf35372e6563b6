/** What is found about one added file. */
import type { Statement } from '../../facts/license/header.ts';
import type { FileHeader, Header } from '../../facts/license/headers.ts';
import { readExpression } from '../../facts/spdx/expression.ts';
import { isSameExpression } from '../../facts/spdx/same.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { COPYRIGHT, headerStep, linesToAdd } from './fix.ts';
import type { Options } from './options.ts';

/** What is wrong or not known; null: nothing is. `license`: the one to propose, null where nobody told. */
export function findingOf({ path, oid, header }: FileHeader, license: string | null, chosen: Options): Finding | null {
  const evidence = oid === null ? {} : { evidence: oid };
  if (!header.known) {
    const says = words`Whether ${code(path)} has a license header is not known: ${quote(header.reason)}.`;
    return { outcome: 'unknown', about: path, says, ...evidence, location: { path } };
  }
  if (typeof header.value === 'string') return null;
  const found = licenseFinding(path, header.value, license, chosen) ?? copyrightFinding(path, header.value, chosen);
  return found && { ...found, ...evidence };
}

function licenseFinding(path: string, header: Header, license: string | null, chosen: Options): Finding | null {
  const { statements, doubt } = header;
  const unread = statements.find(({ may }) => may.length === 0);
  if (unread) return noLicense(path, unread, chosen.license ?? license);
  const [first] = statements;
  if (first) return isAskedFor(statements, chosen.license) ? null : another(path, first, statements, chosen.license ?? '');
  if (header.holdsText) return null;
  const step = headerStep(path, header, license, chosen);
  const location = { path, line: 1 };
  if (doubt === null)
    return { outcome: 'fail', about: path, says: words`${code(path)} has no license header.`, ...step, location };
  const says = words`${code(path)} has no license header of its own, and ${quote(doubt)}.`;
  return { outcome: 'unknown', about: path, says, ...step, location };
}

function noLicense(path: string, statement: Statement, license: string | null): Finding {
  const location = locationOf(statement);
  if (statement.by === 'notice') {
    const says = words`The license in the header of ${code(path)} is an altered ${code(statement.written)}.`;
    const fix = words`Put the words of the license back. Changed terms are another license, which nobody has examined.`;
    return { outcome: 'fail', about: path, says, fix, location };
  }
  const says = words`${naming(path, statement, statement.written)}, which is no license of SPDX.`;
  const fix = words`Write ${code(`SPDX-License-Identifier: ${license ?? 'SPDX-ID'}`)}; the ids are at ${code('https://spdx.org/licenses')}.`;
  return { outcome: 'fail', about: path, says, fix: statement.by === 'reuse' ? words`Let it name an SPDX id.` : fix, location };
}

/** One of the readings has to be what is asked for; what several places say holds together. */
function isAskedFor(statements: readonly Statement[], wanted: string | null): boolean {
  if (wanted === null) return true;
  const asked = readExpression(wanted);
  const said = statements.length === 1 ? (statements[0]?.may ?? []) : [together(statements)];
  return said.some((one) => {
    const read = readExpression(one);
    return asked.known && read.known && isSameExpression(asked.value, read.value);
  });
}

function together(statements: readonly Statement[]): string {
  const [only = '', ...others] = [...new Set(statements.map(({ may }) => may[0] ?? ''))];
  return others.length === 0 ? only : [only, ...others].map((one) => (one.includes(' OR ') ? `(${one})` : one)).join(' AND ');
}

function another(path: string, first: Statement, statements: readonly Statement[], wanted: string): Finding {
  return {
    outcome: 'fail',
    about: path,
    says: words`${naming(path, first, together(statements))}, and ${code(wanted)} is asked for.`,
    fix: words`Let it name ${code(wanted)} if the file is yours to license. If it is the work of others, keep what they wrote, and ask those who keep the policy to leave it out.`,
    location: locationOf(first),
  };
}

function naming(path: string, { path: place }: Statement, license: string): Words {
  if (place === path) return words`${code(path)} names ${code(license)} as its license`;
  return words`${code(place)} names ${code(license)} as the license of ${code(path)}`;
}

function locationOf({ path, line }: Statement): NonNullable<Finding['location']> {
  return { path, ...(line === null ? {} : { line }) };
}

function copyrightFinding(path: string, { hasCopyright, keepsFirstLine, doubt }: Header, chosen: Options): Finding | null {
  if (!chosen.copyright || hasCopyright) return null;
  const also = doubt === null ? [] : words` of its own, and ${quote(doubt)}`;
  return {
    outcome: doubt === null ? 'fail' : 'unknown',
    about: path,
    says: words`${code(path)} has no copyright line${also}.`,
    fix: linesToAdd(path, [COPYRIGHT], keepsFirstLine),
    location: { path, line: 1 },
  };
}
