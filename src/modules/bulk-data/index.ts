export { BulkDataModule } from './bulk-data.module.js';
