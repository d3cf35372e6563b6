/** The agreements that a policy names, and what the register of signatures calls each: whoever wrote the name keeps it. */
import { z } from 'zod';
import { signingSentence } from '../facts/sentences.ts';
import type { LayerKind, Origin, Policy } from './policy.ts';

/** An agreement of the policy in force. */
export interface NamedAgreement {
  /** The policy's own name for it. */
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly kind: 'individual' | 'corporate';
  /** Where its text is. */
  readonly text: string;
  /** Its name in the register: `OWNER/ID` or `OWNER/REPO/ID`, lower-case. */
  readonly register: string;
}

interface Place {
  readonly owner: string;
  readonly repo: string;
}

const RULE = 'cla';
const OPTION = 'agreements';

const written = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    version: z.string(),
    kind: z.enum(['individual', 'corporate']),
    text: z.string(),
  }),
);

/** The agreements that contributions to a repository are held to; none where the policy names none. */
export function agreementsOf(policy: Policy, place: Place): readonly NamedAgreement[] {
  const setting = policy.rules[RULE];
  const parsed = written.safeParse(setting?.options[OPTION]);
  if (!parsed.success) return [];
  const keeper = keeperOf(setting?.origins[OPTION] ?? null, policy, place);
  return parsed.data.map((agreement) => ({ ...agreement, register: `${keeper}/${agreement.id}`.toLowerCase() }));
}

/**
 * Who keeps the agreements: the account whose file names them, or the repository whose own file does. A shared file is that of
 * another account only where it is the default branch's in the account's policy repository: what lies in other repositories,
 * their writers write, and at a ref even a commit of a fork can be found. Those are kept by whoever extends them.
 */
function keeperOf(origin: Origin | null, policy: Policy, { owner, repo }: Place): string {
  if (origin === null) return owner;
  const { source } = origin;
  const layer = origin.layer === 'group' ? layerOf(source, policy) : origin.layer;
  if (layer === 'repository') return `${owner}/${repo}`;
  if (layer === 'organization') return accountIn(source);
  if (layer !== 'shared') return owner;
  if (OFFICE.test(source)) return accountIn(source);
  return isOfOrganization(origin, policy) ? owner : `${owner}/${repo}`;
}

/** A file of an account's policy repository, at its default branch. */
const OFFICE = /^[^/:@]+\/\.github:[^@]+$/i;

/** A group is a part of its file, so what it names is kept by whoever keeps that. */
function layerOf(source: string, { files }: Policy): LayerKind {
  return files.find((file) => file.source === source)?.layer ?? 'repository';
}

function accountIn(source: string): string {
  return source.slice(0, source.indexOf('/'));
}

/** Whether the organization's file extends the shared one, rather than the repository's. Files are listed lowest first. */
function isOfOrganization({ source }: Origin, { files }: Policy): boolean {
  const border = files.findIndex(({ layer }) => layer === 'organization');
  return files.slice(0, Math.max(border, 0)).some((file) => file.source === source);
}

/** Why a sentence signs nothing: what it names is not in force. With the sentence to write instead. */
export function notInForce(
  { title, version }: Pick<NamedAgreement, 'title' | 'version'>,
  agreements: readonly NamedAgreement[],
): string {
  const individual = agreements.filter(({ kind }) => kind === 'individual');
  const wanted = individual.find((one) => one.title === title) ?? individual[0];
  if (!wanted) return 'No agreement is asked for here that a person could sign.';
  const what =
    wanted.title === title ? `Version ${version} is not the one in force.` : 'No agreement of this title is asked for here.';
  return `${what} Write: ${signingSentence(wanted)}`;
}
