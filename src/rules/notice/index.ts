/** A NOTICE file stands at the root where the policy asks for one, names the holder, and keeps whom it named before. */
import { z } from 'zod';
import { licenseFiles, type LicenseFile } from '../../facts/license/files.ts';
import { losses } from '../../facts/license/losses.ts';
import { notice, type Notice } from '../../facts/license/notice.ts';
import { code, quote, words } from '../../facts/words.ts';
import { defineRule, type Finding } from '../rule.ts';
import { lossFindings } from './losses.ts';

const options = z.strictObject({
  required: z
    .enum(['never', 'apache', 'always'])
    .default('apache')
    .describe(
      'When a NOTICE file has to be there: `never`, `apache`: where a license file holds Apache-2.0, whose section 4(d) speaks of it, or `always`.',
    )
    .meta({ tighten: 'later' }),
  holder: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .nullable()
    .default(null)
    .describe('Who has to be named in a copyright line of the file, in any case. `null`: nobody in particular.')
    .meta({ tighten: 'fixed' }),
  keepPredecessors: z
    .boolean()
    .default(true)
    .describe(
      'Whether a contribution has to keep every copyright line and credit of the file, and every copyright line of license files.',
    )
    .meta({ tighten: 'only-true' }),
});

type Options = z.output<typeof options>;

export const noticeRule = defineRule({
  id: 'notice',
  on: 'repository',
  title: 'The NOTICE file names who holds the copyright',
  why: `Whoever passes on a work under Apache-2.0 has to pass on its \`NOTICE\` file too ([section 4(d)](https://www.apache.org/licenses/LICENSE-2.0#redistribution)): it is where those who made the work are named. The license text itself stays as it is and names nobody.

Names of earlier holders are theirs, not ours to remove: a new holder gets a line of its own below them. The same goes for sentences that credit somebody, and for the copyright lines of license files. Layout and years may change. The year is that of the creation and needs no update.`,
  fix: `Write a file named \`NOTICE\` at the root with the name of the project and a line such as \`Copyright 2026 Example Organization\`. Add a line where a holder is missing; leave the lines that are there.`,
  options,
  needs: (at) => ({ found: notice(at), lost: losses(at), licenses: licenseFiles(at) }),
  check({ found, lost, licenses }, chosen) {
    const gone = chosen.keepPredecessors ? lost.flatMap(lossFindings) : [];
    if (found) return [...gone, ...unfilled(found), ...holderOf(found, chosen)];
    return [...gone, ...absent(licenses, chosen)];
  },
  headline: (findings) => {
    const failing = findings.filter(({ outcome }) => outcome === 'fail');
    if (failing.some(({ about }) => about === 'NOTICE')) return 'No NOTICE file';
    if (failing.some(({ about }) => about === 'holder')) return 'The NOTICE file lacks a holder';
    return failing.every(({ about }) => about.includes(UNFILLED))
      ? 'The NOTICE file is not filled in'
      : 'Somebody is no longer named';
  },
});

const UNFILLED = ' still says ';

/** Fields that wait for somebody, the first few of them. */
function unfilled({ path, unfilled: fields }: Notice): readonly Finding[] {
  return fields.slice(0, 10).map(({ text, line }) => ({
    outcome: 'fail',
    about: `${path}${UNFILLED}${text}`,
    says: words`${code(path)} still says “${quote(text)}”.`,
    fix: words`Put ${/year|yyyy/i.test(text) ? 'the year' : 'the name'} in the place of ${quote(text)}.`,
    location: { path, line },
  }));
}

function absent(licenses: readonly LicenseFile[], { required, holder }: Options): readonly Finding[] {
  const isApache = licenses.some(({ license }) => license.known && license.value.may.some((one) => /\bApache-2\.0\b/.test(one)));
  const unread = licenses.find(({ license }) => !license.known || license.value.expression === null);
  if (required === 'never' || (required === 'apache' && !isApache && !unread)) {
    const reason =
      required === 'never' ? words`No NOTICE file is asked for here.` : words`No license here asks for a NOTICE file.`;
    return [{ outcome: 'exempt', about: 'NOTICE', says: reason }];
  }
  if (required === 'apache' && !isApache) {
    const says = words`There is no NOTICE file. Whether one is needed is not known, because the license in ${code(unread?.path ?? 'LICENSE')} is not.`;
    return [{ outcome: 'unknown', about: 'NOTICE', says }];
  }
  return [
    {
      outcome: 'fail',
      about: 'NOTICE',
      says: words`There is no NOTICE file at the root of the repository.`,
      fix: words`Add ${code('NOTICE')} with the name of the project and a line ${code(`Copyright YEAR ${holder ?? 'HOLDER'}`)}, with the year of its creation.`,
      create: 'NOTICE',
    },
  ];
}

function holderOf({ path, copyrights }: Notice, { holder }: Options): readonly Finding[] {
  if (holder === null) return [{ outcome: 'pass', about: 'holder', says: words`There is a notice in ${code(path)}.` }];
  if (copyrights.some(({ text }) => simple(text).includes(simple(holder)))) {
    return [{ outcome: 'pass', about: 'holder', says: words`${code(path)} names ${quote(holder)} as holder.` }];
  }
  const says = words`No copyright line of ${code(path)} names the holder ${quote(holder)}.`;
  const fix = words`Keep the lines that are there, and add ${code(`Copyright YEAR ${holder}`)}.`;
  return [{ outcome: 'fail', about: 'holder', says, fix, location: { path } }];
}

function simple(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
