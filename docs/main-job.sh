#!/usr/bin/env bash
# The main job with nothing but curl (and node to read JSON): session, two uploads, a ranking, its download, the end.
# usage: docs/main-job.sh [URL] [FOLDER with wards.csv and boundaries.zip] [INDICATORS as a JSON list]
set -euo pipefail
api=${1:-http://127.0.0.1:8080} data=${2:-service/sample} indicators=${3:-}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$(dirname "$0")/.."
json='Content-Type: application/json'
show() { node -p "const reply = JSON.parse(require('fs').readFileSync(0)); $1"; }

curl -sS -c "$work/jar" -X POST "$api/api/session" | show '`session until ${reply.session.absoluteExpiresAt}`'
for pair in wards:wards.csv boundaries:boundaries.zip; do
  role=${pair%%:*} name=${pair#*:}
  curl -sS -b "$work/jar" -H "$json" "$api/api/files" \
    -d "{\"role\":\"$role\",\"filename\":\"$name\",\"bytes\":$(wc -c < "$data/$name")}" > "$work/slot"
  show 'Object.entries(reply.upload.fields).map(([k, v]) => `form-string = "${k}=${v}"`).join("\n")' < "$work/slot" > "$work/form"
  curl -sS -K "$work/form" -F "file=@$data/$name" "$(show reply.upload.url < "$work/slot")"
  curl -sS -b "$work/jar" -X POST "$api/api/files/$(show reply.file.id < "$work/slot")/complete" |
    show '`${reply.file.filename}: ${reply.file.rows ?? reply.file.features} ${reply.file.role}`'
done
curl -sS -b "$work/jar" "$api/api/dataset" | show '`dataset ${reply.version}: ${reply.matched} of ${reply.wards} wards have a boundary`'
curl -sS -b "$work/jar" -H "$json" "$api/api/analyses" -d "{${indicators:+\"indicators\":$indicators}}" > "$work/analysis"
show 'reply.analysis.wards.slice(0, 3).map(({ rank, wardName, score, tier }) => `${rank}. ${wardName}  ${score}  ${tier}`).join("\n")' < "$work/analysis"
curl -sS -b "$work/jar" -H "$json" "$api/api/exports" \
  -d "{\"kind\":\"rankings.csv\",\"analysisId\":\"$(show reply.analysis.id < "$work/analysis")\"}" > "$work/export"
curl -sS "$(show reply.download.url < "$work/export")" | cut -d, -f1-5 | sed -n 1,3p
curl -sS -b "$work/jar" -X DELETE -o /dev/null -w 'end of session: %{http_code}\n' "$api/api/session"
curl -sS -b "$work/jar" "$api/api/session" | show '`afterwards: ${reply.status} ${reply.title}`'
