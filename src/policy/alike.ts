/** Which repositories documents treat alike, so that their policy is resolved once for all of them. */
import { DAY } from './dates.ts';
import type { AnyRule } from '../rules/rule.ts';
import type { Document, WrittenRule } from './document.ts';
import { topOf } from './governed.ts';
import { grouped, type Untold } from './groups.ts';
import type { Grace, Occasion, Traits } from './managed.ts';
import type { Presets } from './policy.ts';
import { shareOf } from './rollout.ts';
import { withPresets } from './stack.ts';

/** A name that is equal for all occasions of one moment for which the documents make the same policy. */
export type Alike = (occasion: Occasion) => string;

/** The groups and pilots of documents of which it cannot be told whether the repository of an occasion belongs to them. */
export function untoldIn(
  documents: readonly Document[],
  rules: readonly AnyRule[],
  presets: Presets,
  occasion: Occasion,
): readonly Untold[] {
  const above = aboveIn(documents, rules, presets);
  return grouped(above, topOf(above).lifecycle?.value ?? null, occasion).untold;
}

function aboveIn(documents: readonly Document[], rules: readonly AnyRule[], presets: Presets): readonly Document[] {
  const border = documents.findLastIndex(({ file }) => file.layer === 'organization') + 1;
  return withPresets(documents.slice(0, border), rules, presets).documents;
}

/** Tells occasions apart by what `resolve` goes by: groups and pilots, shares of roll-outs, and grace. */
export function alike(documents: readonly Document[], rules: readonly AnyRule[], presets: Presets): Alike {
  const border = documents.findLastIndex(({ file }) => file.layer === 'organization') + 1;
  const above = aboveIn(documents, rules, presets);
  const all = [...above, ...withPresets(documents.slice(border), rules, presets).documents];
  const { lifecycle } = topOf(above);
  const written = all.flatMap((document) => [document.rules, ...document.governance.groups.map((group) => group.rules)]);
  const said = written.flatMap((one) => Object.entries(one));
  const graces = said.flatMap(([, { grace }]) => (grace ? [grace.value] : []));
  const shares = said.flatMap(([id, rule]) => percents(rule).map((percent) => ({ id, percent })));
  return (occasion) => {
    const groups = grouped(above, lifecycle?.value ?? null, occasion);
    const layers = groups.layers.flatMap(({ group, document }) => (group ? [`${document.file.source} ${group.index}`] : []));
    const { traits } = occasion;
    const spared = graces.map((grace) => sparedBy(grace, occasion));
    const meant = shares.map(({ id, percent }) => traits !== null && shareOf(traits, id) < percent);
    return JSON.stringify([layers, [...groups.cohorts.bySource], groups.untold, spared, meant]);
  };
}

function percents({ rollout }: WrittenRule): readonly number[] {
  return (rollout?.value ?? []).flatMap(({ value: { percent } }) => (percent === undefined ? [] : [percent]));
}

/** Whether grace spares somebody, and why; when it ends makes no policy of this moment another. */
function sparedBy({ newRepositories, firstContributions }: Grace, { now, traits, isFirst }: Occasion): string {
  const isNew = newRepositories !== undefined && isYoung(traits, newRepositories, now);
  return `${firstContributions === true && isFirst === true} ${isNew}`;
}

function isYoung(traits: Traits | null, days: number, now: Date): boolean {
  return traits?.createdAt !== undefined && now.getTime() < Date.parse(traits.createdAt) + days * DAY;
}
