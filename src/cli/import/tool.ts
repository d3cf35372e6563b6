/** Whose file it is, by its name. */
import { basename } from 'node:path';
import { visible } from '../../facts/words.ts';
import { UsageError } from '../repository.ts';
import { isAllstarFile } from './allstar-files.ts';

/** The tools whose files are imported. */
export const TOOLS = ['dco-app', 'actions-dco', 'allstar', 'repolinter', 'clomonitor'] as const;
export type Tool = (typeof TOOLS)[number];

/** A file with keys of a DCO app; or a policy of Steward, of which the reader for those apps says that it is one. */
const DCO_OR_POLICY = /^(?:require|allowRemediationCommits|allowOverrideAction|rules|extends|certification)\s*:/m;

/** The tool that reads a file of this name; its first keys decide where the name says nothing. Throws `UsageError`. */
export function toolOf(path: string, text: string): Tool {
  const tool = knownTool(path, text);
  if (tool !== null) return tool;
  throw new UsageError(
    `Whose file ${visible(path)} is cannot be told from its name. Say it with --from: ${TOOLS.slice(0, -1).join(', ')} or ${TOOLS.at(-1) ?? ''}.`,
  );
}

/** A file that lies among those of Allstar and is none of any tool: Allstar did not read it either. */
export function isStray(path: string, text: string): boolean {
  return knownTool(path, text) === null && /(?:^|[/\\])\.?allstar[/\\](?:[^/\\]+[/\\])?[^/\\]+$/.test(path);
}

function knownTool(path: string, text: string): Tool | null {
  const name = basename(path).toLowerCase();
  if (/^\.?repolint(?:er)?\.(?:json|ya?ml)$/.test(name)) return 'repolinter';
  if (/^\.clomonitor\.ya?ml$/.test(name)) return 'clomonitor';
  if (isAllstarFile(name)) return 'allstar';
  if (name.endsWith('.toml')) return 'actions-dco';
  if (/^\s*"?exemptions"?:/m.test(text)) return 'clomonitor';
  if (/^\s*"?version"?:\s*2\b/m.test(text) && /^\s*"?axioms"?:/m.test(text)) return 'repolinter';
  if (/^dco\.ya?ml$/.test(name) || (/\.ya?ml$/.test(name) && DCO_OR_POLICY.test(text))) return 'dco-app';
  return null;
}
