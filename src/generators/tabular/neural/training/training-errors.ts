/** A loss that is no number: the rate is too high, or the rows cannot be learned by this network. */
export class TrainingDivergedError extends Error {
  constructor(step: number) {
    super(`Training came to no number in step ${step + 1}; a smaller learning rate may help.`);
    this.name = 'TrainingDivergedError';
  }
}

/** Nothing is learned, since what half a training gives would depend on the speed of the machine. */
export class TrainingTooLongError extends Error {
  constructor({ steps, of, minutes }: { steps: number; of: number; minutes: number }) {
    super(
      `Training took more than ${minutes} minutes (minutesMax) for ${steps} of ${of} steps. Allow fewer steps ` +
        '(stepsMax), or more minutes.',
    );
    this.name = 'TrainingTooLongError';
  }
}
