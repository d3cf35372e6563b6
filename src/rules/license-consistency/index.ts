/** What manifests and the README say about the license is what the license text says. */
import { z } from 'zod';
import { licenseFiles, type LicenseFile } from '../../facts/license/files.ts';
import { LONGEST_GLOB, readGlob } from '../../facts/license/glob.ts';
import { readmeLicenses, type ReadmeLicense } from '../../facts/license/readme.ts';
import { declarations } from '../../facts/packages/declarations.ts';
import { words } from '../../facts/words.ts';
import { defineRule, type Finding } from '../rule.ts';
import { alteredFindings } from './altered.ts';
import { heldIn } from './compare.ts';
import { declarationFinding } from './declared.ts';
import { readmeFinding } from './readme.ts';

const glob = z.string().superRefine((text, context) => {
  const read = readGlob(text, 'path');
  if (!read.known) context.addIssue(`Expected a path pattern from the root, such as vendored-copies/**; ${read.reason}.`);
});

const options = z.strictObject({
  missing: z
    .enum(['pass', 'fail'])
    .default('fail')
    .describe(
      'What a package that could be published and declares no license is: `fail` or `pass`. Packages that say they are private are exempt.',
    )
    .meta({ tighten: 'later' }),
  readme: z
    .boolean()
    .default(true)
    .describe('Whether the badge and the license section of the README are compared too.')
    .meta({ tighten: 'only-true' }),
  exclude: z
    .array(glob)
    .max(100)
    .default([])
    .describe(
      `Manifests that are not read: paths from the root with \`*\`, \`?\` and \`**/\`, each of at most ${LONGEST_GLOB} characters. For indexes of other people's packages, fragments, and copies in folders with names of their own.`,
    )
    .meta({ tighten: 'subset' }),
});

export const licenseConsistency = defineRule({
  id: 'license-consistency',
  on: 'repository',
  title: 'Manifests and README name the license that the text holds',
  why: `Package registries, scanners and lawyers read the license from the manifest (\`package.json\`, \`Cargo.toml\`, \`*.cabal\` …), people from the README, and a court from the license text. Where they differ, nobody knows what was granted.

Each manifest is held against the license text of its folder, or of the nearest folder above that has one, or against another that it names. A crate of a Cargo workspace declares what the workspace does. A license text below the root that was altered fails too; the one at the root is the matter of \`license-file\`. Some tools fill in a license by themselves: \`npm init\` writes \`ISC\` before anybody has chosen. Tests, examples and documentation are told and never held against anybody; vendored and generated folders are left out.`,
  fix: `Decide which license is meant, then write its SPDX id into the manifest, and let the README name the same one. If the text is the wrong one, every copyright holder must agree to another.`,
  options,
  needs: (at, { exclude }) => ({
    declared: declarations(at, exclude),
    readme: readmeLicenses(at),
    licenses: licenseFiles(at),
  }),
  check({ declared, readme, licenses }, { missing, readme: isReadmeAsked }) {
    const texts = new Map(Object.entries(declared.texts));
    const governed = declared.read.map((one) => ({
      ...one,
      governing: one.governedBy === null ? [] : (texts.get(one.governedBy) ?? []),
    }));
    const stated = governed.flatMap((one) => declarationFinding(one, missing));
    const shipped = governed.filter(({ isAside }) => !isAside).flatMap(({ governing }) => governing);
    const altered = alteredFindings([...new Set(shipped)]);
    const told = isReadmeAsked ? readmeFindings(readme, licenses) : [];
    const left = declared.left > 0 ? [unread(declared.left)] : [];
    const all = [...stated, ...altered, ...told, ...left];
    return all.length > 0 ? all : [{ outcome: 'exempt', about: 'manifests', says: words`Nothing here declares a license.` }];
  },
  headline: (findings) => {
    const failing = findings.filter(({ outcome }) => outcome === 'fail').length;
    return failing === 1
      ? 'One statement about the license is not right'
      : `${failing} statements about the license are not right`;
  },
});

function readmeFindings(readme: readonly ReadmeLicense[], licenses: readonly LicenseFile[]): readonly Finding[] {
  if (licenses.length === 0) return [];
  const held = heldIn(licenses);
  return readme.map((statement) => readmeFinding(statement, held));
}

function unread(count: number): Finding {
  return {
    outcome: 'unknown',
    about: 'manifests',
    says: words`${count} more manifests were not read: there are more than Steward reads in one repository.`,
  };
}
