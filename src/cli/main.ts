#!/usr/bin/env node
/** The program `steward`: its arguments in, its exit code out. */
import { processConsole } from './console.ts';
import { run } from './program.ts';

// The code is set rather than exited with, so that everything printed arrives.
process.exitCode = await run(process.argv.slice(2), processConsole());
