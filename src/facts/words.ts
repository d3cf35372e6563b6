/** Sentences whose foreign parts stay marked, so that every view can escape them in its own way. */

/** Shown as code: a commit id, a path, a trailer. */
export interface Code {
  readonly code: string;
}

/** Shown as it is written, but never interpreted: a person's name, a title. */
export interface Quote {
  readonly quote: string;
}

/** A link; the label is foreign text too. Views drop every URL that is not http(s). */
export interface Link {
  readonly link: string;
  readonly label: string;
}

export type Part = string | Code | Quote | Link;

/** A sentence: plain strings are Steward's own words, everything else is marked as foreign. */
export type Words = readonly Part[];

export const code = (text: string): Code => ({ code: text });
export const quote = (text: string): Quote => ({ quote: text });
export const link = (label: string, url: string): Link => ({ link: url, label });

/** Template tag: ``words`Commit ${code(sha)} by ${quote(name)}` ``. Numbers and nested words are Steward's own. */
export function words(strings: TemplateStringsArray, ...values: readonly (Part | Words | number)[]): Words {
  const parts: Part[] = [];
  const add = (part: Part): void => {
    const last = parts.at(-1);
    if (part === '') return;
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  };
  strings.forEach((own, index) => {
    add(own);
    const value = values[index];
    if (value === undefined) return;
    if (typeof value === 'number') add(String(value));
    else if (isWords(value)) value.forEach(add);
    else add(value);
  });
  return parts;
}

function isWords(value: Part | Words): value is Words {
  return Array.isArray(value);
}

/** The sentence without any marking, for logs, tests and terminals. Control characters become visible. */
export function plain(sentence: Words): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return visible(part.code);
      if ('quote' in part) return visible(part.quote);
      return visible(part.label);
    })
    .join('');
}

/** Foreign text on one line: control and bidirectional characters are shown as their code points. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (character) => {
    if (character === '\n') return '⏎';
    if (character === '\t') return ' ';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
