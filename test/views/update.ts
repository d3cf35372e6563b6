/** Rewrites the golden files; read the difference before committing it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { goldens } from './render.ts';

const folder = new URL('golden/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(goldens())) writeFileSync(new URL(`${name}.md`, folder), text);
