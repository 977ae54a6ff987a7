#!/bin/sh
# What Debian must provide before Python's own packages can be of use.
#
#   sh installer/system-packages.sh run            to run the program
#   sh installer/system-packages.sh run test       to test it as well
#   sh installer/system-packages.sh run frozen     to build the one-folder client as well
#
# Looks for the things themselves, so that another system that has them is content. As root it installs
# the packages that are missing; anybody else is told the one line to run.
set -eu

missing=''

need() {    # need PACKAGE CHECK...: the package is missing when the check fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

library() {
    PATH="$PATH:/usr/sbin:/sbin" ldconfig -p | grep -q "[[:space:]]$1 "
}

program() {
    command -v "$1"
}

is_python() {
    sh installer/python.sh
}

has_venv() {
    "$(sh installer/python.sh)" -c 'import ensurepip, venv'
}

python_name() {
    "$(sh installer/python.sh)" -c 'import sys; print("python%d.%d" % sys.version_info[:2])'
}

has_shared_library() {
    "$(sh installer/python.sh)" -c \
        'import ctypes, sysconfig; ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))'
}

look_for_run() {
    need python3 is_python
    need python3-venv has_venv
    need ca-certificates test -s /etc/ssl/certs/ca-certificates.crt
    need libgl1 library libGL.so.1
    need libegl1 library libEGL.so.1
    need libdbus-1-3 library libdbus-1.so.3
    need libfontconfig1 library libfontconfig.so.1
    need libfreetype6 library libfreetype.so.6
    need libglib2.0-0 library libglib-2.0.so.0
    need libx11-6 library libX11.so.6
    need libx11-xcb1 library libX11-xcb.so.1
    need libxkbcommon0 library libxkbcommon.so.0
    need libxkbcommon-x11-0 library libxkbcommon-x11.so.0
    need libwayland-client0 library libwayland-client.so.0
    need libxcb1 library libxcb.so.1
    need libxcb-cursor0 library libxcb-cursor.so.0
    need libxcb-icccm4 library libxcb-icccm.so.4
    need libxcb-image0 library libxcb-image.so.0
    need libxcb-keysyms1 library libxcb-keysyms.so.1
    need libxcb-randr0 library libxcb-randr.so.0
    need libxcb-render0 library libxcb-render.so.0
    need libxcb-render-util0 library libxcb-render-util.so.0
    need libxcb-shape0 library libxcb-shape.so.0
    need libxcb-shm0 library libxcb-shm.so.0
    need libxcb-sync1 library libxcb-sync.so.1
    need libxcb-util1 library libxcb-util.so.1
    need libxcb-xfixes0 library libxcb-xfixes.so.0
    need libxcb-xkb1 library libxcb-xkb.so.1
}

look_for_test() {
    need git program git
    need iproute2 program ip
    need postgresql ls /usr/lib/postgresql/*/bin/initdb
    need xvfb program Xvfb
    need xauth program xauth
    need xdotool program xdotool
    need chromium program chromium
}

look_for_frozen() {
    need binutils program objdump
    need "lib$(python_name)" has_shared_library
}

for purpose in "$@"; do
    "look_for_$purpose"
done
[ -n "$missing" ] || exit 0

line="apt-get update && apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ]; then
    echo "Some packages of the system are missing. Run this once, then the same make again:" >&2
    echo "  sudo sh -c '$line'" >&2
    exit 1
fi
if ! command -v apt-get >/dev/null; then
    echo "Missing here, and this is not Debian; install what corresponds to:$missing" >&2
    exit 1
fi
echo "Installing packages of the system:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # a list of names
apt-get install -y -qq --no-install-recommends $missing >/dev/null
