/** The demo's pages: the organization, and each subject as GitHub would show it. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Judged } from '../facts/subject.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { organizationPage } from '../views/pages/organization.ts';
import { verdictPage } from '../views/pages/verdict.ts';
import type { DemoPlatform } from './demo-platform.ts';

/** The HTML that GitHub's own renderer lets through and Steward's views use; everything else stays text. */
const LET_THROUGH = /&lt;(\/?(?:details|summary|sub|br))&gt;/g;

/** Markdown of Steward's views as HTML. */
export function renderMarkdown(text: string): string {
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return html.replace(LET_THROUGH, '<$1>').replace(/&lt;!--[^]*?--&gt;/g, '');
}

export interface Demo {
  readonly owner: string;
  readonly verdicts: readonly Verdict[];
  readonly platform: DemoPlatform;
}

/** The page at a path; null: there is none. */
export function demoPage({ owner, verdicts, platform }: Demo, path: string, nonce: string): string | null {
  if (path === '/') {
    const lead =
      'What Steward says of these repositories. Open a row to see the check run, comment and issue as they would be posted.';
    return organizationPage({ owner, verdicts, lead, href: ({ subject }) => pathOf(subject), nonce, home: '/' });
  }
  const verdict = verdicts.find(({ subject }) => pathOf(subject) === path);
  if (!verdict) return null;
  return verdictPage({ verdict, effects: platform.posted(verdict.subject), markdown: renderMarkdown, nonce, home: '/' });
}

function pathOf(subject: Judged): string {
  const repository = `/${[subject.owner, subject.repo].map(encodeURIComponent).join('/')}`;
  return subject.kind === 'repository' ? repository : `${repository}/pull/${subject.number}`;
}
