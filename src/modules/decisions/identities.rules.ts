export interface Approval {
  readonly personId: string;
  /** In whose stead; null: in their own right. */
  readonly onBehalfOfId: string | null;
}

/**
 * How many different people stand behind approvals, where a delegate and who delegates are one: the number of groups
 * that are left when everybody is joined with those they decided for. Never more than there are people who approved.
 */
export function distinctIdentities(approvals: readonly Approval[]): number {
  let groups: ReadonlySet<string>[] = [];
  for (const { personId, onBehalfOfId } of approvals) {
    const people = onBehalfOfId === null ? [personId] : [personId, onBehalfOfId];
    const isTouched = (group: ReadonlySet<string>): boolean => people.some((id) => group.has(id));
    const joined = new Set([...people, ...groups.filter(isTouched).flatMap((group) => [...group])]);
    groups = [...groups.filter((group) => !isTouched(group)), joined];
  }
  return groups.length;
}
