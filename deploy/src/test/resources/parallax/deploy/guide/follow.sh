# Follows the guide: the commands are appended to this. In namespaces of its own, where nothing that it starts, writes or
# installs outlives it:
#   unshare --mount --net --pid --fork --kill-child --mount-proc bash SCRIPT ROOT PACKED
# Each job has a process group of its own, as in a terminal.
set -meE -o pipefail
root=$1 packed=$2 layers=/mnt
PATH=$PATH:/usr/sbin:/sbin
mount -t tmpfs tmpfs "$layers"
clone=$layers/clone LOG=$layers/log
mkdir "$clone" "$clone/deploy" "$clone/deploy/target"
for each in "$root"/* "$root"/deploy/*; do
  case ${each#"$root"/} in
    deploy | data | */target | target | deploy/parallax | deploy/package) ;;
    *) ln -s "$each" "$clone/${each#"$root"/}" ;;
  esac
done
# What they do when they need not build.
cat >"$clone/deploy/parallax" <<END
#!/bin/bash
exec "$("$root/deploy/jdk25")/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m --enable-native-access=ALL-UNNAMED \\
  --sun-misc-unsafe-memory-access=allow -Dparallax.home="$clone" \${PARALLAX_JAVA_OPTS:-} \\
  -cp "$root/deploy/target/parallax/lib/*" parallax.deploy.ParallaxMain "\$@"
END
cat >"$clone/deploy/package" <<END
#!/bin/bash
mkdir -p "$clone/deploy/target" && ln -sfn "$packed" "$clone/deploy/target/dist" && cat "$packed/SHA256SUMS"
END
chmod +x "$clone"/deploy/{parallax,package}
for each in etc opt root tmp usr var; do
  mkdir -p "$layers/$each"/{upper,work}
  mount -t overlay overlay -o "lowerdir=/$each,upperdir=$layers/$each/upper,workdir=$layers/$each/work" "/$each"
done
mount -t tmpfs tmpfs /run
ip link set lo up
unset CDPATH
export PARALLAX="$clone/deploy/parallax" DEBIAN_FRONTEND=noninteractive HOME=/root LC_ALL=C.UTF-8 MANPAGER=cat PAGER=cat
cd "$clone"

place=nowhere
at() { place=$1 && echo "### $1"; }
trap 'echo "FAILED at $place"; tail -n 30 "$LOG"; exit 1' ERR
end() { # what was started in the background
  local job
  for job in $(jobs -p); do
    kill -- "-$job" 2>/dev/null || true
    # All of its group, not only the shell that started it.
    for _ in $(seq 300); do kill -0 -- "-$job" 2>/dev/null || break; sleep 0.1; done
  done
  wait || true
}
answers() { # url
  for _ in $(seq 600); do
    if curl -fs -o /dev/null --max-time 2 "$1"; then return 0; fi
    sleep 0.1
  done
  echo "nothing answers at $1"
  return 1
}
says() { # text; commands on standard input
  local commands said=''
  commands=$(cat)
  for _ in $(seq 300); do
    if said=$(eval "$commands" 2>&1) && grep -qF -- "$1" <<<"$said"; then echo "$said" | head -n 40; return 0; fi
    sleep 0.2
  done
  echo "$said"
  echo "does not say: $1"
  return 1
}
