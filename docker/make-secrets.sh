#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, where they are missing: docker/make-secrets.sh [FOLDER]
# To rotate one, remove its file, run this again and start anew (docs/runbook.md).
set -eu
folder=${1:-secrets}
mkdir -p "$folder"
# Only its owner passes the folder. The files themselves are readable, since the containers' user reads them through the mount.
chmod 700 "$folder"
for name in rasa_token knowledge_token conversation_secret; do
  [ -s "$folder/$name" ] && continue
  umask 077
  # "t" in front: Rasa reads its token as YAML, which takes some runs of digits for a number.
  printf 't%s\n' "$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')" > "$folder/$name.partial"
  chmod 444 "$folder/$name.partial"
  mv "$folder/$name.partial" "$folder/$name"
  echo "made $folder/$name"
done
