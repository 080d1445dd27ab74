import type { CompiledState, Wake } from '../../engine/machine.js';
import type { Fields } from '../../library/fields.js';
import type { Scope, StateCompiler } from '../scope.js';
import { compileTransition } from '../transitions/compile-transition.js';
import { encounterEndState, encounterState } from './encounters.js';
import { endState } from './ends.js';
import * as flow from './flow.js';
import { imagingStudyState } from './imaging.js';
import * as observed from './observations.js';
import { allergyOnsetState, conditionOnsetState } from './onsets.js';
import * as orders from './orders.js';
import * as values from './values.js';

const compilers: ReadonlyMap<string, StateCompiler> = new Map<string, StateCompiler>([
  ['Initial', flow.passState],
  ['Simple', flow.passState],
  ['Physiology', flow.passState],
  ['Terminal', flow.terminalState],
  ['Guard', flow.guardState],
  ['Delay', flow.delayState],
  ['CallSubmodule', flow.callSubmoduleState],
  ['SetAttribute', values.setAttributeState],
  ['Counter', values.counterState],
  ['Symptom', values.symptomState],
  ['VitalSign', values.vitalSignState],
  ['Death', values.deathState],
  ['Encounter', encounterState],
  ['EncounterEnd', encounterEndState],
  ['ConditionOnset', conditionOnsetState],
  ['AllergyOnset', allergyOnsetState],
  ['ConditionEnd', endState('condition_onset')],
  ['AllergyEnd', endState('allergy_onset')],
  ['MedicationEnd', endState('medication_order')],
  ['CarePlanEnd', endState('careplan')],
  ['DeviceEnd', endState('device')],
  ['MedicationOrder', orders.medicationOrderState],
  ['CarePlanStart', orders.carePlanStartState],
  ['Procedure', orders.procedureState],
  ['Device', orders.deviceState],
  ['SupplyList', orders.supplyListState],
  ['Vaccine', orders.vaccineState],
  ['Observation', observed.observationState],
  ['MultiObservation', observed.multiObservationState],
  ['DiagnosticReport', observed.diagnosticReportState],
  ['ImagingStudy', imagingStudyState],
]);

const nextStep: Wake = (_, time) => time;

/** One state of a module, at its place among the states. */
export function compileState(name: string, index: number, fields: Fields, scope: Scope): CompiledState {
  const type = fields.text('type');
  const compiler = compilers.get(type);
  if (compiler === undefined && type !== '') fields.fail('type', `there is no state type "${type}".`);
  const { act, wake, onsetCodes, period } = (compiler ?? flow.passState)(fields, scope);
  const isTerminal = type === 'Terminal';
  const { next, odds } = isTerminal ? { next: () => index, odds: null } : compileTransition(fields, scope);
  return {
    name: scope.names.states.id(name),
    index,
    type,
    isTerminal,
    act,
    wake: wake ?? nextStep,
    ...{ next, odds, period: period ?? NaN },
    onsetCodes: onsetCodes ?? -1,
    waitsForVisit: type === 'Encounter' && fields.flag('wellness'),
    isTracked: false,
  };
}
