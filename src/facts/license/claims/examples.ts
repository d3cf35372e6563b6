/** Parts of a Markdown text that show what a file may look like, and say nothing about this one. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/** Fenced code, but not that of a section about the license: there it is the license. */
export function examplesIn(text: string): readonly Part[] {
  if (!text.includes('```') && !text.includes('~~~')) return [];
  const parts: Part[] = [];
  let open: { readonly fence: string; readonly at: number; readonly isOwn: boolean } | null = null;
  let isOwn = false;
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const fence = /^ {0,3}(```|~~~)/.exec(line.slice(0, 8))?.[1];
    if (open === null) {
      if (fence !== undefined) open = { fence, at: index, isOwn };
      else if (/^#{1,6} /.test(line)) isOwn = /licen[sc]|copying|copyright|legal/i.test(line);
      else if (/^(?:licen[sc]e|licensing|copyright)\W{0,3}$/i.test(line.trim())) isOwn = true;
    } else if (fence === open.fence) {
      if (!open.isOwn) parts.push({ start: open.at, end: index + line.length });
      open = null;
    }
  }
  return parts;
}
