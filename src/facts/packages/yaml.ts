/** Reads YAML within bounds: no aliases, no tags, every value a text, and the lines of the keys of its first two levels. */
import { constructFromEvents, EVENT_ID, FAILSAFE_SCHEMA, getScalarValue, parseEvents, YAMLException, type Event } from 'js-yaml';
import { known, unknown, type Answer } from '../answer.ts';
import { lineCounter, Lines, unfit, withoutMark, type Tree } from './tree.ts';

/** Files that list packages nest six levels. */
const MAX_DEPTH = 40;

/** The longest pnpm-lock.yaml seen has half a million. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * Each document of the text. Every value is a text, as written (`1.10`, `true`), a list or a group.
 * Unknown, with the line, when the text is not YAML or uses aliases, by which a short text could become a huge one.
 */
export function readYaml(text: string): Answer<readonly Tree[]> {
  const source = withoutMark(text);
  const refused = unfit(source, MAX_CHARACTERS);
  if (refused) return refused;
  try {
    const events = parseEvents(source, { maxDepth: MAX_DEPTH });
    const values = constructFromEvents(events, { source, maxAliases: 0, schema: FAILSAFE_SCHEMA, json: true });
    const lines = linesOfKeys(events, source);
    return known(values.map((value, index) => ({ value, line: lines[index]?.told() ?? (() => null) })));
  } catch (error) {
    const line = error instanceof YAMLException && error.mark ? `line ${error.mark.line + 1}` : 'the file';
    return unknown(`${line} is not valid YAML${error instanceof YAMLException ? ` (${error.reason})` : ''}`);
  }
}

/** A group or list that is open, with the key that was read last in it. */
interface Level {
  readonly isGroup: boolean;
  key: string;
  isValueNext: boolean;
}

/** One of each document. */
function linesOfKeys(events: readonly Event[], source: string): readonly Lines[] {
  const documents: Lines[] = [];
  const levels: Level[] = [];
  const line = lineCounter(source);
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) documents.push(new Lines());
    if (event.type === EVENT_ID.POP) levels.pop();
    else if (event.type === EVENT_ID.SCALAR) {
      let place = documents.at(-1);
      const path = readScalar(event, levels, source);
      for (const [index, key] of path.entries())
        place = place?.under(key, index === path.length - 1 ? line(event.valueStart) : undefined);
    } else open(event, levels);
  }
  return documents;
}

function open(event: Event, levels: Level[]): void {
  const above = levels.at(-1);
  if (above?.isGroup) above.isValueNext = !above.isValueNext;
  levels.push({ isGroup: event.type === EVENT_ID.MAPPING, key: '', isValueNext: false });
}

/** The path of a key of the first two levels of a document, which is a level itself; empty: this is no such key. */
function readScalar(
  event: Event & { type: typeof EVENT_ID.SCALAR },
  levels: readonly Level[],
  source: string,
): readonly string[] {
  const level = levels.at(-1);
  if (!level?.isGroup) return [];
  level.isValueNext = !level.isValueNext;
  if (!level.isValueNext || levels.length > 3) return [];
  level.key = getScalarValue(source, event);
  return levels.slice(1).map(({ key }) => key);
}
