import type { IncomingMessage } from 'node:http';

/** JSON is read for GraphQL alone: what is sent to /uploads is a stream, whatever its type says. */
export function isGraphqlJson({ url = '', headers }: IncomingMessage): boolean {
  return (
    /^\/graphql\/?(\?|$)/i.test(url) && /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')
  );
}
