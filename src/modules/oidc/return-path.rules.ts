const pathLengthMax = 2_000;
/** Browsers read a backslash as a slash and drop control characters, so "/\\host" and "/<tab>/host" lead elsewhere. */
const misread = /[\\\p{Cc}\p{Surrogate}]/u;

/**
 * Where somebody goes after signing in: a path of this service, or null when the text leads anywhere else. What the
 * parser of URLs makes of it has to stay within the service too.
 */
export function returnPath(text: string, publicUrl: string): string | null {
  if (!text.startsWith('/') || text.startsWith('//') || text.length > pathLengthMax || misread.test(text))
    return null;
  if (!URL.canParse(text, publicUrl)) return null;
  const { origin, pathname, search } = new URL(text, publicUrl);
  // A path may begin with two slashes only after it was parsed, as "/.//host" does.
  return origin === publicUrl && !pathname.startsWith('//') ? pathname + search : null;
}
