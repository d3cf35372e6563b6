/** What a repository may set freely, because the organization names it and nothing binds it. */
import { lockOn } from './locks.ts';
import type { Stack } from './stack.ts';

/** Whether a repository may set a key of a rule freely. */
export function isLoosenable({ mayLoosen, locks }: Stack, rule: string, key: string): boolean {
  const isNamed = mayLoosen?.value.some((name) => name === rule || name === `${rule}.${key}`) ?? false;
  return isNamed && lockOn(locks, rule, key) === null;
}
