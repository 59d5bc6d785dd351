#!/bin/sh
# infra/push-image.sh STAGE: builds the service's image for the tasks' processor, pushes it to the stack's repository,
# and prints the command that deploys it by digest.
set -eu
stage=${1:?give a stage: dev, staging, prod or small}
cd "$(dirname "$0")/.."
if [ -n "$(git status --porcelain -- build service package.json package-lock.json Dockerfile)" ]; then
  echo "Cannot push: the service has changes that are not committed, and the image is named after its commit" >&2
  exit 1
fi
commit=$(git rev-parse HEAD)
repository=$(pulumi stack output repository --stack "$stage")
region=$(pulumi config get aws:region --stack "$stage")
# Tags never move: what was pushed for this commit before is the image of this commit.
digest=$(aws ecr describe-images --region "$region" --repository-name "${repository#*/}" \
  --image-ids "imageTag=$commit" --query 'imageDetails[0].imageDigest' --output text 2>/dev/null || true)
if [ -z "$digest" ]; then
  version=$(node -p "require('./package.json').version")
  aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "${repository%%/*}"
  # Docker's own builder makes no bill of materials: this one does.
  docker buildx inspect chatmrpt > /dev/null 2>&1 ||
    docker buildx create --name chatmrpt --driver docker-container > /dev/null
  metadata=$(mktemp)
  trap 'rm -f "$metadata"' EXIT
  docker buildx build . --builder chatmrpt --platform "$(infra/platform.sh "$stage")" \
    --build-arg "VERSION=$version" --build-arg "COMMIT=$commit" --provenance=mode=max --sbom=true \
    --tag "$repository:$commit" --push --metadata-file "$metadata"
  digest=$(node -p "JSON.parse(require('fs').readFileSync('$metadata'))['containerimage.digest']")
fi
echo "Next: pulumi config set image $repository@$digest --stack $stage &&" \
  "pulumi config rm withoutService --stack $stage && pulumi up --stack $stage"
