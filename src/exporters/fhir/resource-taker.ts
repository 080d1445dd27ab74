/** Takes one resource at a time: its type, and its JSON in ASCII without a line break. */
export type ResourceTaker = (type: string, json: string) => void;

/** A resource as it is written to a file of NDJSON or into a bundle. */
export interface ResourceText {
  readonly type: string;
  readonly json: string;
}

/** The id of a resource from its JSON, which always begins with type and id; ids are UUIDs. */
export function idOf({ type, json }: ResourceText): string {
  const start = '{"resourceType":"","id":"'.length + type.length;
  return json.slice(start, start + 36);
}
