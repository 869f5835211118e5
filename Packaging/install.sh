#!/bin/sh
# Installs the system libraries, builds the release and puts `beachpiano` on the path.
# As root, or with sudo for the packages. PREFIX (default /usr/local) says where the binary goes.
set -eu
cd "$(dirname "$0")/.."

as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
packages="pkg-config libsndfile1-dev libasound2-dev libebur128-dev libyaml-dev libmd-dev libkissfft-dev libturbojpeg0-dev libpng-dev libexif-dev"

missing=""
for package in $packages; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
    $as_root apt-get update -qq
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

command -v swift >/dev/null || { echo "install.sh: Swift 6.3 is needed: https://www.swift.org/install/linux" >&2; exit 69; }
swift build -c release --static-swift-stdlib --product beachpiano
binary="$(swift build -c release --static-swift-stdlib --show-bin-path)/beachpiano"

destination="${PREFIX:-/usr/local}/bin"
root_if_needed=""
[ -w "$destination" ] || [ -w "${PREFIX:-/usr/local}" ] || root_if_needed="$as_root"
$root_if_needed install -D -m 755 "$binary" "$destination/beachpiano"
case ":$PATH:" in
    *":$destination:"*) echo "beachpiano is installed: $destination/beachpiano" ;;
    *) echo "beachpiano is installed; add it to the path: export PATH=\"$destination:\$PATH\"" ;;
esac
