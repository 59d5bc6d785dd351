#!/bin/sh
# infra/keep-image.sh STAGE: configures the image that the stack runs now, so that a preview does not plan to take the
# service away.
set -eu
stage=${1:?give a stage: dev, staging, prod or small}
# Not one output by its name: a stack that was never updated has none, which is no error, and not being signed in is one.
image=$(pulumi stack output --json --stack "$stage" |
  node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).image ?? ''")
if [ -n "$image" ]; then
  pulumi config set image "$image" --stack "$stage"
  echo "Stack $stage keeps $image"
else
  echo "Stack $stage runs no image yet: there is nothing to keep" >&2
fi
