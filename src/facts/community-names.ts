/** Community files: their ids, the names that people and GitHub use for them, and the places where they count. */

import type { Relevance } from './files.ts';

export const COMMUNITY_FILES = [
  'readme',
  'license',
  'contributing',
  'code-of-conduct',
  'security',
  'codeowners',
  'changelog',
  'notice',
  'governance',
  'support',
  'maintainers',
  'issue-template',
  'pull-request-template',
  'description',
] as const;
export type CommunityFile = (typeof COMMUNITY_FILES)[number];

export interface Kind {
  readonly id: CommunityFile;
  /** What people call it. */
  readonly label: string;
  /** The path to create when there is none. */
  readonly create: string;
  /** Folders where it counts, in GitHub's order; `''` is the root. */
  readonly folders: readonly ('' | '.github' | 'docs')[];
  /** GitHub shows the organization's own when the repository has none. */
  readonly hasDefault: boolean;
  readonly isNamed: (name: string) => boolean;
  /** A folder of such files; its entries that count. */
  readonly folder?: { readonly isNamed: (name: string) => boolean; readonly counts: (name: string) => boolean };
  /** Names that people give it and that GitHub does not accept. */
  readonly isMisnamed?: (name: string) => boolean;
}

const EXTENSION = String.raw`(?:\.(?:md|markdown|mdown|mkdn|mkd|mdx|rst|txt|text|adoc|asciidoc|asc|org|textile|rdoc|creole|mediawiki|wiki|pod|html?|pdf))?`;
const EVERYWHERE = ['.github', '', 'docs'] as const;
const TEMPLATE = /\.(?:md|markdown|txt)$/i;
const FORM = /\.(?:md|markdown|txt|ya?ml)$/i;

/** Matches whole names in any case, with the extension of a text or without one. */
function named(pattern: string): (name: string) => boolean {
  const whole = new RegExp(`^(?:${pattern})${EXTENSION}$`, 'i');
  return (name) => whole.test(name);
}

function exactly(pattern: RegExp): (name: string) => boolean {
  return (name) => pattern.test(name);
}

/** Files that say something about a license and are none: a header to paste, a list of others' licenses, settings of tools. */
const NOT_A_LICENSE =
  /third|3rd|vendor|dependenc|header|template|\.about$|\.(?!md$|markdown$|rst$|txt$|text$|adoc$|html?$|rtf$|pdf$)[a-z]{1,4}$/i;
const LICENSE =
  /^(?:(?:mit|apache|bsd|isc|gpl|lgpl|agpl|mpl|cc|unlicense)[\w.]{0,12}-)?(?:(?:un)?licen[cs]es?|copying)(?:[-_. ][\w.+ -]{1,60})?$/i;
const LICENSE_SUFFIX = /\.(?:mit|bsd|isc|gpl|lgpl|mpl|apache)$/i;

/** Whether a name at the root is that of a license text: LICENSE, LICENCE.md, COPYING, UNLICENSE, LICENSE-MIT, MIT-LICENSE … */
export function isLicenseName(name: string): boolean {
  return LICENSE.test(name) && (!NOT_A_LICENSE.test(name) || LICENSE_SUFFIX.test(name));
}

export const KINDS: readonly Kind[] = [
  { id: 'readme', label: 'README', create: 'README.md', folders: EVERYWHERE, hasDefault: false, isNamed: named('readme') },
  { id: 'license', label: 'license', create: 'LICENSE', folders: [''], hasDefault: false, isNamed: isLicenseName },
  {
    id: 'contributing',
    label: 'contributing guide',
    create: 'CONTRIBUTING.md',
    folders: EVERYWHERE,
    hasDefault: true,
    isNamed: named('contributing'),
  },
  {
    id: 'code-of-conduct',
    label: 'code of conduct',
    create: 'CODE_OF_CONDUCT.md',
    folders: EVERYWHERE,
    hasDefault: true,
    isNamed: named('(?:citizen[-_ ])?code[-_ ]?of[-_ ]?conduct'),
  },
  {
    id: 'security',
    label: 'security policy',
    create: 'SECURITY.md',
    folders: EVERYWHERE,
    hasDefault: true,
    isNamed: named('security'),
  },
  {
    id: 'codeowners',
    label: 'code owners file',
    create: '.github/CODEOWNERS',
    folders: EVERYWHERE,
    hasDefault: false,
    isNamed: exactly(/^CODEOWNERS$/),
    isMisnamed: named('code[-_ ]?owners'),
  },
  {
    id: 'changelog',
    label: 'change log',
    create: 'CHANGELOG.md',
    folders: EVERYWHERE,
    hasDefault: false,
    isNamed: named('change[-_ ]?log|changes|history|news|releases|release[-_ ]notes'),
    folder: { isNamed: exactly(/^change[-_ ]?logs?$/i), counts: exactly(/\.(?:md|markdown|rst|txt|adoc)$/i) },
  },
  { id: 'notice', label: 'NOTICE', create: 'NOTICE', folders: [''], hasDefault: false, isNamed: named('notices?') },
  {
    id: 'governance',
    label: 'governance document',
    create: 'GOVERNANCE.md',
    folders: EVERYWHERE,
    hasDefault: true,
    isNamed: named('governance'),
  },
  {
    id: 'support',
    label: 'support document',
    create: 'SUPPORT.md',
    folders: EVERYWHERE,
    hasDefault: true,
    isNamed: named('support'),
  },
  {
    id: 'maintainers',
    label: 'list of maintainers',
    create: 'MAINTAINERS.md',
    folders: EVERYWHERE,
    hasDefault: false,
    isNamed: named('maintainers?|owners'),
  },
  {
    id: 'issue-template',
    label: 'issue template',
    create: '.github/ISSUE_TEMPLATE/bug_report.md',
    folders: EVERYWHERE,
    hasDefault: true,
    isNamed: exactly(/^issue_template(?:\.(?:md|markdown|txt))?$/i),
    // The folder's config.yml only arranges the page on which templates are chosen.
    folder: { isNamed: exactly(/^issue_template$/i), counts: (name) => FORM.test(name) && !/^config\.ya?ml$/i.test(name) },
  },
  {
    id: 'pull-request-template',
    label: 'pull request template',
    create: '.github/pull_request_template.md',
    folders: EVERYWHERE,
    hasDefault: true,
    isNamed: exactly(/^pull_request_template(?:\.(?:md|markdown|txt))?$/i),
    folder: { isNamed: exactly(/^pull_request_template$/i), counts: exactly(TEMPLATE) },
  },
  {
    id: 'description',
    label: 'description',
    create: 'DESCRIPTION.md',
    folders: EVERYWHERE,
    hasDefault: false,
    isNamed: named('description'),
  },
];

const BY_ID: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind.id, kind]));

/** What is known of a community file by its id. */
export function kindOf(id: CommunityFile): Kind {
  const kind = BY_ID.get(id);
  if (!kind) throw new Error(`There is no community file ${id}.`);
  return kind;
}

/** Entries that can be community files, and the folders that can hold some. */
export const COMMUNITY: Relevance = {
  name: 'community',
  includes: ({ name, kind }) =>
    kind === 'directory' || isLicenseName(name) || KINDS.some((one) => one.isNamed(name) || one.isMisnamed?.(name)),
};
