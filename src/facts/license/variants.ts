/** Texts that are published under a license's name beside the one on the SPDX list. */

interface Listed {
  readonly id: string;
  readonly text: string;
}

/** The text as listed first. */
export function variants({ id, text }: Listed): readonly Listed[] {
  const all = [text];
  if (/^CC-BY.*-4\.0$/.test(id)) all.push(asCreativeCommonsPublishes(text));
  // The list appends the GPL to the LGPL, which most projects keep in a file of its own.
  const general = id.startsWith('LGPL-3.0') ? text.indexOf('GNU GENERAL PUBLIC LICENSE', 1000) : -1;
  if (general > 0) all.push(text.slice(0, general));
  if (id === 'BSD-3-Clause') all.push(...asOlderCopies(text));
  return all.map((one) => ({ id, text: one }));
}

/** The plain text on creativecommons.org names two wiki pages and has one sentence more than the one on the SPDX list. */
function asCreativeCommonsPublishes(text: string): string {
  return text
    .replace(/(More considerations for licensors)\./, '$1: wiki.creativecommons.org/Considerations_for_licensors')
    .replace(/(More considerations for the public)\./, '$1: wiki.creativecommons.org/Considerations_for_licensees')
    .replace(
      /(will be considered the .Licensor\.. )/,
      '$1The text of the Creative Commons public licenses is dedicated to the public domain under the CC0 Public Domain Dedication. ',
    );
}

/** The third clause names authors or contributors in copies that are older than the list. */
function asOlderCopies(text: string): readonly string[] {
  return ['The name of the author may not', 'The names of its contributors may not', 'The name <organization> may not'].map(
    (begin) => text.replace(/Neither the name of .{1,80}? nor the names of its contributors may/, begin),
  );
}
