import { StartRefused } from '../start-refused.js';
import type { ChunkResult } from './simulate-chunk.js';

/** What a thread says. An error loses its class on the way, so it is sent by its name. */
export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly result: ChunkResult }
  | { readonly kind: 'failed'; readonly name: string; readonly message: string; readonly stack: string };

/** The error of a thread as it would have been here. */
export function errorOf({ name, message, stack }: Extract<ThreadMessage, { kind: 'failed' }>): Error {
  if (name === 'StartRefused') return new StartRefused(message);
  const error = new Error(message);
  error.name = name;
  error.stack = stack;
  return error;
}
