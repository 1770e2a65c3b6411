import { type Learner, learnerTrial, type Moment, type Schedule } from "../../src/engine/trial.js";

/** All moments of one training of a learner, in order. */
export function allMoments(learner: Learner, rows: number, schedule: Schedule): Moment[] {
  return [...learnerTrial(learner, rows, schedule).moments];
}
