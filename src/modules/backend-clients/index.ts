export { BackendClientsModule } from './backend-clients.module.js';
