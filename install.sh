#!/bin/sh
# Installs FreeRouter for the user who runs this, without root:
#   curl -fsSL https://github.com/freerouter/freerouter/releases/latest/download/install.sh | sh
# 'sh install.sh --help' lists the options. The whole script is a function, so a download that breaks off runs nothing.
set -eu

project=https://github.com/freerouter/freerouter

usage() {
  cat <<END
Usage: install.sh [OPTION]...
Installs FreeRouter for you alone, without root.

  --version VERSION  installs this release instead of the newest one
  --from DIR|URL     takes the files of the release from a directory or another address
  --prefix DIR       installs below this directory instead of ~/.local
  --jvm              installs the variant for Java 17 or newer, even if there is an executable for this machine
  --uninstall        removes what was installed, and nothing else
  --help             prints this text
END
}

say() { echo "$*"; }
fail() {
  echo "install.sh: $*" >&2
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# --- what this machine is

platform() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Linux-amd64) echo linux-x64 ;;
    Linux-aarch64 | Linux-arm64) echo linux-arm64 ;;
    Darwin-arm64) echo macos-arm64 ;;
    *) echo jvm ;;
  esac
}

# Whether there is glibc, by the path of its loader, which is in each executable. Alpine, for example, has another C library.
has_glibc() {
  case $1 in
    linux-x64) [ -e /lib64/ld-linux-x86-64.so.2 ] ;;
    linux-arm64) [ -e /lib/ld-linux-aarch64.so.1 ] ;;
  esac
}

# --- files of the release

# What is half done when something fails or a signal comes goes away.
clean_up() {
  [ -z "$half" ] || rm -f "$half"
  if [ -n "$first" ]; then
    [ -f "$list" ] || list=$work/list
    remove_files >/dev/null
  fi
  rm -rf "$work"
}

# get FILE: brings a file of the release into $work.
get() {
  case $from in
    http://* | https://*)
      if has curl; then
        curl -fsSL --retry 2 --connect-timeout 30 --speed-limit 1 --speed-time 60 -o "$work/$1" "$from/$1"
      elif has wget; then
        wget -T 60 -qO "$work/$1" "$from/$1"
      else
        fail "neither curl nor wget is installed, so nothing can be downloaded. Install one of them."
      fi || fail "$from/$1 cannot be downloaded. Check the address and the network, or name another place with --from."
      ;;
    *) cp "$from/$1" "$work/$1" 2>/dev/null || fail "there is no readable $from/$1. Name the directory of a release with --from." ;;
  esac
}

sum() {
  if has sha256sum; then
    sha256sum "$1"
  elif has shasum; then
    shasum -a 256 "$1"
  else
    openssl dgst -sha256 -r "$1"
  fi | cut -d ' ' -f 1
}

# --- what was installed
# The list has a file in each line, or a directory that did not exist before.

remove_files() {
  sed -n 's/^file //p' "$list" | while IFS= read -r file; do
    # A script that was killed may have left the second one.
    rm -f "$file" "$file.new"
    say "Removed $file"
  done
  directories=$(sed -n 's/^directory //p' "$list" | sort -r)
  rm -f "$list"
  echo "$directories" | while IFS= read -r directory; do
    [ -z "$directory" ] || rmdir "$directory" 2>/dev/null || true
  done
}

remove() {
  [ -f "$list" ] || fail "nothing was installed below $prefix by this script: there is no $list."
  if has systemctl && systemctl --user --quiet is-enabled freerouter 2>/dev/null; then
    systemctl --user --quiet disable --now freerouter && say "Stopped and disabled the service freerouter."
  fi
  remove_files
  for left in "${XDG_CONFIG_HOME:-${HOME:-}/.config}/freerouter" "${XDG_STATE_HOME:-${HOME:-}/.local/state}/freerouter"; do
    [ ! -d "$left" ] || say "Your own settings stay in $left"
  done
}

# can_execute: whether the system runs programs from $work.
can_execute() {
  printf '#!/bin/sh\nexit 0\n' >"$work/probe"
  chmod 755 "$work/probe"
  "$work/probe" 2>/dev/null
}

# in_unit PROGRAM: the command as a unit of systemd writes it, see systemd.service(5). systemd starts no program whose own name has quotes
# or a backslash, but passes such a name to env.
in_unit() {
  case $1 in
    *[!A-Za-z0-9_./-]*) printf '/usr/bin/env "%s"\n' "$(printf '%s\n' "$1" | sed 's/[\\"]/\\&/g; s/%/%%/g; s/\$/$$/g')" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# make DIRECTORY: notes each directory that is made.
make() {
  [ ! -d "$1" ] || return 0
  make "$(dirname "$1")"
  mkdir "$1"
  echo "directory $1" >>"$work/list"
}

install() {
  variant=$(platform)
  has_glibc "$variant" || variant=jvm
  [ -z "$jvm" ] || variant=jvm
  [ "$variant" != jvm ] || has java || [ -n "${JAVA_HOME:-}" ] || fail "there is no executable for this machine \
($(uname -s) on $(uname -m)), and no Java for the other variant. Install Java 17 or newer, and run this again."

  get SHA256SUMS
  archive=$(sed -n "s/^[0-9a-f]\{64\} [ *]\(freerouter-[0-9A-Za-z.+-]*-$variant\.tar\.gz\)\$/\1/p" "$work/SHA256SUMS" | head -n 1)
  [ -n "$archive" ] || fail "the release at $from has no archive for $variant. Choose another release with --version."
  get "$archive"
  expected=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$archive\$/\1/p" "$work/SHA256SUMS")
  actual=$(sum "$work/$archive")
  [ "$expected" = "$actual" ] || fail "$archive is not the file of the release: its SHA-256 is $actual, not $expected. \
Nothing was installed. Run this again, or tell the maintainers if it repeats: $project/issues"

  mkdir "$work/tree"
  tar -xzf "$work/$archive" -C "$work/tree"
  tree=$work/tree/${archive%.tar.gz}
  version=$("$tree/bin/freerouter" --version) || {
    can_execute || fail "programs cannot run in $work, perhaps because the file system there is mounted with noexec. Nothing was \
installed. Name another directory for temporary files, and run this again: export TMPDIR=\"\$HOME\""
    advice="Try the variant for Java 17 or newer: install.sh --jvm"
    [ "$variant" != jvm ] || advice="Correct what the line above says, and run this again."
    fail "$archive does not run on this machine. Nothing was installed. $advice"
  }

  files=$(cd "$tree" && find bin share -type f | sort)
  for file in $files; do
    [ ! -e "$prefix/$file" ] || grep -qxF "file $prefix/$file" "$list" 2>/dev/null ||
      fail "$prefix/$file exists and was not installed by this script. Nothing was installed. Move the file away and run this again."
  done
  [ ! -f "$tree/share/systemd/user/freerouter.service" ] || {
    command=$(in_unit "$prefix/bin/freerouter")
    while IFS= read -r line; do
      case $line in ExecStart=*) line=ExecStart=$command ;; esac
      printf '%s\n' "$line"
    done <"$tree/share/systemd/user/freerouter.service" >"$work/unit"
    cp "$work/unit" "$tree/share/systemd/user/freerouter.service"
  }

  # The list comes first: what breaks off half-way is removed by it.
  old=
  : >"$work/list"
  if [ -f "$list" ]; then
    old=$(sed -n 's/^file //p' "$list")
    sed -n '/^directory /p' "$list" >"$work/list"
  fi
  [ -n "$old" ] || first=yes
  for file in $files; do
    make "$(dirname "$prefix/$file")"
    echo "file $prefix/$file" >>"$work/list"
  done
  make "$(dirname "$list")"
  { [ -z "$old" ] || echo "$old" | sed 's/^/file /'; cat "$work/list"; } | sort -u >"$list"

  for file in $files; do
    # The program may run: its name gets a new file, and the old file lives until the program ends.
    half=$prefix/$file.new
    cp "$tree/$file" "$half"
    mv -f "$half" "$prefix/$file"
    half=
  done
  # What an older release brought and this one does not goes away.
  echo "$old" | while IFS= read -r file; do
    [ -z "$file" ] || grep -qxF "file $file" "$work/list" || rm -f "$file"
  done
  cp "$work/list" "$list"
  first=

  say "Installed $version:"
  sed -n 's/^file /  /p' "$list"
  case :$PATH: in
    *":$prefix/bin:"*) say "Start with: freerouter --help" ;;
    *) say "$prefix/bin is not on your PATH. Add this line to ~/.profile and log in again: export PATH=\"$prefix/bin:\$PATH\"" ;;
  esac
  there=
  [ "$prefix" = "${HOME:-}/.local" ] || there=" --prefix \"$prefix\""
  say "To remove it: curl -fsSL $project/releases/latest/download/install.sh | sh -s -- --uninstall$there"
}

main() {
  prefix=${HOME:+$HOME/.local}
  release=
  from=
  jvm=
  action=install
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --from | --prefix)
        [ $# -ge 2 ] || fail "$1 needs a value. See install.sh --help."
        case $1 in
          --version) release=${2#v} ;;
          --from) from=${2%/} ;;
          --prefix) prefix=$2 ;;
        esac
        shift
        ;;
      --jvm) jvm=yes ;;
      --uninstall) action=remove ;;
      --help | -h)
        usage
        exit 0
        ;;
      *)
        echo "install.sh: there is no option '$1'. See install.sh --help." >&2
        exit 2
        ;;
    esac
    shift
  done
  case $prefix in
    '') fail "there is no directory to install to, because HOME is not set. Name a directory with --prefix." ;;
    /*) ;;
    *) prefix=$(pwd)/$prefix ;;
  esac
  case $prefix in
    *"
"*) fail "the directory of --prefix has a line end in its name. Name another directory." ;;
  esac
  prefix=${prefix%/}
  if [ -z "$from" ]; then
    from=$project/releases/latest/download
    [ -z "$release" ] || from=$project/releases/download/v$release
  elif [ -n "$release" ]; then
    fail "--version chooses a release of the project, and --from another place. Use one of them."
  fi
  list=$prefix/share/freerouter/installed

  work=$(mktemp -d)
  # Set while a first installation is under way, and the file that is being copied.
  first=
  half=
  trap clean_up EXIT
  trap 'exit 130' INT TERM HUP
  "$action"
}

main "$@"
