# Installs, removes and purges a package for real, on a copy of this machine's files that is gone afterwards.
#   unshare --mount bash install.sh PACKAGE.deb NAME FOLDER
set -euo pipefail
deb=$1 name=$2 work=$3
mount -t tmpfs tmpfs "$work"
mkdir "$work"/{upper,own,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/own" "$work/root"
mount -t proc proc "$work/root/proc"
mkdir -p "$work/root/dev" "$work/root/tmp"
mount --bind /dev "$work/root/dev"
cp "$deb" "$work/root/tmp/package.deb"
within() { chroot "$work/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }

within dpkg -i /tmp/package.deb
within parallax --version
within id parallax
within test -s /var/cache/parallax/probe.aot && echo "prepared"
echo "PARALLAX_OPTIONS=--name=mine" >"$work/root/etc/parallax/probe.env"
within dpkg -r "$name"
within test ! -e /usr/lib/parallax
within test ! -e /var/cache/parallax
grep -q mine "$work/root/etc/parallax/probe.env" && echo "kept what was configured"
within dpkg -P "$name"
within test ! -e /etc/parallax && echo "purged"
