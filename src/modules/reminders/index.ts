export {
  RemindersModule,
  ReminderSweepsModule,
  reminderSweeps,
  RequestClocksModule,
} from './reminders.module.js';
export { type DeadlineDates, deadlinesFrom } from './request-clock.rules.js';
export { RequestClocks } from './request-clocks.js';
export { stateChangeOf } from './state-change.rules.js';
