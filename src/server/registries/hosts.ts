/** The servers that are asked about packages, each at the pace that it wishes. Nobody else is ever asked. */

export interface Host {
  readonly name: string;
  /** Requests at the same time. */
  readonly abreast: number;
  /** Milliseconds between the starts of two requests. */
  readonly pause: number;
}

const USUAL = { abreast: 4, pause: 25 };

export const HOSTS: readonly Host[] = [
  { name: 'registry.npmjs.org', ...USUAL },
  // https://crates.io/data-access: one request a second.
  { name: 'crates.io', abreast: 1, pause: 1000 },
  { name: 'pypi.org', ...USUAL },
  // For Go and Maven, whose own registries keep no licenses apart from the packages.
  { name: 'api.deps.dev', ...USUAL },
  // Run by volunteers.
  { name: 'hackage.haskell.org', abreast: 2, pause: 200 },
  // CHaP, and repositories on GitHub.
  { name: 'raw.githubusercontent.com', abreast: 4, pause: 50 },
];

/** Every name, for settings. */
export const HOST_NAMES: readonly string[] = HOSTS.map(({ name }) => name);
