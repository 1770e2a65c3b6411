import { type Progress, timeLeftText } from "../train/progress.js";
import { countEnded } from "./outcomes.js";
import type { StudyPlan } from "./plan.js";
import { settingLabel } from "./table.js";

/** How far a study is: trials done, trials a second, the time left, and the rates so far. */
export function studyProgress(plan: StudyPlan, done: number, millisecondsPassed: number): Progress {
  const total = plan.settings.length * plan.trials;
  const perSecond = (done / millisecondsPassed) * 1000;
  const facts = [
    `trial ${Math.floor(done)} of ${total}`,
    `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)} trials/s`,
    timeLeftText(millisecondsPassed, done / total),
  ].filter((fact) => fact !== "");
  const bars = plan.settings.map((setting, row) => {
    const { trials, solved } = countEnded(plan.outcomes[row]);
    return {
      label: settingLabel(setting.given),
      value: trials > 0 ? solved / trials : 0,
      done: trials / plan.trials,
    };
  });
  return { title: "study: share of trials solved", fraction: done / total, facts, bars };
}
