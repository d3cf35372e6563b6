/** The text of bun.lock: JSON with commas after the last entry, and the line of each package. */
import { visit, type JSONVisitor } from 'jsonc-parser';
import { known, unknown, type Answer } from '../../answer.ts';
import { tooDeep } from '../json.ts';
import { Lines, MAX_DEPTH, unfit, withoutMark, type Tree } from '../tree.ts';

/** A group or list that is open, with the key that was read last in it. */
interface Level {
  readonly value: Record<string, unknown> | unknown[];
  key: string;
}

/** Unknown, with the line, when the text is not of this kind. Lines are told of keys of the first two levels. */
export function readBunText(text: string): Answer<Tree> {
  const source = withoutMark(text);
  const refused = unfit(source) ?? tooDeep(source);
  if (refused) return refused;
  const { value, lines, wrong, isTooDeep } = built(source);
  if (isTooDeep) return unknown(`the file nests deeper than ${MAX_DEPTH} levels`);
  return wrong === null ? known({ value, line: lines.told() }) : unknown(`line ${wrong} is not valid JSON`);
}

interface Built {
  value: unknown;
  readonly lines: Lines;
  /** The first line with an error. */
  wrong: number | null;
  isTooDeep: boolean;
}

/** The parser's own tree keeps no lines, and its own values would take `__proto__` for more than a name. */
function built(source: string): Built {
  const found: Built = { value: undefined, lines: new Lines(), wrong: null, isTooDeep: false };
  const levels: Level[] = [];
  try {
    visit(source, builder(found, levels), { allowTrailingComma: true });
  } catch {
    // The visitor recurses; behind a quote in a comment, or one that is left open, it meets brackets that `tooDeep` takes for text.
    found.isTooDeep = true;
  }
  return found;
}

function builder(found: Built, levels: Level[]): JSONVisitor {
  const put = (value: unknown): void => {
    const level = levels.at(-1);
    if (!level) found.value = value;
    else if (Array.isArray(level.value)) level.value.push(value);
    else level.value[level.key] = value;
  };
  const open = (value: Level['value']): void => {
    put(value);
    levels.push({ value, key: '' });
  };
  return {
    onObjectBegin: () => {
      open(Object.create(null) as Record<string, unknown>);
    },
    onArrayBegin: () => {
      open([]);
    },
    onObjectEnd: () => void levels.pop(),
    onArrayEnd: () => void levels.pop(),
    onLiteralValue: put,
    onObjectProperty: (key, _offset, _length, line) => {
      const level = levels.at(-1);
      if (level) level.key = key;
      if (levels.length > 2) return;
      const above = levels.slice(0, -1).reduce((place, { key: name }) => place.under(name), found.lines);
      above.under(key, line + 1);
    },
    onError: (_code, _offset, _length, line) => {
      found.wrong ??= line + 1;
    },
  };
}
