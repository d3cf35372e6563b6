/**
 * The layout of `.cabal` files and `cabal.project`: sections and fields by indentation or by braces.
 * Follows Cabal's own grammar (Distribution.Fields.Parser), in one pass over the lines and with its own stack.
 */
import { known, unknown, type Answer } from '../../answer.ts';
import { unfit, withoutMark } from '../tree.ts';

/** A line of a field's value, without the blanks around it. */
export interface ValueLine {
  readonly text: string;
  readonly line: number;
}

export interface Field {
  readonly kind: 'field';
  /** In lower case, as fields are named in any. */
  readonly name: string;
  readonly line: number;
  /** Without empty lines and comments. */
  readonly value: readonly ValueLine[];
}

export interface Section {
  readonly kind: 'section';
  /** In lower case: `library`, `common`, `if`. */
  readonly name: string;
  /** What follows the name, as written: `foo-test`, `os(windows)`. */
  readonly argument: string;
  readonly line: number;
  readonly children: readonly Element[];
}

export type Element = Field | Section;

/** Nobody nests as deep; it keeps walks over the tree safe. */
const DEEPEST = 100;

/** Reads the elements of a file; unknown, with the line, what was found and what was wanted, when it is not of this layout. */
export function readLayout(text: string): Answer<readonly Element[]> {
  const refused = unfit(text);
  if (refused) return refused;
  const layout = new Layout();
  const lines = withoutMark(text).split('\n');
  for (const [index, line] of lines.entries()) {
    layout.read(line.replace(/\r$/, ''), index + 1);
    if (layout.problem !== null) break;
  }
  return layout.end();
}

interface Frame {
  readonly indent: number;
  /** `open`: a section whose first `{` may still come. */
  form: 'open' | 'layout' | 'braces';
  readonly line: number;
  readonly children: Element[];
}

interface OpenField {
  readonly indent: number;
  form: 'open' | 'layout' | 'braces';
  readonly line: number;
  readonly value: ValueLine[];
}

const NAME = /[A-Za-z0-9_'-]+/y;
const BLANKS = /[ \t\u00A0]*/y;

class Layout {
  problem: string | null = null;
  private readonly frames: Frame[] = [{ indent: -1, form: 'layout', line: 0, children: [] }];
  private field: OpenField | null = null;
  private line = 0;

  read(text: string, line: number): void {
    this.line = line;
    const indent = blanksFrom(text, 0);
    if (indent === text.length || text.startsWith('--', indent)) return;
    let position = this.field === null ? indent : this.continueField(text, indent, this.field);
    let isFirst = true;
    while (position < text.length && this.problem === null) {
      position = this.element(text, position, isFirst ? indent : null);
      isFirst = false;
    }
  }

  end(): Answer<readonly Element[]> {
    if (this.problem !== null) return unknown(this.problem);
    if (this.field?.form === 'braces') return unknown(`the { on line ${this.field.line} is never closed`);
    const open = this.frames.findLast((frame) => frame.form === 'braces');
    return open === undefined ? known(this.frames[0]?.children ?? []) : unknown(`the { of line ${open.line} is never closed`);
  }

  /** Adds a line to the field that is open, or closes that; the position from which the line is yet to be read. */
  private continueField(text: string, indent: number, field: OpenField): number {
    if (field.form === 'open' && text[indent] === '{') {
      field.form = 'braces';
      return this.bracedValue(text, indent + 1, field);
    }
    if (field.form === 'braces') return this.bracedValue(text, indent, field);
    if (indent <= field.indent || this.isInBraces()) {
      this.field = null;
      return indent;
    }
    field.form = 'layout';
    field.value.push({ text: text.slice(indent).trim(), line: this.line });
    return text.length;
  }

  private bracedValue(text: string, from: number, field: OpenField): number {
    const close = text.indexOf('}', from);
    this.add(field, text.slice(from, close === -1 ? text.length : close));
    if (close === -1) return text.length;
    this.field = null;
    return skipBlanks(text, close + 1);
  }

  private add(field: OpenField, text: string): void {
    const value = text.trim();
    if (value !== '') field.value.push({ text: value, line: this.line });
  }

  /** Reads one element, or a brace, and says where the next one starts. `indent`: it is the first on its line. */
  private element(text: string, position: number, indent: number | null): number {
    if (text[position] === '}') return this.close(text, position);
    if (text[position] === '{') return this.open(text, position);
    const name = nameAt(text, position);
    if (name === '') return this.fail(`found ${shown(text, position)} where a field or a section was wanted`, text);
    const level = indent ?? Number.MAX_SAFE_INTEGER;
    if (indent !== null) this.leave(indent);
    const top = this.top();
    if (top.form === 'open' && this.frames.length > 1 && this.braced()) {
      return this.fail(`found ${shown(text, position)} where { was wanted`, text);
    }
    if (top.form === 'open') top.form = 'layout';
    const after = skipBlanks(text, position + name.length);
    return text[after] === ':' ? this.startField(text, after + 1, name, level) : this.startSection(text, after, name, level);
  }

  private startField(text: string, from: number, name: string, indent: number): number {
    const value: ValueLine[] = [];
    const field: OpenField = { indent, form: 'open', line: this.line, value };
    this.top().children.push({ kind: 'field', name: name.toLowerCase(), line: this.line, value });
    this.field = field;
    const start = skipBlanks(text, from);
    if (text[start] === '{') {
      field.form = 'braces';
      return this.bracedValue(text, start + 1, field);
    }
    if (!this.isInBraces()) {
      this.add(field, text.slice(start));
      if (value.length > 0) field.form = 'layout';
      return text.length;
    }
    const close = text.indexOf('}', start);
    this.add(field, text.slice(start, close === -1 ? text.length : close));
    if (close !== -1 || value.length > 0) this.field = null;
    return close === -1 ? text.length : close;
  }

  private startSection(text: string, from: number, name: string, indent: number): number {
    if (this.frames.length > DEEPEST) return this.fail(`sections are nested more than ${DEEPEST} deep`, text);
    const brace = /[{}]/g;
    brace.lastIndex = from;
    const end = brace.exec(text)?.index ?? text.length;
    const children: Element[] = [];
    const argument = text.slice(from, end).trim();
    this.top().children.push({ kind: 'section', name: name.toLowerCase(), argument, line: this.line, children });
    this.frames.push({ indent, form: 'open', line: this.line, children });
    return end;
  }

  private open(text: string, position: number): number {
    const top = this.top();
    if (top.form !== 'open') return this.fail('found { without a section that it could open', text);
    top.form = 'braces';
    return skipBlanks(text, position + 1);
  }

  private close(text: string, position: number): number {
    while (this.frames.length > 1 && this.top().form !== 'braces') this.frames.pop();
    if (this.frames.length === 1) return this.fail('found } without its {', text);
    this.frames.pop();
    this.field = null;
    return skipBlanks(text, position + 1);
  }

  /** Closes the sections that a line of this indentation is not part of. */
  private leave(indent: number): void {
    while (this.top().form !== 'braces' && this.top().indent >= indent) this.frames.pop();
  }

  private isInBraces(): boolean {
    return this.top().form === 'braces';
  }

  /** Whether the section on top lies itself in braces, where layout means nothing. */
  private braced(): boolean {
    return this.frames.at(-2)?.form === 'braces';
  }

  private top(): Frame {
    return this.frames.at(-1) ?? { indent: -1, form: 'layout', line: 0, children: [] };
  }

  private fail(what: string, text: string): number {
    this.problem = `line ${this.line}: ${what}`;
    return text.length;
  }
}

/** Cabal counts every blank as one column, a tab as well. */
function blanksFrom(text: string, position: number): number {
  BLANKS.lastIndex = position;
  return BLANKS.exec(text)?.[0].length ?? 0;
}

function skipBlanks(text: string, position: number): number {
  return position + blanksFrom(text, position);
}

function nameAt(text: string, position: number): string {
  NAME.lastIndex = position;
  return NAME.exec(text)?.[0] ?? '';
}

function shown(text: string, position: number): string {
  return JSON.stringify(text.slice(position, position + 20));
}
