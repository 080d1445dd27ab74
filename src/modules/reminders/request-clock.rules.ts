import {
  afterWorkingMs,
  msPerWorkingDay,
  type WorkingCalendar,
  workingMsBetween,
} from '../../core/time/working-days.js';

interface Deadlines {
  readonly reminderDays: number;
  readonly overdueDays: number;
}

export interface ClockPolicy {
  readonly calendar: WorkingCalendar;
  /** By state; a state that is not there is not timed. */
  readonly states: Readonly<Partial<Record<string, Deadlines>>>;
}

/** A stay in one state, of which the requester has to bring something before it goes on. */
export interface PausedVisit {
  readonly state: string;
  readonly visit: string;
  readonly usedMs: number;
}

/** How long a request has been waiting for the people of the state it is in. */
export interface RequestClock {
  readonly state: string;
  /** The audit event by which the stay began; one that goes on after a pause keeps it. */
  readonly visit: string;
  readonly enteredAt: Date;
  /** Working time of the same visit that passed before `enteredAt`, in milliseconds. */
  readonly usedMs: number;
  readonly remindAt: Date | null;
  readonly overdueAt: Date | null;
  readonly paused: PausedVisit | null;
}

export interface StateChange {
  readonly state: string;
  /** Sequence of the audit event. */
  readonly event: string;
  readonly at: Date;
}

/** Who has it now is the requester: the clock of the audit team and of information governance stands still. */
const pausingState = 'RETURNED';

/** The clock after the request has moved to another state. `previous` is null for a request without one yet. */
export function nextClock(
  previous: RequestClock | null,
  { state, event, at }: StateChange,
  policy: ClockPolicy,
): RequestClock {
  const goesOn = previous?.paused?.state === state ? previous.paused : null;
  const { visit, usedMs } = goesOn ?? { visit: event, usedMs: 0 };
  const deadlines = policy.states[state];
  const whenUsed = (days: number): Date =>
    afterWorkingMs(policy.calendar, at, Math.max(0, days * msPerWorkingDay - usedMs));
  return {
    ...{ state, visit, usedMs, enteredAt: at },
    remindAt: deadlines ? whenUsed(deadlines.reminderDays) : null,
    overdueAt: deadlines ? whenUsed(deadlines.overdueDays) : null,
    paused: state === pausingState && previous ? pause(previous, at, policy) : null,
  };
}

function pause(
  { state, visit, usedMs, enteredAt }: RequestClock,
  at: Date,
  { calendar }: ClockPolicy,
): PausedVisit {
  return { state, visit, usedMs: usedMs + workingMsBetween(calendar, enteredAt, at) };
}

export interface ServiceLevel {
  /** Null while nobody is waited for, and while the clock is paused. */
  readonly dueAt: Date | null;
  readonly paused: boolean;
  readonly overdue: boolean;
}

export function serviceLevelOf({ state, overdueAt }: RequestClock, now: Date): ServiceLevel {
  return {
    dueAt: overdueAt,
    paused: state === pausingState,
    overdue: overdueAt !== null && overdueAt <= now,
  };
}

export interface DeadlineDates {
  readonly remindAt: Date;
  readonly overdueAt: Date;
}

/** The dates of something that is asked for now and never paused. */
export function deadlinesFrom(
  now: Date,
  { reminderDays, overdueDays }: Deadlines,
  calendar: WorkingCalendar,
): DeadlineDates {
  return {
    remindAt: afterWorkingMs(calendar, now, reminderDays * msPerWorkingDay),
    overdueAt: afterWorkingMs(calendar, now, overdueDays * msPerWorkingDay),
  };
}
