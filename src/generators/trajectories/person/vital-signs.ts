export type { VitalSignProvider } from './person.js';
