export { Incident } from './incident.entity.js';
export { IncidentsModule } from './incidents.module.js';
