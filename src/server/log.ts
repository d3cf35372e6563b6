/** One JSON line per thing worth knowing, without payloads, secrets or personal data. */
import { pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type { Logger } from 'pino';

/** A logger that cannot print what it should not: errors are reduced to what helps, deliveries to their names. */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { name: 'steward' },
      serializers: {
        err: safeError,
        error: safeError,
        event: safeEvent,
        payload: () => '[payload]',
        req: safeNothing,
        res: safeNothing,
      },
      redact: {
        paths: ['*.token', '*.password', '*.secret', '*.privateKey', '*.authorization', 'token', 'headers'],
        censor: '[redacted]',
      },
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

interface SafeError {
  readonly type: string;
  readonly message: string;
  readonly status?: number;
  readonly code?: string;
  readonly stack?: string;
  readonly causes?: readonly SafeError[];
}

/** What of an error may be printed. Probot hangs the whole delivery on its errors, Octokit the request with its headers. */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error))
    return { type: typeof error, message: scrub(typeof error === 'string' ? error : 'not an error') };
  const { status, code } = error as { status?: unknown; code?: unknown };
  const causes = [
    ...(error instanceof AggregateError ? (error.errors as unknown[]) : []),
    ...(error.cause === undefined ? [] : [error.cause]),
  ];
  return {
    type: error.name,
    message: scrub(error.message),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack ? { stack: frames(error.stack) } : {}),
    ...(causes.length > 0 && depth < 3 ? { causes: causes.slice(0, 5).map((cause) => safeError(cause, depth + 1)) } : {}),
  };
}

/** The frames only: the head of a stack repeats the message, which is scrubbed on its own. */
function frames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
}

const SECRETS = [
  /\b(?:gh[a-z]_|github_pat_|v1\.)[A-Za-z0-9_]{16,}/g,
  /\b(?:bearer|token|basic) [A-Za-z0-9._~+/=-]{8,}/gi,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*\.?[A-Za-z0-9_-]*/g,
  /-----BEGIN [A-Z ]{1,40}-----[^-]*(?:-----END [A-Z ]{1,40}-----)?/g,
  /\/\/[^/\s:@]{1,100}:[^/\s@]{1,200}@/g,
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g,
];

/** Takes out of a message what looks like a token, a key, a password in a URL or an e-mail address, and bounds it. */
export function scrub(message: string): string {
  return SECRETS.reduce((text, pattern) => text.replace(pattern, '[redacted]'), message.slice(0, 1000));
}

function safeEvent(event: unknown): object {
  const { id, name } = (event ?? {}) as { id?: unknown; name?: unknown };
  return { id, name };
}

function safeNothing(): undefined {
  return undefined;
}
