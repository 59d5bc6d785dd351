#!/bin/sh
# infra/push-image.sh STAGE: builds the service's image, pushes it to the stack's repository, and prints the command that deploys it by digest.
set -eu
stage=$1
cd "$(dirname "$0")/.."
repository=$(pulumi stack output repository --stack "$stage")
commit=$(git rev-parse HEAD)
if [ -n "$(git status --porcelain -- service package.json package-lock.json Dockerfile)" ]; then
  echo "Cannot push: the service has changes that are not committed, and the image is named after its commit" >&2
  exit 1
fi
version=$(node -p "require('./package.json').version")
aws ecr get-login-password --region "$(pulumi config get aws:region --stack "$stage")" | docker login --username AWS --password-stdin "${repository%%/*}"
metadata=$(mktemp)
trap 'rm -f "$metadata"' EXIT
docker buildx build . --platform linux/amd64 --build-arg "VERSION=$version" --build-arg "COMMIT=$commit" --provenance=mode=max --sbom=true --tag "$repository:$commit" --push --metadata-file "$metadata"
digest=$(node -p "JSON.parse(require('fs').readFileSync('$metadata'))['containerimage.digest']")
echo "Next: pulumi config set image $repository@$digest --stack $stage && pulumi config rm withoutService --stack $stage && pulumi up --stack $stage"
