/** GitHub custom properties of a repository. */
import { unknown, type Answer } from '../facts/answer.ts';
import type { Api } from './client.ts';
import type { Look } from './look.ts';

/** The values that the organization set, by the name of the property. Costs a call. */
export function propertiesOf(_api: Api, _seen: Look): Promise<Answer<Readonly<Record<string, string | readonly string[]>>>> {
  return Promise.resolve(unknown('custom properties are not read yet'));
}
