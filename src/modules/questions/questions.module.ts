import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { packageRoot } from '../platform/index.js';
import { loadQuestions } from './load-questions.js';
import { QUESTIONS } from './question-set.js';

@Global()
@Module({
  providers: [
    { provide: QUESTIONS, useFactory: () => loadQuestions(join(packageRoot(), 'content', 'dpia')) },
  ],
  exports: [QUESTIONS],
})
export class QuestionsModule {}
