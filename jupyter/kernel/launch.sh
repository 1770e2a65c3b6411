#!/bin/sh
# launch.sh KERNEL NODE ARGUMENTS: starts NODE, or where that is gone the first other Node that is new enough. If the folder
# KERNEL has a start-up snapshot for it, the kernel starts from that.
kernel=$1
node=$2
shift 2
recent() {
  [ -x "$1" ] && "$1" -e 'process.exit(parseInt(process.versions.node, 10) < 20 ? 1 : 0)'
}
if ! [ -x "$node" ]; then
  gone=$node
  for node in "$(command -v node)" "$HOME"/.nvm/versions/node/*/bin/node "$HOME"/.volta/bin/node \
    "$HOME"/.local/share/fnm/aliases/default/bin/node /opt/homebrew/bin/node /usr/local/bin/node /usr/bin/node; do
    recent "$node" && break
  done
  if ! recent "$node"; then
    echo "xorlab: the kernel cannot start: $gone, the Node.js that ran it, is gone, and no other Node.js 20 or later was found." >&2
    echo "Cure: install Node.js 20 or later; then run npx xorlab kernel install again." >&2
    exit 1
  fi
fi
export MALLOC_MMAP_THRESHOLD_=131072 # the C library then gives back what is free; src/kernel/main.ts takes it from the environment
version=$("$node" -p 'process.version + "-" + process.arch + "-" + require("v8").cachedDataVersionTag()')
snapshot=$kernel/kernel-$version.snapshot # src/kernel/compiledCode.ts names it
[ -f "$snapshot" ] && exec "$node" --snapshot-blob "$snapshot" "$@"
exec "$node" "$@"
