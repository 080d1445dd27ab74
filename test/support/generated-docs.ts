import { existsSync } from 'node:fs';
import type { CheckThreshold } from '../../src/evaluation/check.js';
import { declaredMeasures } from '../../src/evaluation/registry.js';
import { reportMeasures } from '../../src/evaluation/report/report-measures.js';
import { lintRules } from '../../src/evaluation/lint/rules/registry.js';
import { grantTable, grantTransitions } from '../../src/modules/access/grant.state.js';
import { configTableMarkdown } from '../../src/modules/platform/config/config.js';
import { type Audience, notificationRules } from '../../src/modules/notifications/notification.rules.js';
import { notificationText } from '../../src/modules/notifications/notification-texts.rules.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { requestTransitions, terminalStates } from '../../src/modules/requests/request.state.js';
import { measureList } from './measure-list.js';

/** The parts of pages that are made from the program, by the name between the marks. */
export const generatedParts: Readonly<Record<string, () => string>> = {
  settings: configTableMarkdown,
  transitions: transitionTable,
  diagram: stateDiagram,
  'grant-transitions': grantTransitionTable,
  'grant-diagram': grantStateDiagram,
  roles: roleTable,
  thresholds: thresholdTable,
  notifications: notificationTable,
  deadlines: deadlineTable,
  'lint-rules': lintRuleTable,
  'report-measures': reportMeasureTable,
  'declared-measures': declaredMeasureTable,
  'threshold-reasons': reasonTable,
  'measure-list': measureTable,
};

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (heading: readonly string[], rows: readonly string[]): string =>
  [row(...heading), row(...heading.map(() => '---')), ...rows, ''].join('\n');

function transitionTable(): string {
  return transitionRows(requestTransitions);
}

function grantTransitionTable(): string {
  return transitionRows(grantTransitions);
}

function stateDiagram(): string {
  return diagramOf('DRAFT', requestTransitions, terminalStates);
}

function grantStateDiagram(): string {
  return diagramOf(grantTable.start, grantTransitions, grantTable.terminal);
}

interface Transition {
  readonly command: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly by: readonly string[];
}

function transitionRows(transitions: readonly Transition[]): string {
  const rows = transitions.map(({ command, from, to, by }) =>
    row(`\`${command}\``, from.join(', '), to, by.join(', ')),
  );
  return table(['Command', 'From', 'To', 'Given by'], rows);
}

function diagramOf(start: string, transitions: readonly Transition[], terminal: readonly string[]): string {
  const arrows = transitions.flatMap(({ command, from, to }) =>
    from.map((state) => `  ${state} --> ${to}: ${command}`),
  );
  const ends = terminal.map((state) => `  ${state} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${start}`, ...arrows, ...ends, '```', ''].join('\n');
}

function roleTable(): string {
  const { roles, delegation } = loadPolicy('policies');
  const rows = [...roles, { role: 'delegate (while it lasts)', may: delegation.may }].flatMap(
    ({ role, may }) =>
      may.map(({ actions, subject, where }) =>
        row(role, subject, actions.join(', '), where ? `\`${JSON.stringify(where)}\`` : 'any'),
      ),
  );
  return table(['Role', 'Subject', 'May', 'Which'], rows);
}

function thresholdTable(): string {
  const { thresholds, rules } = loadPolicy('policies');
  const sets = [
    ...Object.values(thresholds).flatMap(({ tier, checks, declaredChecks }) => [
      { tier, checks },
      { tier: `${tier}, where declared`, checks: declaredChecks },
    ]),
    { tier: 'STRUCTURAL, of clinical rules', checks: rules.checks },
  ];
  const rows = sets.flatMap(({ tier, checks }) =>
    Object.entries(checks).map(([name, { pass, fail }]) => row(tier, name, String(pass), String(fail))),
  );
  return table(['Tier', 'Check', 'Pass', 'Fail'], rows);
}

function notificationTable(): string {
  const rows = notificationRules.map(({ action, threshold, audience, topic }) => {
    const when = threshold === undefined ? '' : ` (${threshold})`;
    return row(
      `\`${action}\`${when}`,
      audienceInWords(audience),
      notificationText(topic, { reference: '…' }),
    );
  });
  return table(['Event', 'Who is told', 'What'], rows);
}

function audienceInWords(audience: Audience): string {
  switch (audience.kind) {
    case 'part':
      return `the ${audience.part}`;
    case 'team':
      return 'the people who work with the requester';
    case 'able':
      return `who may ${audience.commands.join(' or ')} it now`;
    case 'next':
      return 'who may take the next step now';
    case 'permitted':
      return `whose role may ${audience.action} it`;
    case 'downloaders':
      return 'everybody who downloaded it';
    case 'everybody':
      return 'everybody with an account';
    case 'downloader':
      return 'the person who downloaded it';
  }
}

function deadlineTable(): string {
  const { states, destruction } = loadPolicy('policies').notifications;
  const rows = Object.entries({ ...states, 'confirming destruction': destruction }).map(
    ([state, { reminderDays, overdueDays }]) => row(state, String(reminderDays), String(overdueDays)),
  );
  return table(['Waiting in', 'Reminder after working days', 'Overdue after working days'], rows);
}

function lintRuleTable(): string {
  const rows = lintRules.map(({ id, severity, title, reason }) => row(`\`${id}\``, severity, title, reason));
  return table(['Rule', 'Severity', 'What holds where it finds nothing', 'Why'], rows);
}

function reportMeasureTable(): string {
  const { policy } = loadPolicy('policies').evaluation;
  const rows = reportMeasures.map(({ name, direction, range, meaning, source }) =>
    row(`\`${name}\``, direction, range, limitsOf(policy.measures[name], 'not judged'), meaning, source),
  );
  return table(['Measure', 'Better', 'Range', 'Pass / fail', 'What it says', 'Source'], rows);
}

function declaredMeasureTable(): string {
  const checks = loadPolicy('policies').thresholds.HIGH?.declaredChecks ?? {};
  const rows = declaredMeasures.flatMap(({ name, direction, description }) => {
    if (!description) return [];
    const { range, meaning, source } = description;
    return [row(`\`${name}\``, direction, range, limitsOf(checks[name], 'not run'), meaning, source)];
  });
  return table(['Measure', 'Better', 'Range', 'Pass / fail', 'What it says', 'Source'], rows);
}

/** @throws {Error} when a file that the list names is not there */
function measureTable(): string {
  const named = (file: string): string => {
    if (!existsSync(file)) throw new Error(`The list of measures names ${file}, which is not there.`);
    return `\`${file.replace(/^src\/evaluation\//, '')}\``;
  };
  const rows = measureList.map(({ what, code, tests }) =>
    row(what, code === null ? 'missing' : named(code), tests.map(named).join(', ')),
  );
  return table(['Evidence', 'In (below src/evaluation unless said)', 'Held to it by'], rows);
}

const limitsOf = (threshold: CheckThreshold | undefined, otherwise: string): string =>
  threshold ? `${threshold.pass} / ${threshold.fail}` : otherwise;

/** Every threshold of the report and of the tiers with the reason that stands in the policy. */
function reasonTable(): string {
  const { evaluation, thresholds } = loadPolicy('policies');
  const { measures, columns, pairs } = evaluation.policy;
  const parts: readonly [string, Readonly<Record<string, CheckThreshold & { reason?: string }>>][] = [
    ['report', measures],
    ['column of the report', columns],
    ['pair of the report', pairs],
    ...Object.values(thresholds).flatMap(({ tier, checks, declaredChecks }): typeof parts => [
      [tier, checks],
      [`${tier}, where declared`, declaredChecks],
    ]),
  ];
  const rows = parts.flatMap(([where, of]) =>
    Object.entries(of).map(([name, { pass, fail, reason = '' }]) =>
      row(where, `\`${name}\``, `${pass} / ${fail}`, reason),
    ),
  );
  return table(['Where', 'Threshold', 'Pass / fail', 'Reason'], rows);
}

const mark = /(<!-- generated: ([\w-]+) -->\n)(.*?)(<!-- end -->)/gs;

/** The page with every generated part as the program would write it now. */
export function withGeneratedParts(page: string): string {
  return page.replace(mark, (_, start: string, name: string, _old: string, end: string) => {
    const part = generatedParts[name];
    if (!part) throw new Error(`Nothing is generated under the name "${name}".`);
    return `${start}\n${part()}\n${end}`;
  });
}
