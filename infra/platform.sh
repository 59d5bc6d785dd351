#!/bin/sh
# infra/platform.sh STAGE: the platform of the stack's tasks, as Docker names it; its image must be built for the same.
set -eu
stage=${1:?give a stage: dev, staging, prod or small}
case $(sed -n 's/^ *chatmrpt:architecture: *//p' "$(dirname "$0")/../Pulumi.$stage.yaml") in
  X86_64) echo linux/amd64 ;;
  ARM64) echo linux/arm64 ;;
  *) echo "Cannot tell the platform of stack $stage: its file sets no architecture" >&2; exit 1 ;;
esac
