# Installs the package on a copy of this machine's files, starts a real systemd there, in namespaces and a control group of its
# own, and uses the three services: one after the other, as they come and with what people configure.
#   unshare --mount bash services.sh PACKAGE.deb
# Exit status 77 when no systemd starts here; the last lines say what it said.
set -euo pipefail
deb=$1
mount -t tmpfs tmpfs /mnt
mkdir /mnt/{upper,own,root}
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/own /mnt/root
root=/mnt/root
cp "$deb" "$root/package.deb"
# Nothing of what this machine would start.
rm -rf "$root"/etc/systemd/system/*.wants "$root"/lib/systemd/system/*.wants "$root"/etc/machine-id
echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/dev"
for node in "null 1 3" "zero 1 5" "full 1 7" "random 1 8" "urandom 1 9" "tty 5 0"; do
  # shellcheck disable=SC2086  # three words
  set -- $node
  mknod -m 666 "$root/dev/$1" c "$2" "$3"
done
touch "$root/dev/console"
mkdir "$root"/dev/{shm,pts,mqueue,hugepages}
mount -t devpts devpts "$root/dev/pts" -o newinstance,ptmxmode=0666
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mount -t proc proc "$root/proc"
chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive dpkg -i /package.deb >/mnt/dpkg
umount "$root/proc"

cat >"$root/use.sh" <<'END'
set -euo pipefail
exec >/result 2>&1
trap 'echo "FAILED at line $LINENO"; systemctl --no-pager status "parallax*" || true; journalctl --no-pager -n 40 || true; systemctl exit 1 || kill -s RTMIN+14 1' ERR
ip link set lo up
answers() {
  for _ in $(seq 300); do curl -fs -o /dev/null --max-time 2 "$1" && return 0; sleep 0.1; done
  echo "nothing at $1"
  return 1
}
echo "state $(systemctl is-system-running || true)"
! systemctl is-active -q parallax parallax-coordinator parallax-probe
systemctl start parallax
answers http://127.0.0.1:8080/readyz
echo "up runs as $(stat -c %U "/proc/$(systemctl show -p MainPID --value parallax)")"
[ "$(stat -c %a:%U /var/lib/parallax/up)" = 700:parallax ]
systemctl stop parallax
[ "$(systemctl show -p Result --value parallax)" = success ] && echo "up ended well"

printf secret >/etc/parallax/secrets/hook && chmod 600 /etc/parallax/secrets/hook
systemctl start parallax-coordinator
answers http://127.0.0.1:8080/readyz
main=$(systemctl show -p MainPID --value parallax-coordinator)
grep -q '^NoNewPrivs:.*1' "/proc/$main/status" && grep -q '^CapEff:.*0000000000000000$' "/proc/$main/status" && echo "no capabilities"
grep -q '^Seccomp:.*2' "/proc/$main/status" && echo "system calls filtered"
nsenter -t "$main" -m test -r /run/credentials/parallax-coordinator.service/secrets_hook && echo "secrets are there"
! nsenter -t "$main" -m touch /usr/written 2>/dev/null && ! nsenter -t "$main" -m ls /home/. 2>/dev/null | grep -q . && echo "nothing else to write"
setpriv --reuid=parallax --regid=parallax --clear-groups parallax token create --probe p1 --data /var/lib/parallax/coordinator \
  >/etc/parallax/secrets/token
chmod 600 /etc/parallax/secrets/token
sed -i 's|^PARALLAX_OPTIONS=.*|PARALLAX_OPTIONS=--name=p1 --region=here --coordinator=ws://127.0.0.1:8443|' /etc/parallax/probe.env
systemctl start parallax-probe
answers http://127.0.0.1:9115/healthz
for _ in $(seq 100); do curl -fs http://127.0.0.1:9115/metrics | grep -q '^parallax_uplink_connected 1' && break; sleep 0.1; done
curl -fs http://127.0.0.1:9115/metrics | grep '^parallax_uplink_connected 1'
# It comes back by itself.
kill -9 "$(systemctl show -p MainPID --value parallax-probe)"
for _ in $(seq 200); do [ "$(systemctl show -p NRestarts --value parallax-probe)" = 1 ] && break; sleep 0.1; done
answers http://127.0.0.1:9115/healthz && echo "restarted"
systemctl stop parallax-probe parallax-coordinator
[ "$(systemctl show -p Result --value parallax-coordinator)" = success ] && echo "coordinator ended well"
echo "ALL DONE"
systemctl exit 0 || kill -s RTMIN+14 1
END
cat >"$root/etc/systemd/system/use.service" <<'END'
[Unit]
DefaultDependencies=no
[Service]
Type=oneshot
ExecStart=/bin/bash /use.sh
END
printf '[Unit]\nDefaultDependencies=no\nWants=use.service\n' >"$root/etc/systemd/system/use.target"

# A control group of its own: what systemd makes is below it.
own=parallax-test-$$
for tree in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
  if [ -w "$tree/cgroup.procs" ] && mkdir "$tree/$own" 2>/dev/null; then echo $$ >"$tree/$own/cgroup.procs"; fi
done
leave() {
  local tree
  for tree in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
    [ -d "$tree/$own" ] || continue
    echo $$ >"$tree/cgroup.procs"
    find "$tree/$own" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  done
}
trap leave EXIT
cat >/mnt/boot.sh <<'END'
root=$1
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys" && mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o ro sysfs "$root/sys"
mount -t tmpfs tmpfs "$root/sys/fs/cgroup"
if grep -q name=systemd /proc/self/cgroup; then
  mkdir "$root/sys/fs/cgroup/systemd" "$root/sys/fs/cgroup/unified"
  mount -t cgroup -o none,name=systemd cgroup "$root/sys/fs/cgroup/systemd"
  mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup/unified" || rmdir "$root/sys/fs/cgroup/unified"
else
  umount "$root/sys/fs/cgroup" && mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
fi
# Not by chroot, in which nobody may make a namespace of users.
cd "$root" && mkdir -p mnt/before && pivot_root . mnt/before && cd / && umount -l /mnt/before
mount --make-rshared /
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system \
  --unit=use.target --log-target=console --show-status=false
END
timeout -k 5 150 unshare --pid --fork --kill-child --mount --uts --ipc --net --cgroup bash /mnt/boot.sh "$root" </dev/null >/mnt/systemd.log 2>&1 ||
  true
if [ -s "$root/result" ]; then
  cat "$root/result"
  grep -q 'ALL DONE' "$root/result"
else
  tail -n 5 /mnt/systemd.log "$root/dev/console"
  exit 77
fi
