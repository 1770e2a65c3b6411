#!/bin/bash
# A study on Slurm, one part a task of a job array. From the folder where the parts are to be (a shared file system):
#
#   sbatch --array=1-8 study.sh --hidden 1..8 --activation sigmoid,relu --trials 100000
#   xorlab merge part-*.json --csv rates.csv
#
# Parts that were killed are continued by the same command. Some of them only: PARTS=8 sbatch --array=3,7 study.sh …
# Another xorlab: XORLAB="node ~/xorlab/dist/src/node/cli/main.js" sbatch …
#
#SBATCH --job-name=xorlab
#SBATCH --cpus-per-task=2
#SBATCH --mem-per-cpu=500M
#SBATCH --time=04:00:00
#SBATCH --signal=TERM@60
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=%x-%A_%a.log
# (A minute before the time is over, SIGTERM tells xorlab to write what it has.)

task=$SLURM_ARRAY_TASK_ID
if [ -z "$task" ]; then
  echo "study.sh: it is an array job; write sbatch --array=1-8 study.sh …" >&2
  exit 1
fi
if [ -z "$PARTS" ] && [ "$SLURM_ARRAY_TASK_MIN" = 1 ] && [ "$SLURM_ARRAY_TASK_COUNT" = "$SLURM_ARRAY_TASK_MAX" ]; then
  PARTS=$SLURM_ARRAY_TASK_MAX
fi
if [ -z "$PARTS" ]; then
  echo "study.sh: of how many parts? Write PARTS=8 sbatch --array=$task study.sh …" >&2
  exit 1
fi

echo "part $task of $PARTS on $SLURMD_NODENAME"
srun ${XORLAB:-node_modules/.bin/xorlab} study "$@" \
  --workers "${SLURM_CPUS_PER_TASK:-1}" --shard "$task/$PARTS" --out "part-$task.json"
code=$?

# 75: the part is not complete, and the same command continues it.
if [ "$code" -eq 75 ]; then scontrol requeue "${SLURM_ARRAY_JOB_ID}_$task"; fi
exit "$code"
