/** The members of a team: the first hundred come with the question, the others page by page. */
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Api } from './client.ts';
import { readAll } from './pages.ts';
import { MORE_TEAM_MEMBERS } from './membership-queries.ts';
import { query } from './reply.ts';
import type { PageShape } from './shapes.ts';

interface MemberShape {
  readonly databaseId: number | null;
}

export interface TeamShape {
  readonly members: PageShape<MemberShape> | null;
}

export interface TeamAsked {
  readonly owner: string;
  readonly slug: string;
  /** What the first call told; GitHub shows no team where there is none, and none that the asker may not see. */
  readonly first: TeamShape | null | undefined;
}

/** Ids of all members, also of the teams below it; null: they cannot be told. */
export async function teamMembers(api: Api, { owner, slug, first }: TeamAsked): Promise<ReadonlySet<number> | null> {
  if (!first?.members) return null;
  type Shape = { organization: { team: TeamShape | null } | null };
  const next = async (after: string): Promise<Answer<PageShape<MemberShape>>> => {
    const { data, faults } = await query<Shape>(api, MORE_TEAM_MEMBERS, { owner, slug, after });
    const fault = faults.at('organization', 'team', 'members');
    const page = data.organization?.team?.members;
    return fault === null && page ? known(page) : unknown(fault ?? 'GitHub did not list more members');
  };
  const all = await readAll({ what: 'members', first: first.members, next, key: ({ databaseId }) => String(databaseId) });
  return all.known ? new Set(all.value.flatMap(({ databaseId }) => databaseId ?? [])) : null;
}
