#!/usr/bin/env bash
# Runs a command of the bundle with its Node and its libmlx, and with the CUDA libraries of the
# machine's Python packages (nvidia-cudnn-cu13, nvidia-nccl-cu13, nvidia-cublas and so on).
#   run.sh test [PATTERN …]     the tests of these names, or all that concern engines
#   run.sh native               the engine's own C++ tests
#   run.sh COMMAND …            anything else, e.g. node bench/gpu.mjs
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
libraries=$(python3 -c 'import glob, site
print(":".join(f for p in site.getsitepackages() for f in sorted(glob.glob(p + "/nvidia/*/lib"))))')
export PATH="$here/bin:$PATH"
export LIBMLX_DIR="$here/mlx"
export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export QMLX_LIBMLX="$here/mlx/lib/libmlx.so"
export QMLX_MLX_ENGINE="$here/build/Release/libqmlx_mlx.so"
case ${1:-test} in
  test)
    shift || true
    patterns=("${@:-test/(conformance|differential|statistical|validation|lifetime)/}")
    exec node --experimental-vm-modules --disable-warning=ExperimentalWarning \
      node_modules/jest/bin/jest.js "${patterns[@]}"
    ;;
  native)
    "$here/native/mlx_engine"
    "$here/native/mlx_faults"
    ;;
  *) exec "$@" ;;
esac
