export interface BundleSize {
  readonly entriesMax: number;
  readonly bytesMax: number;
}

/** Cuts resources into bundles of a size; one that is larger than a bundle may be stands alone. */
export function cutBundles<Text extends { readonly json: string }>(
  resources: readonly Text[],
  { entriesMax, bytesMax }: BundleSize,
): Text[][] {
  const bundles: Text[][] = [];
  let current: Text[] = [];
  let bytes = 0;
  for (const resource of resources) {
    const isFull = current.length >= entriesMax || bytes + resource.json.length > bytesMax;
    if (isFull && current.length > 0) {
      bundles.push(current);
      current = [];
      bytes = 0;
    }
    current.push(resource);
    bytes += resource.json.length;
  }
  if (current.length > 0) bundles.push(current);
  return bundles;
}
