/** How long and how fast a network is trained. */
export interface TrainingPlan {
  /** Rows of one step. */
  readonly batchRows: number;
  /** Times that every row is seen, at most. */
  readonly epochs: number;
  /** Steps at most: the cap on time that keeps the bytes the same. */
  readonly stepsMax: number;
  /** A run that takes longer fails: it never ends early with a model that depends on the speed of the machine. */
  readonly minutesMax: number;
  /** Of Adam at the start. */
  readonly rate: number;
  /** Watching of the loss on rows that are not trained on. None: the rate stays and all epochs are done. */
  readonly validation?: ValidationPlan;
  /** Steps between two checkpoints. */
  readonly checkpointSteps: number;
}

export interface ValidationPlan {
  /** Of the rows, in (0, 1). */
  readonly share: number;
  /** Epochs without a smaller loss after which the rate is halved. */
  readonly halveAfter: number;
  /** Epochs without a smaller loss after which training ends. */
  readonly stopAfter: number;
}

/** What training has done. It belongs into the model: it says what the model rests on. */
export interface TrainingRecord {
  readonly steps: number;
  readonly ended: 'epochs' | 'steps' | 'no-better-loss';
  readonly curve: readonly EpochRecord[];
}

export interface EpochRecord {
  /** Steps done by its end. */
  readonly steps: number;
  readonly rate: number;
  /** Means over its steps, by name. */
  readonly losses: Readonly<Record<string, number>>;
  /** Null without validation. */
  readonly validation: number | null;
}
