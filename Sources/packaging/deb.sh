#!/usr/bin/env bash
# Builds footfall_VERSION_ARCH.deb from a binary by debhelper: deb.sh FOOTFALL RULES FOLDER
#
# DEBFULLNAME and DEBEMAIL name the maintainer, as in Debian's own tools. PACKAGE_COMPRESSION is another compression than
# Debian's, such as none. The package bears the time of the commit, so the same binary and commit give the same bytes.
set -euo pipefail

footfall=$(realpath "$1")
rules=$(realpath "$2")
mkdir -p "$3"
folder=$(realpath "$3")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
python=${PYTHON:-python3}
release() { PYTHONPATH=$here "$python" -B -c "import release; print($1)"; }

work=$(mktemp -d "$folder/deb.XXXXXX")
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
SOURCE_DATE_EPOCH=$(release 'release.commit_time()')
version=$(release "release.debian_version(release.version('$footfall'))")
maintainer="${DEBFULLNAME:-Footfall maintainers} <${DEBEMAIL:-maintainers@footfall.invalid}>"

tree=$work/footfall-$version
cp -R "$here/debian" "$work/debian"
mkdir "$tree"
mv "$work/debian" "$tree/debian"
sed -i "s/@MAINTAINER@/$maintainer/" "$tree/debian/control"
printf 'footfall (%s) unstable; urgency=medium\n\n  * Package of this version.\n\n -- %s  %s\n' \
  "$version" "$maintainer" "$(date -R -d "@$SOURCE_DATE_EPOCH")" > "$tree/debian/changelog"
"$python" -B "$here/stage.py" "$footfall" "$rules" "$tree/stage"

log=$work/log
if ! (cd "$tree" && dpkg-buildpackage --build=binary --no-sign --no-check-builddeps) > "$log" 2>&1; then
  tail -n 30 "$log" >&2
  exit 1
fi
mv "$work"/*.deb "$folder/"
echo "$folder/footfall_${version}_$(dpkg --print-architecture).deb"
