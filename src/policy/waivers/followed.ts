/** Whether a waiver that ends is followed by another one. */
import type { Waiver } from './waiver.ts';

/** Whether one of these of the same rule and scope ends later than a waiver. */
export function followed(waivers: readonly Waiver[]): (waiver: Waiver) => boolean {
  const last = new Map<string, string>();
  for (const waiver of waivers) {
    const key = scopeKey(waiver);
    if ((last.get(key) ?? '') < waiver.until) last.set(key, waiver.until);
  }
  return (waiver) => (last.get(scopeKey(waiver)) ?? '') > waiver.until;
}

function scopeKey({ rule, scope }: Waiver): string {
  return JSON.stringify([rule, scope]);
}
