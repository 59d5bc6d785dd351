#!/bin/sh
# infra/keep-image.sh STAGE: configures the image that the stack runs now, so that a preview does not plan to take the service away.
set -eu
stage=$1
image=$(pulumi stack output image --stack "$stage" 2>/dev/null || true)
if [ -n "$image" ]; then pulumi config set image "$image" --stack "$stage"; fi
