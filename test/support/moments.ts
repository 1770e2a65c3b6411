import { type Learner, type Moment, type Schedule, trialMoments } from "../../src/engine/trial.js";

/** All moments of one training of a learner, in order. */
export function allMoments(learner: Learner, rows: number, schedule: Schedule): Moment[] {
  return [...trialMoments(learner, rows, schedule)];
}
