export {
  type CurrentQuestions,
  type FactGroupId,
  type Question,
  QUESTIONS,
  type QuestionSet,
  type RiskLevel,
  type RiskScale,
} from './question-set.js';
export { QuestionsModule } from './questions.module.js';
