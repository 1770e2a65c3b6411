import type { Progress } from "../train/progress.js";
import { settingName } from "../words/names.js";
import { paceText, timeLeftText } from "../words/numbers.js";
import { countEnded } from "./outcomes.js";
import type { StudyPlan } from "./plan.js";

/** How far a study is: trials done, trials a second, the time left, and the rates so far. */
export function studyProgress(plan: StudyPlan, done: number, millisecondsPassed: number): Progress {
  const total = plan.settings.length * plan.trials;
  const perSecond = (done / millisecondsPassed) * 1000;
  const facts = [
    `trial ${Math.floor(done)} of ${total}`,
    `${paceText(perSecond)} trials/s`,
    timeLeftText(millisecondsPassed, done / total),
  ].filter((fact) => fact !== "");
  const bars = plan.settings.map((setting, row) => {
    const { trials, solved } = countEnded(plan.outcomes[row]);
    return {
      label: settingName(setting.given.activation, setting.given.hidden),
      value: trials > 0 ? solved / trials : 0,
      done: trials / plan.trials,
    };
  });
  return { title: "study: share of trials solved", fraction: done / total, facts, bars };
}
