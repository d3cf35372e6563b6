/** Git objects that are remembered, within a bound. */

/** Bytes of objects that are remembered; the oldest go first. */
const ROOM = 128 * 1024 * 1024;

/** A git object that was read whole. */
export interface KeptObject {
  readonly oid: string;
  readonly type: string;
  readonly content: Buffer;
}

/** Remembers objects by id and by the name they were asked by. */
export class ObjectShelf {
  private readonly objects = new Map<string, KeptObject>();
  private readonly names = new Map<string, string>();
  private size = 0;

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get(name: string): KeptObject | undefined {
    return this.objects.get(this.names.get(name) ?? name);
  }

  put(name: string, kept: KeptObject): void {
    if (name !== kept.oid) this.names.set(name, kept.oid);
    if (this.objects.has(kept.oid)) return;
    this.objects.set(kept.oid, kept);
    this.size += kept.content.length + 200;
    for (const [oid, oldest] of this.objects) {
      if (this.size <= ROOM) return;
      this.objects.delete(oid);
      this.size -= oldest.content.length + 200;
    }
  }
}
