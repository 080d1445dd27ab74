export { FitModelJob } from './fit-model.job.js';
export { SourceModel } from './model.entity.js';
export { ModelJobsModule, ModelsModule } from './models.module.js';
export { parseParameters } from './parse-parameters.js';
