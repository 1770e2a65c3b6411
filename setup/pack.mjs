// Runs before npm packs the package (`npm pack`, `npm publish`), also in a clean clone: installs and builds what goes into it.
import { existsSync } from "node:fs";
import { runCommand } from "./command.mjs";
import { build, npmFacts, npmReason, npmStamp, packagesStep } from "./packages.mjs";
import { paths } from "./paths.mjs";
import { Progress } from "./progress.mjs";
import { writeTensorFlowTypes } from "./tensorflowTypes.mjs";

process.exitCode = await runCommand("npm pack", async () => {
  const progress = new Progress(process.stderr); // npm's standard output is the tarball's name
  const reason = npmReason(npmStamp(), npmFacts());
  await packagesStep(progress, reason);
  await progress.step("build", async (say) => {
    await build(say);
    return "ready";
  });
  await progress.step("TensorFlow.js types", async () => writeTensorFlowTypes());
  if (!existsSync(paths.tensorFlowTypes)) throw new Error("the kernel's types of TensorFlow.js are missing");
});
