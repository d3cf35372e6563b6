/** What has to be asked of GitHub before a policy can be resolved, beside what every evaluation reads anyway. */
import type { Where } from './managed.ts';
import type { Document } from './parse.ts';

/** Whether some group or pilot is told by custom properties: by one of its own, or by the stage that a property names. */
export function needsProperties(documents: readonly Document[]): boolean {
  const property = documents.findLast(({ governance }) => governance.lifecycle)?.governance.lifecycle?.value.property;
  const isByProperty = ({ properties, stages }: Where): boolean =>
    properties !== undefined || (stages !== undefined && property !== undefined);
  return documents.some(({ governance: { groups, pilots } }) =>
    [...groups.map(({ where }) => where), ...(pilots?.value ?? []).map(({ value }) => value.where)].some(isByProperty),
  );
}
