/** Stages that groups and pilots go by and that nothing tells: such a group would hold nowhere, without a word. */
import { z } from 'zod';
import type { Flaw, Positions } from './positions.ts';
import { didYouMean, listed, quoted } from './problem.ts';

/** Whatever else is wrong with a file, its stages can be looked at. */
const stages = z.array(z.string().catch('')).catch([]);
const places = z
  .array(z.object({ where: z.object({ stages }).catch({ stages: [] }) }).catch({ where: { stages: [] } }))
  .catch([]);
const skeleton = z.object({
  lifecycle: z
    .object({ property: z.unknown().optional(), stages: z.record(z.string(), z.unknown()).catch({}) })
    .catch({ property: undefined, stages: {} }),
  groups: places,
  pilots: places,
});

/** Each stage that the lifecycle of the file cannot tell; for files that no other file can complete. */
export function stageFlaws(value: unknown, positions: Positions): readonly Flaw[] {
  const text = skeleton.safeParse(value).data;
  if (!text || text.lifecycle.property !== undefined) return [];
  const known = Object.keys(text.lifecycle.stages);
  return (['groups', 'pilots'] as const).flatMap((key) =>
    text[key].flatMap(({ where }, index) =>
      where.stages.flatMap((stage, at): readonly Flaw[] => {
        if (stage === '' || known.includes(stage)) return [];
        const path = [key, index, 'where', 'stages', at];
        const message = `Nothing tells which repositories are in the stage ${quoted(stage)}; stages are told here: ${listed(known) || 'none'}.`;
        const hint = didYouMean(stage, known) ?? 'Name a custom property, or the repositories of the stage, below "lifecycle:".';
        return [{ ...positions.value(path), path, message, hint }];
      }),
    ),
  );
}
