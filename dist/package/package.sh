#!/usr/bin/env bash
# package.sh JDK LIB VERSION OUT: makes the Debian package and the archive in OUT, out of the jars in LIB, each with a Java
# of its own. The same commit, built with the same JDK 25, gives the same bytes: times are those of the commit, names are sorted,
# owners and modes are fixed. `lamplighter package` calls this.
set -euo pipefail
umask 022
export LC_ALL=C TZ=UTC
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

fail() { printf 'error: %s\nhint: %s\n' "$1" "$2" >&2; exit 1; }
step() { printf '[%s/5] %s\n' "$1" "$2" >&2; }

[ "$#" -eq 4 ] || { printf 'usage: package.sh JDK LIB VERSION OUT\n' >&2; exit 2; }
jdk=$1 lib=$2 version=$3
[ -x "$jdk/bin/jlink" ] || fail "no jlink in $jdk" "install a whole JDK 25, not only its run-time part"
[ "$(uname -s)" = Linux ] || fail "packages are made on Linux only" "build them on a Debian machine or in a container of one"
mkdir -p "$4" || fail "cannot make the folder $4" "name another one with --out"
out=$(cd "$4" && pwd)

# What the applications need of the JDK; the test of the package compares this with what jdeps finds in the jars.
modules=$(grep -v '^#' "$here/modules" | paste -sd, -)

# The moment of the commit; a tree without a history says it in SOURCE_DATE_EPOCH.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
  SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct 2> /dev/null) \
    || fail "no commit to take the date from" "build in a clone of the repository, or set SOURCE_DATE_EPOCH to seconds since 1970"
  [ -z "$(git -C "$root" status --porcelain 2> /dev/null)" ] || printf 'warning: there are changes that no commit holds; nobody can build these bytes again\n' >&2
fi
export SOURCE_DATE_EPOCH

case "$(uname -m)" in
  x86_64) architecture=amd64 native=x86_64 ;;
  aarch64) architecture=arm64 native=aarch64 ;;
  *) fail "no package for $(uname -m)" "build on amd64 or arm64" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One time, one owner, two modes: what differs between two machines goes.
settle() {
  find "$1" -type d -exec chmod 0755 {} +
  find "$1" -type f -perm -0100 -exec chmod 0755 {} +
  find "$1" -type f ! -perm -0100 -exec chmod 0644 {} +
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}

make_runtime() {
  step 1 "a Java of $(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$jdk/release") with $(tr ',' '\n' <<< "$modules" | wc -l) modules"
  "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --vm=server --generate-cds-archive --output "$work/runtime" > /dev/null \
    || fail "jlink failed" "read its lines above; it needs about 200 MB in ${TMPDIR:-/tmp}"
  # Only java is started; what other programs of the JDK could do on a server is not needed.
  find "$work/runtime/bin" -type f ! -name java -delete
}

# Our own jars once more: the Java that Maven ran on leaves its number in them, its way of compressing, and its order of lines
# and packages. They are stored here, and the packages compress them. Others' stay as they came.
store_jars() {
  local target=$1 jar tree=$work/jar date
  date=$(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
  for jar in "$target"/lamplighter-*.jar; do
    rm -rf "$tree"
    mkdir "$tree"
    (
      cd "$tree"
      "$jdk/bin/jar" --extract --file "$jar"
      find . -type f ! -path ./META-INF/MANIFEST.MF -printf '%P\n' | sort > "$work/names"
      if grep -q '^ ' META-INF/MANIFEST.MF; then fail "a line of the manifest of ${jar##*/} goes on in the next" "shorten it"; fi
      { printf 'Manifest-Version: 1.0\n'; tr -d '\r' < META-INF/MANIFEST.MF | grep -vE '^(Manifest-Version:|Build-Tool-Jdk-Spec:|$)' | sort; } > "$work/manifest"
      if [ -f module-info.class ]; then "$jdk/bin/java" "$here/PlainModuleInfo.java" module-info.class; fi
      rm "$jar"
      "$jdk/bin/jar" --create --no-compress --date "$date" --file "$jar" --manifest "$work/manifest" "@$work/names"
    )
  done
}

# What both hold: launcher, jars, the native library of SQLite unpacked, the runtime.
make_application() {
  local target=$1
  mkdir -p "$target/lib/native"
  cp "$root/lamplighter" "$target/lamplighter"
  cp "$lib"/*.jar "$target/lib/"
  store_jars "$target/lib"
  (cd "$work" && "$jdk/bin/jar" --extract --file "$(ls "$lib"/sqlite-jdbc-*.jar)" "org/sqlite/native/Linux/$native/libsqlitejdbc.so")
  cp "$work/org/sqlite/native/Linux/$native/libsqlitejdbc.so" "$target/lib/native/"
  cp -R "$work/runtime" "$target/runtime"
}

make_archive() {
  local name=lamplighter-$version-linux-$architecture
  step 3 "$name.tar.gz"
  cp -R "$work/application" "$work/$name"
  cp "$root"/{README.md,LICENSE,CHANGELOG.md,SECURITY.md} "$work/$name/"
  cp "$here/deb/lamplighter-station.service" "$here/torrc.example" "$work/$name/"
  settle "$work/$name"
  tar --create --sort=name --format=gnu --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --directory "$work" "$name" \
    | gzip -6 --no-name > "$out/$name.tar.gz.part"
  mv "$out/$name.tar.gz.part" "$out/$name.tar.gz"
  rm -rf "${work:?}/$name"
  made+=("$name.tar.gz")
}

make_deb() {
  local name=lamplighter_${version}_$architecture.deb tree=$work/deb file
  if ! command -v dpkg-deb > /dev/null; then
    step 4 "no Debian package: there is no dpkg-deb here; the archive is made"
    printf 'hint: apt-get install dpkg, or build on a Debian machine\n' >&2
    return
  fi
  step 4 "$name"
  mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/usr/share/lamplighter" \
    "$tree/usr/share/doc/lamplighter" "$tree/usr/share/man/man1" "$tree/usr/share/lintian/overrides"
  mv "$work/application" "$tree/usr/lib/lamplighter"
  ln -s ../lib/lamplighter/lamplighter "$tree/usr/bin/lamplighter"
  ln -s /var/cache/lamplighter "$tree/usr/lib/lamplighter/cache" # made at installation: no two are the same bytes
  cp "$here/deb/lamplighter-station.service" "$tree/usr/lib/systemd/system/"
  cp "$here/torrc.example" "$tree/usr/share/lamplighter/"
  cp "$here/deb/copyright" "$root/README.md" "$root/SECURITY.md" "$tree/usr/share/doc/lamplighter/"
  cp -R "$root/docs/operations" "$tree/usr/share/doc/lamplighter/operations"
  gzip -9 --no-name < "$here/deb/lamplighter.1" > "$tree/usr/share/man/man1/lamplighter.1.gz"
  printf 'lamplighter (%s) unstable; urgency=medium\n\n  * What changed is in CHANGELOG.md.gz.\n\n -- %s  %s\n' "$version" \
    "$(sed -n 's/^Maintainer: //p' "$here/deb/control")" "$(date -R --date="@$SOURCE_DATE_EPOCH")" \
    | gzip -9 --no-name > "$tree/usr/share/doc/lamplighter/changelog.gz"
  gzip -9 --no-name < "$root/CHANGELOG.md" > "$tree/usr/share/doc/lamplighter/CHANGELOG.md.gz"
  cp "$here/deb/lintian-overrides" "$tree/usr/share/lintian/overrides/lamplighter"
  for file in postinst prerm postrm; do
    cp "$here/deb/$file" "$tree/DEBIAN/$file"
    chmod 0755 "$tree/DEBIAN/$file"
  done
  (cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) > "$tree/DEBIAN/md5sums"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$(du -k --apparent-size -s "$tree/usr" | cut -f 1)/" \
    "$here/deb/control" > "$tree/DEBIAN/control"
  settle "$tree"
  # gzip and not xz: a third larger, made in a tenth of the time, and no number of threads changes it.
  dpkg-deb --root-owner-group -Zgzip -z6 --build "$tree" "$out/$name.part" > /dev/null \
    || fail "dpkg-deb failed" "read its lines above"
  mv "$out/$name.part" "$out/$name"
  made+=("$name")
}

made=()
make_runtime
step 2 "jars and launcher"
make_application "$work/application"
make_archive
make_deb
step 5 "SHA256SUMS"
(cd "$out" && sha256sum "${made[@]}" > SHA256SUMS)
for file in "${made[@]}"; do printf '%s\n' "$out/$file"; done
