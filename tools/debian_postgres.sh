#!/usr/bin/env bash
# Run a command against a throw-away cluster of Debian's PostgreSQL on a private socket:
#   tools/debian_postgres.sh COMMAND [ARGUMENT...]
# The command finds it through JULI_TEST_DATABASE_URL. The cluster goes when the command ends.
set -euo pipefail

newest() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

[ $# -gt 0 ] || { echo "usage: tools/debian_postgres.sh COMMAND [ARGUMENT...]" >&2; exit 2; }

if [ -z "$(newest)" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "· installing Debian's PostgreSQL"
    # No cluster of the package's own: ours is enough.
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/juli.conf
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql >/dev/null \
      || { apt-get update >/dev/null; DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql >/dev/null; }
  else
    echo "PostgreSQL is not installed here. On Debian, as root: apt-get install postgresql" >&2
    exit 1
  fi
fi
bin=$(newest)

folder=$(mktemp -d "${TMPDIR:-/tmp}/juli-postgres.XXXXXX")
as_server=(env)
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$folder"
  chmod 755 "$folder"
  as_server=(setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$folder")
fi

stop() {
  "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd "$folder"
"${as_server[@]}" "$bin/initdb" -D "$folder/data" --username=juli_tests --auth=trust \
  --encoding=UTF8 --locale=C.UTF-8 --data-checksums --no-sync >/dev/null
"${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" start -o "\
  -c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c full_page_writes=off \
  -c synchronous_commit=off -c max_connections=200 -c max_locks_per_transaction=256" >/dev/null \
  || { cat "$folder/log" >&2; exit 1; }
cd - >/dev/null

JULI_TEST_DATABASE_URL="postgresql://juli_tests@/postgres?host=$folder"
export JULI_TEST_DATABASE_URL
echo "· $("$bin/postgres" --version) on $folder"
"$@"
