#!/bin/sh
# Puts the program where everybody of this machine finds it, or one person where they may not:
#
#   sudo ./install.sh            /opt/crfapp, with a starter in /usr/local/bin and an entry in the menu
#   ./install.sh --user          the same below this person's own folders
#   sudo ./install.sh --remove   takes the program away again; records stay where they are
#
# Every file is compared with MANIFEST.sha256 before and after. Records of a site lie elsewhere
# (~/.local/share/crfapp) and are touched by none of this.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
remove=
program=/opt/crfapp bin=/usr/local/bin share=/usr/local/share
for word in "$@"; do
    case $word in
    --user)
        share=${XDG_DATA_HOME:-$HOME/.local/share}
        program=$share/crfapp-program bin=$HOME/.local/bin
        ;;
    --remove) remove=yes ;;
    *)
        echo "usage: $0 [--user] [--remove]" >&2
        exit 2
        ;;
    esac
done
entry=$share/applications/crfapp.desktop
icon=$share/icons/hicolor/scalable/apps/crfapp.svg

if [ -n "$remove" ]; then
    # only what this script made: a folder that carries our list of files
    [ ! -f "$program/MANIFEST.sha256" ] || rm -rf "$program"
    rm -f "$bin/crfapp" "$entry" "$icon"
    echo "Removed. The records of sites are where they were."
    exit 0
fi

[ -f "$here/MANIFEST.sha256" ] || {
    echo "MANIFEST.sha256 is not beside this script: unpack the whole archive and start it from there." >&2
    exit 1
}
(cd "$here" && sha256sum --quiet --check MANIFEST.sha256) || {
    echo "These files are not what was built. Nothing was installed; fetch the archive again." >&2
    exit 1
}
[ ! -e "$program" ] || [ -f "$program/MANIFEST.sha256" ] || {
    echo "$program is there and is not ours. Nothing was installed; move it away first." >&2
    exit 1
}

mkdir -p "$bin" "$(dirname "$entry")" "$(dirname "$icon")" "$(dirname "$program")"
fresh=$program.new
rm -rf "$fresh"
cp -R -p "$here" "$fresh"
chmod -R u=rwX,go=rX "$fresh"
(cd "$fresh" && sha256sum --quiet --check MANIFEST.sha256)
# the former version makes way only when the new one lies whole beside it
former=$program.former
rm -rf "$former"
[ ! -e "$program" ] || mv "$program" "$former"
mv "$fresh" "$program"
rm -rf "$former"

ln -sf "$program/crfapp" "$bin/crfapp"
sed "s|@PROGRAM@|$program/crfapp|" "$program/crfapp.desktop" >"$entry"
cp "$program/_internal/resources/program/crfapp.svg" "$icon"
echo "Installed: $program, $bin/crfapp and an entry in the menu."
missing=$(ldd "$program/_internal/PySide6/Qt/plugins/platforms/libqxcb.so" 2>/dev/null | sed -n 's/^\s*\(\S*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
[ -z "$missing" ] || echo "This system lacks libraries that the window needs: $missing (docs/packaging.md names their packages)"
echo "Now qualify the installation:  crfapp qualify --installation"
