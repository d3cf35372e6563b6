/** `.clomonitor.yml` as waivers: each exemption is a file of its own, with its reason, somebody who approves it, and an end. */
import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { CommunityFile } from '../../facts/community-names.ts';
import { LONGEST_REASON, SHORTEST_REASON } from '../../policy/waivers/schema.ts';
import { WAIVERS_FOLDER } from '../../policy/waivers/waiver.ts';
import { didYouMean } from '../../policy/problem.ts';
import { readYaml } from '../../policy/yaml.ts';
import { faulty, lineIn, placed, remark, todo, type Draft, type Foreign, type Reading, type WaiverFile } from './decision.ts';
import { expected, flawsOf } from './expected.ts';
import { inLine, yamlOf } from './policy-text.ts';

interface Waived {
  readonly rule: string;
  readonly file?: CommunityFile;
}

/** What the checks of CLOMonitor are called here. */
const CHECKS: Readonly<Record<string, Waived>> = {
  changelog: { rule: 'required-files', file: 'changelog' },
  cla: { rule: 'cla' },
  code_of_conduct: { rule: 'required-files', file: 'code-of-conduct' },
  contributing: { rule: 'required-files', file: 'contributing' },
  dco: { rule: 'dco' },
  governance: { rule: 'required-files', file: 'governance' },
  license_approved: { rule: 'license-file' },
  license_spdx_id: { rule: 'license-file' },
  maintainers: { rule: 'required-files', file: 'maintainers' },
  readme: { rule: 'required-files', file: 'readme' },
  security_policy: { rule: 'required-files', file: 'security' },
};

/** Checks that no rule of Steward asks. */
const OTHERS = [
  ...['adopters', 'analytics', 'artifacthub_badge', 'binary_artifacts', 'code_review', 'community_meeting'],
  ...['dangerous_workflow', 'dependencies_policy', 'dependency_update_tool', 'github_discussions', 'license_scanning'],
  ...['maintained', 'openssf_badge', 'openssf_scorecard_badge', 'recent_release', 'roadmap', 'sbom', 'security_insights'],
  ...['signed_releases', 'slack_presence', 'summary_table', 'token_permissions', 'trademark_disclaimer', 'website'],
];

const shape = z.looseObject({
  exemptions: z
    .array(
      z.looseObject(
        {
          check: z.string(expected('the name of a check')).min(1).max(100),
          reason: z
            .string(expected('a reason; CLOMonitor asks for one, and so does a waiver'))
            .trim()
            .min(1, 'The reason is empty; CLOMonitor asks for one, and so does a waiver.'),
        },
        expected('a check and a reason'),
      ),
      expected('a list of exemptions'),
    )
    .max(200)
    .default([]),
  licenseScanning: z.looseObject({ url: z.string(expected('a link')).optional() }, expected('a group of keys')).optional(),
});

type Exemption = z.output<typeof shape>['exemptions'][number];

const CLOMONITOR_FILE = {
  is: 'the file of CLOMonitor is a group of keys such as "exemptions:"',
  hint: 'Give .clomonitor.yml as CLOMonitor reads it.',
};

export interface WaiverOptions {
  readonly repository?: string;
  readonly approver?: string;
  readonly until?: string;
}

/** Waivers and decisions, or everything that is wrong with the file. */
export function readClomonitor({ source, text }: Foreign, options: WaiverOptions, now: Date): Reading {
  const { value, positions, problems } = readYaml(text, CLOMONITOR_FILE);
  const result = shape.safeParse(value ?? {});
  const flaws = value === undefined ? [] : flawsOf(result.error, positions);
  if (problems.length > 0 || !result.success) return faulty(source, [...problems, ...flaws]);
  const repository = options.repository ?? basename(dirname(resolve(source)));
  const { exemptions, licenseScanning } = result.data;
  const waivers = exemptions.flatMap((one, index) => waiverOf(one, index, { ...options, repository }, now));
  const drafts = [
    ...exemptions.flatMap((one, index) => exempt(one, index, options)),
    ...(licenseScanning?.url === undefined
      ? []
      : [
          todo(
            `licenseScanning.url: ${licenseScanning.url}`,
            'Steward reads licenses itself and shows no link to another scanner.',
            ['licenseScanning', 'url'],
          ),
        ]),
    ...Object.keys(result.data).flatMap((key) => unknownKey(key)),
  ];
  return { decisions: placed(drafts, source, lineIn(positions)), waivers: distinct(waivers) };
}

function exempt({ check, reason }: Exemption, index: number, options: WaiverOptions): readonly Draft[] {
  const path = ['exemptions', index];
  const waived = Object.hasOwn(CHECKS, check) ? CHECKS[check] : undefined;
  if (waived) {
    const says = `is a waiver of ${waived.rule} in a file of its own.`;
    const open = missing(reason, options).map((one) => todo(`exemptions: ${check}`, `${says} ${one}`, path));
    return open.length === 0 ? [remark(`exemptions: ${check}`, says, path)] : open;
  }
  if (OTHERS.includes(check))
    return [todo(`exemptions: ${check}`, 'no rule of Steward asks for it, so nothing is to be waived.', path)];
  const meant = didYouMean(check, [...Object.keys(CHECKS), ...OTHERS]);
  return [todo(`exemptions: ${check}`, `is no check of CLOMonitor.${meant === null ? '' : ` ${meant}`}`, path)];
}

/** What a waiver needs and an exemption has not, each with what to do about it. */
function missing(reason: string, { approver, until }: WaiverOptions): readonly string[] {
  return [
    ...(approver === undefined ? ['Write there who approves it; --approver LOGIN does.'] : []),
    ...(until === undefined
      ? ['CLOMonitor knows no end, and the waiver ends in a year: choose its last day there; --until DATE does.']
      : []),
    ...(isShort(reason) ? [`Its reason, “${reason}”, tells little: write there why the rule does not fit.`] : []),
  ];
}

function isShort(reason: string): boolean {
  return Array.from(reason).length < SHORTEST_REASON;
}

function waiverOf(
  { check, reason }: Exemption,
  index: number,
  options: WaiverOptions & { readonly repository: string },
  now: Date,
): readonly WaiverFile[] {
  const waived = Object.hasOwn(CHECKS, check) ? CHECKS[check] : undefined;
  if (!waived) return [];
  const { repository, approver, until = inAYear(now) } = options;
  const name = [waived.rule, waived.file ?? '', repository].filter((part) => part !== '').join('-');
  const safe = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .slice(0, 80);
  const lines = [
    `# Exemption ${index + 1} of .clomonitor.yml: ${inLine(check)}`,
    `rule: ${waived.rule}`,
    `repositories: ${yamlOf([repository])}`,
    ...(waived.file === undefined ? [] : [`paths: ${yamlOf([waived.file])}`]),
    ...(isShort(reason) ? [`# TODO reason: why the rule does not fit; the one below is short`] : []),
    `reason: ${yamlOf(isShort(reason) ? `As CLOMonitor was told: ${reason}` : reason.slice(0, LONGEST_REASON))}`,
    approver === undefined ? '# TODO approver: the login of who approves this by a review' : `approver: ${yamlOf(approver)}`,
    ...(options.until === undefined ? ['# TODO until: CLOMonitor knows no end; a waiver has one. Choose the last day.'] : []),
    `until: ${until}`,
  ];
  return [{ file: `${WAIVERS_FOLDER}/${safe}.yml`, text: `${lines.join('\n')}\n` }];
}

function inAYear(now: Date): string {
  return new Date(now.getTime() + 365 * 86_400_000).toISOString().slice(0, 10);
}

/** Two checks of one rule have names of their own. */
function distinct(waivers: readonly WaiverFile[]): readonly WaiverFile[] {
  return waivers.map((waiver, index) => {
    const before = waivers.slice(0, index).filter(({ file }) => file === waiver.file).length;
    return before === 0 ? waiver : { ...waiver, file: waiver.file.replace(/\.yml$/, `-${before + 1}.yml`) };
  });
}

function unknownKey(key: string): readonly Draft[] {
  if (key === 'exemptions' || key === 'licenseScanning') return [];
  const meant = didYouMean(key, ['exemptions', 'licenseScanning']);
  return [todo(key, `is no key of CLOMonitor.${meant === null ? '' : ` ${meant}`}`, [key])];
}
