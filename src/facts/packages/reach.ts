/** What is reached from where one starts. */

/** Every name that follows from the first ones, these included. Never more work than there are names and steps. */
export function reached(first: Iterable<string>, next: (name: string) => Iterable<string>): ReadonlySet<string> {
  const found = new Set(first);
  // A set that grows while it is walked is walked to its new end.
  for (const name of found) for (const other of next(name)) found.add(other);
  return found;
}
