#!/bin/sh
# infra/block-address.sh STAGE ADDRESS: has the web firewall refuse an address (or a block, as 203.0.113.0/24) at once.
# infra/block-address.sh STAGE ADDRESS off: lets it in again. Without an address: lists what is refused.
set -eu
stage=${1:?give a stage: dev, staging, prod or small}
ipset=$(aws wafv2 list-ip-sets --scope REGIONAL --query "IPSets[?Name=='chatmrpt-$stage-blocked'].[Name,Id]" --output text)
[ -n "$ipset" ] || { echo "Cannot block: stack $stage has no web firewall" >&2; exit 1; }
name=$(echo "$ipset" | cut -f1)
id=$(echo "$ipset" | cut -f2)
found=$(aws wafv2 get-ip-set --scope REGIONAL --name "$name" --id "$id" --output json)
value() { echo "$found" | node -p "JSON.parse(require('fs').readFileSync(0, 'utf8'))$1"; }
if [ -z "${2:-}" ]; then
  value ".IPSet.Addresses.join('\n')"
  exit
fi
case $2 in */*) address=$2 ;; *) address=$2/32 ;; esac
case ${3:-on} in
  on) addresses=$(value ".IPSet.Addresses.filter((each) => each !== '$address').concat('$address').join(' ')") ;;
  off) addresses=$(value ".IPSet.Addresses.filter((each) => each !== '$address').join(' ')") ;;
  *) echo "Cannot say $3: off lets the address in again" >&2; exit 1 ;;
esac
# shellcheck disable=SC2086 # one word for each address
aws wafv2 update-ip-set --scope REGIONAL --name "$name" --id "$id" --lock-token "$(value .LockToken)" --addresses $addresses > /dev/null
echo "Stack $stage refuses: ${addresses:-nobody}"
