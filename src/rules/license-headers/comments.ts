/** How a line of comment is written in files of each kind. */

/** What stands around the words of a comment. */
type Marks = readonly [before: string, after: string];

const COMMENTS: readonly (readonly [extensions: string, ...Marks])[] = [
  ['ts tsx mts cts js jsx mjs cjs rs go java kt kts scala groovy c h cc cpp cxx hpp hh cs fs swift dart', '// ', ''],
  ['proto sol ak zig scss', '// ', ''],
  ['hs lhs purs elm agda lean idr sql lua cabal', '-- ', ''],
  ['py rb sh bash zsh fish pl nix tf ex exs jl r yaml yml toml cmake mk', '# ', ''],
  ['clj cljs el scm', ';; ', ''],
  ['erl tex', '% ', ''],
  ['ml mli', '(* ', ' *)'],
  ['css', '/* ', ' */'],
  ['html vue svelte xml md', '<!-- ', ' -->'],
];

const BY_EXTENSION: ReadonlyMap<string, Marks> = new Map(
  COMMENTS.flatMap(([extensions, before, after]) => extensions.split(' ').map((one): [string, Marks] => [one, [before, after]])),
);

/** Documents and settings: they have comments, and seldom a header. Literate Haskell is a text around code. */
const NO_SOURCES: ReadonlySet<string> = new Set('cabal yaml yml toml cmake mk tex html xml md lhs'.split(' '));

/** Patterns of the files that are programs. */
export const SOURCES: readonly string[] = [...BY_EXTENSION.keys()]
  .filter((extension) => !NO_SOURCES.has(extension))
  .map((extension) => `**/*.${extension}`);

/** The words as a line of comment; null: nobody told how files of this kind are commented. */
export function commented(path: string, words: string): string | null {
  const extension = /\.([a-z]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const marks = BY_EXTENSION.get(extension);
  return marks === undefined || extension === 'lhs' ? null : `${marks[0]}${words}${marks[1]}`;
}
