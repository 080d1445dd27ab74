interface Transition<State extends string, Command extends string = string, Giver extends string = string> {
  readonly command: Command;
  readonly from: readonly State[];
  readonly to: State;
  /** Who may give the command. `system`: a job or the clock; no person has it. */
  readonly by: readonly Giver[];
}

/** Every way a thing can go from state to state; there is no other. */
export interface TransitionTable<
  State extends string,
  Command extends string = string,
  Giver extends string = string,
> {
  /** For messages, such as "request". */
  readonly thing: string;
  readonly states: readonly State[];
  readonly start: State;
  /** States that are never left. */
  readonly terminal: readonly State[];
  readonly transitions: readonly Transition<State, Command, Giver>[];
}

/** Null when the command means nothing in this state. */
export function targetOf<State extends string, Command extends string>(
  table: TransitionTable<State, Command>,
  command: Command,
  from: State,
): State | null {
  return table.transitions.find((one) => one.command === command && one.from.includes(from))?.to ?? null;
}

/** Commands that people can give in this state, in table order. */
export function commandsFrom<State extends string, Command extends string>(
  table: TransitionTable<State, Command>,
  state: State,
): Command[] {
  return table.transitions
    .filter(({ from, by }) => from.includes(state) && !by.every((giver) => giver === 'system'))
    .map(({ command }) => command);
}

/**
 * Walks a table before the program starts.
 * @throws Error naming the state when one cannot be reached, cannot be left, is left though terminal, or is ambiguous
 */
export function requireSound(table: TransitionTable<string>): void {
  const { thing, states, start, terminal, transitions } = table;
  const fail = (state: string, why: string): never => {
    throw new Error(`${thing} ${state} ${why}.`);
  };
  for (const state of states) {
    const leaving = transitions.filter(({ from }) => from.includes(state));
    const commands = leaving.map(({ command }) => command);
    if (new Set(commands).size < commands.length) fail(state, 'has a command that leads to two states');
    if (terminal.includes(state) && leaving.length > 0) fail(state, 'is terminal but can be left');
    if (!reaches(transitions, start, [state])) fail(state, 'cannot be reached');
    if (!reaches(transitions, state, terminal)) fail(state, 'leads to no end');
  }
}

function reaches(table: readonly Transition<string>[], start: string, goals: readonly string[]): boolean {
  const seen = new Set([start]);
  for (const state of seen) {
    if (goals.includes(state)) return true;
    for (const { from, to } of table) if (from.includes(state)) seen.add(to);
  }
  return false;
}
