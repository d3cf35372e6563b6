/** `steward cla company person`, `manager` and `organization`: the office changes who manages a company and whom it covers. */
import type { CompanyRecord, Entry } from '../../facts/register.ts';
import { visible } from '../../facts/words.ts';
import { UsageError } from '../repository.ts';
import { actOf, addition, change, githubOf, type ActOptions, type Bureau } from './company-act.ts';
import { LOGIN } from './given.ts';
import { personGiven } from './person.ts';

/** Adds or removes a manager, or a person whom the company covers. */
export async function changePerson(
  kind: 'manager-added' | 'manager-removed' | 'person-added' | 'person-removed',
  id: string,
  given: string,
  options: ActOptions,
  bureau: Bureau,
): Promise<number> {
  const person = await personGiven(given, githubOf(bureau));
  const wrong = ({ managers, people }: CompanyRecord): string | null => {
    const isThere = (kind.startsWith('manager') ? managers : people).some(({ accountId }) => accountId === person.accountId);
    return isThere === kind.endsWith('added') ? `@${person.login} ${WORDS[kind].refused(id)}` : null;
  };
  const text = `@${person.login} (${person.accountId}) ${WORDS[kind].done(id)}.`;
  return change(id, options, bureau, addition(kind, id, person, actOf(options, bureau)), wrong, text);
}

const WORDS = {
  'manager-added': { done: (id: string) => `manages ${id}`, refused: (id: string) => `manages ${id} already` },
  'manager-removed': { done: (id: string) => `no longer manages ${id}`, refused: (id: string) => `does not manage ${id}` },
  'person-added': { done: (id: string) => `is covered by ${id}`, refused: (id: string) => `is covered by ${id} already` },
  'person-removed': {
    done: (id: string) => `is no longer covered by ${id}`,
    refused: (id: string) => `is not on the list of ${id}`,
  },
} as const;

/** Adds or removes a GitHub organization whose members the company covers. */
export async function changeOrganization(
  kind: 'organization-added' | 'organization-removed',
  id: string,
  given: string,
  options: ActOptions,
  bureau: Bureau,
): Promise<number> {
  const login = given.trim().replace(/^@/, '').toLowerCase();
  if (!LOGIN.test(login)) throw new UsageError(`${visible(given)} is no login of an organization, as in github.com/NAME.`);
  const isAdded = kind === 'organization-added';
  const entry: Entry = { kind, company: id, login, by: null, ...actOf(options, bureau)(`${kind}:${id}:${login}`) };
  const wrong = ({ organizations }: CompanyRecord): string | null => {
    const isThere = organizations.some((one) => one.login === login && one.until === null);
    if (isThere !== isAdded) return null;
    return isAdded ? `${id} has the organization ${login} already` : `${id} has no organization ${login}`;
  };
  return change(
    id,
    options,
    bureau,
    entry,
    wrong,
    `${id} ${isAdded ? 'covers' : 'no longer covers'} members of the organization ${login}.`,
  );
}
