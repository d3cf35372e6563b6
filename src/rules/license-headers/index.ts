/** Every source file that a contribution adds says under which license it is. */
import { licenseFiles, type LicenseFile } from '../../facts/license/files.ts';
import { fileHeaders, type FileHeader } from '../../facts/license/headers.ts';
import { words } from '../../facts/words.ts';
import { defineRule, type Finding } from '../rule.ts';
import { options, remarks } from './options.ts';
import { findingOf } from './says.ts';

/** More findings than this help nobody. */
const MOST = 40;
const MORE = 'more files';

export const licenseHeaders = defineRule({
  id: 'license-headers',
  on: 'contribution',
  title: 'Added files say under which license they are',
  why: `Files travel: they are copied into other projects without the license text beside them. A line at the top of each tells every reader and every scanner what was granted.

Only files that the pull request adds are looked at, and of each the first 8 KiB. Vendored and generated paths are left out, and so are files whose first lines say that a tool made them, and empty ones. What counts is an [SPDX tag](https://spdx.dev/learn/handling-license-info/), a license's standard header, a file of the same name with \`.license\` behind it, \`REUSE.toml\` at the root ([REUSE](https://reuse.software/spec-3.3/)), or a header text of your own. \`REUSE.toml\` in other folders and \`.reuse/dep5\` are not read.`,
  fix: `Begin the file with a comment such as \`// SPDX-License-Identifier: Apache-2.0\`, with the id of the license. Below a first line that says how the file is read (\`#!/bin/sh\`) is early enough. A file that can hold no comment gets a file beside it: \`logo.svg.license\`.`,
  options,
  needs: (at, { include, exclude, styles, text }) => ({
    headers: fileHeaders({ include, exclude, styles, text }),
    licenses: licenseFiles(at),
  }),
  check({ headers: { files, left }, licenses }, chosen) {
    const proposed = chosen.license ?? licenseOf(licenses);
    const found = files.flatMap((file) => findingOf(file, proposed, chosen) ?? []);
    const failing = found.filter(({ outcome }) => outcome === 'fail');
    const spared = files.filter(needsNone).length;
    const all = [
      ...shortened(failing),
      ...found.filter(({ outcome }) => outcome !== 'fail'),
      ...right(files.length - found.length - spared, files.length),
      ...(spared > 0 ? [without(spared)] : []),
      ...(left > 0 ? [unread(left)] : []),
    ];
    return all.length > 0 ? all : [nothing()];
  },
  remarks,
  headline: (findings) => {
    const failing = findings.filter(({ outcome }) => outcome === 'fail');
    if (failing.some(({ about }) => about === MORE)) return `More than ${MOST} license headers are missing or not right`;
    if (failing.length === 1) return 'One license header is missing or not right';
    return `${failing.length} license headers are missing or not right`;
  },
});

/** The license to propose: that of the repository, where its text leaves no choice. */
function licenseOf(licenses: readonly LicenseFile[]): string | null {
  const [only, ...others] = licenses;
  const may = only?.license.known === true && others.length === 0 ? only.license.value.may : [];
  return may.length === 1 ? (may[0] ?? null) : null;
}

function needsNone({ header }: FileHeader): boolean {
  return header.known && typeof header.value === 'string';
}

function right(count: number, of: number): readonly Finding[] {
  if (count === 0) return [];
  const says =
    count < of
      ? words`${count} of ${of} added files ${count === 1 ? 'has' : 'have'} a license header.`
      : count === 1
        ? words`One file is added, with a license header.`
        : words`${count} files are added, each with a license header.`;
  return [{ outcome: 'pass', about: 'files', says }];
}

/** What is beyond the most is one finding, unless it is one anyway. */
function shortened(failing: readonly Finding[]): readonly Finding[] {
  if (failing.length <= MOST + 1) return failing;
  const says = words`${failing.length - MOST} ${MORE} have no license header, or one that is not right.`;
  const fix = words`Mend them in the same way as those above.`;
  return [...failing.slice(0, MOST), { outcome: 'fail', about: MORE, says, fix }];
}

function without(count: number): Finding {
  const says =
    count === 1
      ? words`One added file is empty or made by a tool, and needs no license header.`
      : words`${count} added files are empty or made by tools, and need no license header.`;
  return { outcome: 'exempt', about: 'generated files', says };
}

function unread(count: number): Finding {
  const says = words`${count} more added ${count === 1 ? 'file was' : 'files were'} not read: there are more than Steward reads in one contribution.`;
  return { outcome: 'unknown', about: 'unread files', says };
}

function nothing(): Finding {
  return { outcome: 'exempt', about: 'files', says: words`No file is added that needs a license header.` };
}
