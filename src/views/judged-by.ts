/** Which commit was judged, and by which policy. */
import type { Verdict } from '../verdict/verdict.ts';
import { codeSpan, ownLink, quoted } from './markdown.ts';
import { originUrl, repositoryUrl } from './places.ts';

/** One small line below everything else. */
export function judgedBy(verdict: Verdict): string {
  const files = verdict.policy.files.filter((file) => file.layer !== 'preset');
  if (files.length === 0) return `<sub>Judged ${codeSpan(verdict.sha.slice(0, 7))} by Steward's built-in baseline.</sub>`;
  if (files.every((file) => file.commit === null)) {
    const given = files.map((file) => codeSpan(file.source));
    return `<sub>Judged ${codeSpan(verdict.sha.slice(0, 7))} by the policy ${given.join(', ')}.</sub>`;
  }
  const names = files.map((file) =>
    ownLink(codeSpan(file.source), originUrl(verdict, { layer: file.layer, source: file.source, line: null }, true)),
  );
  const where = repositoryUrl(verdict) === null ? '' : ' of the base branch';
  return `<sub>Judged ${codeSpan(verdict.sha.slice(0, 7))} by the policy${where}: ${names.join(', ')}.${remarks(verdict)}</sub>`;
}

/** Why it is judged by this version of a file and not by the newest. */
function remarks({ problems }: Verdict): string {
  const told = problems.filter(({ severity, path }) => severity === 'notice' && path === '');
  return told.map(({ message, hint }) => ` ${quoted(message, 400)} ${quoted(hint ?? '', 400)}`.trimEnd()).join('');
}
