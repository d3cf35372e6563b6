/** Reads XML within bounds: no entities but XML's own five, no namespaces, a bounded depth; elements with their text and line. */
import { SaxesParser } from 'saxes';
import { known, unknown, type Answer } from '../../answer.ts';
import { unfit, withoutMark } from '../tree.ts';

export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  readonly line: number;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** POMs nest twenty levels at most. */
const DEEPEST = 100;

/** The root of a document; unknown, with the line, when the text is not well formed. */
export function readXml(source: string): Answer<XmlElement> {
  const refused = unfit(source);
  if (refused) return refused;
  const reader = new Reader();
  try {
    reader.read(withoutMark(source));
  } catch (error) {
    if (error instanceof Refusal) return unknown(error.message);
    return unknown('the file is not valid XML');
  }
  return reader.root === null ? unknown('the file holds no XML element') : known(reader.root);
}

class Refusal extends Error {}

interface Open {
  readonly name: string;
  readonly line: number;
  readonly texts: string[];
  readonly children: XmlElement[];
}

class Reader {
  root: XmlElement | null = null;
  private readonly open: Open[] = [];
  private readonly parser = new SaxesParser({ position: true, xmlns: false });

  read(source: string): void {
    const { parser } = this;
    // The first error is the last word: whatever saxes reads after it would be a guess.
    parser.on('error', () => {
      throw new Refusal(`line ${parser.line} is not valid XML`);
    });
    parser.on('opentag', ({ name }) => {
      this.enter(name);
    });
    parser.on('text', (text) => this.open.at(-1)?.texts.push(text));
    parser.on('cdata', (text) => this.open.at(-1)?.texts.push(text));
    parser.on('closetag', () => {
      this.leave();
    });
    parser.write(source).close();
  }

  private enter(name: string): void {
    if (this.open.length >= DEEPEST) throw new Refusal(`line ${this.parser.line} nests more than ${DEEPEST} deep`);
    this.open.push({ name: name.slice(name.indexOf(':') + 1), line: this.parser.line, texts: [], children: [] });
  }

  private leave(): void {
    const closed = this.open.pop();
    if (closed === undefined) return;
    const { name, line, texts, children } = closed;
    const element = { name, line, text: texts.join('').trim(), children };
    const parent = this.open.at(-1);
    if (parent === undefined) this.root = element;
    else parent.children.push(element);
  }
}
