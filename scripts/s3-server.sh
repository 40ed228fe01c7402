#!/usr/bin/env bash
# Real S3 servers for tests, on this machine only: Ceph's gateway with one monitor and one store in memory, run from a chroot
# that is made once from Debian's packages (about 45 s and 575 MB; a later start takes 2 s). Needs root and mmdebstrap.
#
#   scripts/s3-server.sh start [serial|concurrent]   prints what to export: eval "$(scripts/s3-server.sh start)"
#   scripts/s3-server.sh stop  [serial|concurrent]   stops it and drops its data; both of them where none is named
#
# serial      one request at a time, so that conditional creates are atomic, as they are at AWS
# concurrent  Ceph as people run it: on buckets with versioning several creates of one key may win
#
# ZEGEL_S3_STATE   folder of what a server keeps (default: in the cache); another folder is another server
# ZEGEL_S3_PORT    first port to try (7680 serial, 7780 concurrent); the next ones are tried where it is taken
# ZEGEL_S3_MIRROR  Debian mirror (default: the one in this machine's own sources), ZEGEL_S3_SUITE its suite (forky)
set -euo pipefail

cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/zegel/s3
root=$cache/root
access_key=zegel-test-access
secret_key=zegel-test-secret-0123456789
# Somebody without any right of their own, for the tests of policies.
role=zegel-role:zegel-test-role:zegel-test-role-secret-0123456789

fail() {
  echo "s3-server: $*" >&2
  exit 1
}

# The newest line that a program of the server said, for the one line of why.
last_words() { tail --quiet --lines=1 "$state"/log/"$1".out 2>/dev/null || true; }

mirror() {
  if [[ -n "${ZEGEL_S3_MIRROR:-}" ]]; then
    echo "$ZEGEL_S3_MIRROR"
  else
    grep --recursive --no-filename --only-matching --extended-regexp 'https?://[^ ]+/debian/?( |$)' \
      /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head --lines=1 | tr --delete ' ' || true
  fi
}

make_root() {
  [[ -e "$root/.complete" ]] && return
  local from new=$root.$$
  command -v apt-get >/dev/null || fail 'Debian is needed to make the chroot, and there is no apt-get here'
  if ! command -v mmdebstrap >/dev/null; then
    { apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends \
      mmdebstrap debian-archive-keyring; } >"$cache/install.out" 2>&1 || fail "mmdebstrap is missing and could not be installed, see $cache/install.out"
  fi
  from=$(mirror)
  [[ -n "$from" ]] || fail 'no Debian mirror in the sources of apt: name one in ZEGEL_S3_MIRROR'
  mmdebstrap --variant=apt --include=ceph-mon,ceph-osd,radosgw \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Check-Valid-Until "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    "${ZEGEL_S3_SUITE:-forky}" "$new" "$from" >"$cache/install.out" 2>&1 9>&- || {
    rm -rf -- "$new"
    fail "the chroot could not be made, see $cache/install.out: $(grep --max-count=1 '^E: ' "$cache/install.out" || true)"
  }
  mkdir -p "$new/state" "$new/proc"
  touch "$new/.complete"
  rm -rf -- "$root"
  mv "$new" "$root"
}

# A program in the chroot with the state at /state; its mounts are its own, so that none is left behind.
inside=(unshare --mount --propagation private sh -c '
  mount --rbind /proc "$1/proc" && mount --bind "$2" "$1/state" || exit 1
  in=$1; shift 2
  exec chroot "$in" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C CEPH_CONF=/state/ceph.conf "$@"' sh)
inside() { "${inside[@]}" "$root" "$state" "$@" 9>&-; }

# Whether the program of a part is the one that we started: a number may have gone to somebody else since.
runs() {
  local pid
  pid=$(cat "$state/$1.pid" 2>/dev/null) && [[ -n "$pid" ]] || return 1
  { tr '\0' ' ' <"/proc/$pid/cmdline" | grep --quiet "^$2 "; } 2>/dev/null
}

begin() {
  local part=$1
  shift
  setsid "${inside[@]}" "$root" "$state" "$@" >"$state/log/$part.out" 2>&1 </dev/null 9>&- &
  echo $! >"$state/$part.pid"
  # Until then it is known by another name, and would be taken for one that has ended.
  for _ in {1..200}; do
    runs "$part" "$1" && return
    kill -0 $! 2>/dev/null || return 0
    sleep 0.05
  done
}

end_all() {
  local part
  for part in gateway:radosgw store:ceph-osd monitor:ceph-mon; do
    # All is in memory: there is nothing to save.
    if runs "${part%:*}" "${part#*:}"; then kill -KILL "$(cat "$state/${part%:*}.pid")"; fi
    for _ in {1..50}; do runs "${part%:*}" "${part#*:}" && sleep 0.1 || break; done
    rm -f "$state/${part%:*}.pid"
  done
}

answers() { curl --silent --output /dev/null --max-time 2 "http://127.0.0.1:$1/"; }

taken() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The first of a run of ports that are all free: the gateway, the monitor, and those that the store picks from.
free_port() {
  local base=$1 port
  for _ in {1..20}; do
    for port in $(seq "$base" $((base + 12))); do taken "$port" && break; done
    taken "$port" || { echo "$base" && return; }
    base=$((base + 20))
  done
  fail "no run of free ports from $1 on"
}

configure() {
  local mode=$1 port=$2
  cat >"$state/ceph.conf" <<CONF
[global]
fsid = $(cat "$state/fsid")
mon host = v2:127.0.0.1:$((port + 1))/0
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind msgr1 = false
ms bind port min = $((port + 2))
ms bind port max = $((port + 12))
ms mon client mode = crc
auth cluster required = none
auth service required = none
auth client required = none
run dir = /state/run
crash dir = /state/run
admin socket = /state/run/\$name.asok
log file = /state/log/\$name.log
mon cluster log file = /state/log/cluster.log
mon data avail crit = 0
mon allow pool size one = true
mon max pg per osd = 1000
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
paxos propose interval = 0.05
paxos min wait = 0.01
[mon.a]
mon data = /state/monitor
[osd]
osd data = /state/store
osd objectstore = memstore
memstore device bytes = 8G
[client.rgw]
rgw data = /state/gateway
rgw frontends = beast endpoint=127.0.0.1:$port tcp_nodelay=1
rgw dynamic resharding = false
rgw thread pool size = $([[ $mode == serial ]] && echo 1 || echo 64)
CONF
  # Ceph looks at If-None-Match and writes in two steps. One thread that lets in one request at a time leaves no room between.
  [[ $mode == concurrent ]] || cat >>"$state/ceph.conf" <<'CONF'
rgw scheduler type = dmclock
rgw max concurrent requests = 1
enable experimental unrecoverable data corrupting features = dmclock
CONF
}

start_monitor() {
  local port=$1
  inside monmaptool --create --clobber --fsid "$(cat "$state/fsid")" --addv a "[v2:127.0.0.1:$((port + 1))]" /state/map \
    >"$state/log/monitor.out" 2>&1 || fail "no map for the monitor: $(last_words monitor)"
  inside ceph-mon --mkfs -i a --monmap /state/map >"$state/log/monitor.out" 2>&1 || fail "the monitor could not be made: $(last_words monitor)"
  begin monitor ceph-mon -f -i a
}

start_store() {
  local id
  id=$(cat /proc/sys/kernel/random/uuid)
  timeout 30 "${inside[@]}" "$root" "$state" ceph --connect-timeout 20 osd new "$id" 0 >"$state/log/store.out" 2>&1 9>&- ||
    fail "the monitor takes no store: $(last_words store)"
  inside ceph-osd --mkfs -i 0 --osd-uuid "$id" >"$state/log/store.out" 2>&1 || fail "the store could not be made: $(last_words store)"
  begin store ceph-osd -f -i 0
}

# The last word is how many buckets the user may make: 0 for any number, -1 for none.
make_user() {
  timeout 60 "${inside[@]}" "$root" "$state" radosgw-admin -n client.rgw user create --uid="$1" --display-name="$1" --max-buckets="$4" \
    --access-key="$2" --secret-key="$3" >"$state/log/user.out" 2>&1 9>&- || fail "no user: $(last_words user)"
}

start_gateway() {
  local port=$1
  begin gateway radosgw -f -n client.rgw
  for _ in {1..600}; do
    answers "$port" && break
    for part in monitor:ceph-mon store:ceph-osd gateway:radosgw; do
      runs "${part%:*}" "${part#*:}" || fail "the ${part%:*} ended: $(last_words "${part%:*}")"
    done
    sleep 0.1
  done
  answers "$port" || fail 'the gateway did not answer within a minute'
  make_user zegel "$access_key" "$secret_key" 0
  make_user "${role%%:*}" "$(cut --delimiter=: --fields=2 <<<"$role")" "${role##*:}" -1
}

tell() {
  local name=ZEGEL_TEST_S3
  [[ $1 == serial ]] || name=ZEGEL_TEST_S3_CONCURRENT
  printf 'export %s=%s\n' "$name" "http://127.0.0.1:$(cat "$state/port")" \
    AWS_ACCESS_KEY_ID "$access_key" AWS_SECRET_ACCESS_KEY "$secret_key" AWS_REGION us-east-1 ZEGEL_TEST_S3_USER "$role"
}

start() {
  local mode=$1 port=7680
  [[ $mode == serial ]] || port=7780
  [[ $(id -u) == 0 ]] || fail 'needs root, for a chroot with mounts of its own'
  for tool in curl unshare setsid flock; do command -v "$tool" >/dev/null || fail "needs $tool"; done
  mkdir -p "$cache" "$state"
  exec 9>"$cache/lock"
  flock 9 # of two starts at once the second finds the work done
  make_root
  unshare --mount --propagation private true 2>/dev/null || fail 'may not mount here (a container without the right to?)'
  if [[ -e "$state/ready" ]] && runs gateway radosgw && answers "$(cat "$state/port")"; then
    tell "$mode"
    return
  fi
  end_all
  find "$state" -mindepth 1 -delete
  mkdir -p "$state"/{log,run,monitor,store,gateway}
  trap 'end_all' EXIT # a start that fails leaves nothing running
  cat /proc/sys/kernel/random/uuid >"$state/fsid"
  port=$(free_port "${ZEGEL_S3_PORT:-$port}")
  echo "$port" >"$state/port"
  configure "$mode" "$port"
  start_monitor "$port"
  start_store
  start_gateway "$port"
  touch "$state/ready"
  trap - EXIT
  tell "$mode"
}

stop() {
  [[ -e "$state/fsid" ]] || return 0
  end_all
  find "$state" -mindepth 1 -delete
  rmdir "$state"
}

place() { state=${ZEGEL_S3_STATE:-$cache}/$1; }

case "${1:-} ${2:-}" in
'start ' | 'start serial' | 'start concurrent')
  place "${2:-serial}"
  start "${2:-serial}"
  ;;
'stop ' | 'stop serial' | 'stop concurrent')
  for mode in ${2:-serial concurrent}; do
    place "$mode"
    stop
  done
  ;;
*) fail 'usage: s3-server.sh start|stop [serial|concurrent]' ;;
esac
