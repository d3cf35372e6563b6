/** Walks the events of a YAML text once: where every key and value stands, and what a policy must not contain. */
import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from 'js-yaml';
import { quoted } from './problem.ts';

/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Keys and indexes from the top. */
export type Path = readonly PropertyKey[];

/** A problem of the text itself; `path` is as far as the keys are known. */
export interface Flaw extends Place {
  readonly path: Path;
  readonly message: string;
  readonly hint: string | null;
}

/** Places by key path. A path that does not stand in the text has the place of its nearest ancestor. */
export interface Positions {
  readonly key: (path: Path) => Place;
  readonly value: (path: Path) => Place;
}

export interface Walk {
  readonly positions: Positions;
  readonly flaws: readonly Flaw[];
  /** False: the text cannot become a value that means what it says. */
  readonly isReadable: boolean;
}

/** What a walk carries along. */
interface Notes {
  readonly source: string;
  readonly keys: Map<string, number>;
  readonly values: Map<string, number>;
  readonly flaws: Flaw[];
  readonly place: (offset: number) => Place;
  isReadable: boolean;
  /** Offset of what was read last: an empty value has no place of its own. */
  last: number;
}

type Events = Iterator<Event, undefined>;

/** Reads positions and flaws off the events of one text. */
export function walk(events: readonly Event[], source: string): Walk {
  const place = placesOf(source);
  const notes: Notes = { source, keys: new Map(), values: new Map(), flaws: [], place, isReadable: true, last: 0 };
  const rest = events.values();
  rest.next(); // the start of the first document
  readNode(rest, rest.next().value, [], notes);
  rest.next(); // its end
  const second = rest.next().value;
  if (second) refuseSecond(rest, notes);
  const positions: Positions = {
    key: (path) => place(nearestOffset(notes.keys, path)),
    value: (path) => place(nearestOffset(notes.values, path)),
  };
  return { positions, flaws: notes.flaws, isReadable: notes.isReadable };
}

/** Recursion is as deep as the text nests, which the parser bounds. */
function readNode(events: Events, event: Event | undefined, path: Path, notes: Notes): void {
  if (!event) return;
  const offset = offsetOf(event) ?? notes.last;
  notes.last = offset;
  notes.values.set(JSON.stringify(path), offset);
  if (event.type === EVENT_ID.ALIAS) refuseAlias(event, offset, path, notes);
  if (event.type === EVENT_ID.SEQUENCE) readItems(events, path, notes);
  if (event.type === EVENT_ID.MAPPING) readPairs(events, path, notes);
}

function readItems(events: Events, path: Path, notes: Notes): void {
  let index = 0;
  for (let event = events.next().value; event && event.type !== EVENT_ID.POP; event = events.next().value) {
    const itemPath = [...path, index];
    // An entry has no key; where it starts stands in for one.
    notes.keys.set(JSON.stringify(itemPath), offsetOf(event) ?? notes.last);
    readNode(events, event, itemPath, notes);
    index += 1;
  }
}

function readPairs(events: Events, path: Path, notes: Notes): void {
  const lines = new Map<string, number>();
  for (let event = events.next().value; event && event.type !== EVENT_ID.POP; event = events.next().value) {
    const offset = offsetOf(event) ?? notes.last;
    notes.last = offset;
    if (event.type !== EVENT_ID.SCALAR) {
      refuseKey(offset, path, notes);
      readNode(events, event, path, notes);
      readNode(events, events.next().value, path, notes);
      continue;
    }
    const key = getScalarValue(notes.source, event);
    const keyPath = [...path, key];
    const line = lines.get(key);
    if (line === undefined) {
      lines.set(key, notes.place(offset).line);
      notes.keys.set(JSON.stringify(keyPath), offset);
    } else refuseRepeat(key, line, offset, keyPath, notes);
    if (key === '__proto__') refuseProto(offset, keyPath, notes);
    readNode(events, events.next().value, keyPath, notes);
  }
}

function refuseRepeat(key: string, line: number, offset: number, path: Path, notes: Notes): void {
  const message = `The key ${quoted(key)} is written twice; it stands on line ${line} already.`;
  notes.flaws.push({ ...notes.place(offset), path, message, hint: 'Keep one of them.' });
}

/** Schemas pass over this key in groups whose keys are free, so what stands below it would be lost in silence. */
function refuseProto(offset: number, path: Path, notes: Notes): void {
  const message = 'Unknown key "__proto__"; nothing in such a file has this name.';
  notes.flaws.push({ ...notes.place(offset), path, message, hint: 'Remove it, or give it another name.' });
}

function refuseKey(offset: number, path: Path, notes: Notes): void {
  notes.isReadable = false;
  const message = 'A key is a list, a group or a reference here; keys of a policy are plain words.';
  notes.flaws.push({ ...notes.place(offset), path, message, hint: 'Put text that starts with [, { or * in quotes.' });
}

function refuseAlias(event: Event & { type: typeof EVENT_ID.ALIAS }, offset: number, path: Path, notes: Notes): void {
  notes.isReadable = false;
  const name = quoted(notes.source.slice(event.anchorStart - 1, event.anchorEnd));
  const message = `${name} repeats another part of the file; a policy has no such aliases, so that each line says what it means.`;
  notes.flaws.push({
    ...notes.place(offset),
    path,
    message,
    hint: 'Write the value out, or put text that starts with * in quotes.',
  });
}

function refuseSecond(rest: Events, notes: Notes): void {
  notes.isReadable = false;
  let offset: number | null = null;
  for (let event = rest.next().value; event && offset === null; event = rest.next().value) offset = offsetOf(event);
  const message = 'A second document starts here; a policy file holds one.';
  notes.flaws.push({
    ...notes.place(offset ?? notes.source.length),
    path: [],
    message,
    hint: 'Remove the line "---" in between.',
  });
}

/** Where an event starts, tag and anchor left aside; null for what takes no room in the text. */
function offsetOf(event: Event): number | null {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  if (event.type === EVENT_ID.SCALAR) return event.valueStart < 0 ? null : event.valueStart - (isQuoted(event.style) ? 1 : 0);
  if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) return event.start;
  return null;
}

/** The value of a quoted scalar starts behind its quote. */
function isQuoted(style: number): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

function nearestOffset(offsets: ReadonlyMap<string, number>, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsets.get(JSON.stringify(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return offsets.get('[]') ?? 0;
}

/** Offset to line and column; binary search, because a hostile text has very many lines. */
export function placesOf(source: string): (offset: number) => Place {
  const starts = [0, ...[...source.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
