/** What a path says about the files below it: copied from others, made by tools, or beside the product. */

/** Folders of copies and of what tools make: what lies there is somebody else's, or nobody's work. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|bower_components|vendor|vendored|third[_-]?party|3rd[_-]?party|external|\.yarn|\.pnpm|dist|dist-newstyle|target|_build|\.stack-work|site-packages|Pods)\//i;
/** Folders of what is not shipped: tests, examples, documentation. */
const ASIDE =
  /(?:^|\/)(?:it|e2e|integration|__tests__|__fixtures__|__mocks__|mocks|testing|specs?|test-?data|golden|playground|scripts|examples?|samples?|demos?|docs?|documentation|website|templates?(?:[_-][^/]*)?)\//i;
/** Also as a part of a name: `pkg-tests`, `test_fixtures`. */
const TESTS = /(?:^|[/_.-])(?:tests?|e2e|fixtures?)(?:[_.-][^/]*)?\//i;

/** Copied from others or made by tools; nobody declares anything there. */
export function isForeign(path: string): boolean {
  return FOREIGN.test(path);
}

/** Not part of what is shipped. */
export function isAside(path: string): boolean {
  return ASIDE.test(path) || TESTS.test(path);
}

/** The folder of a path; the root is `''`. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The name at the end of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A folder and those that hold it, up to the root. */
export function upward(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}
