#!/usr/bin/env bash
# An hour's work in Kate, on a screen that nobody sees: work.sh FILE LINE COLUMN PICTURES LOG
# A word is typed behind that place, the first completion taken, the file saved, Kate closed.
set -uo pipefail
export QT_QPA_PLATFORM=xcb

# Whether a command succeeds within two minutes, tried again and again: `comes COMMAND...`.
comes() {
  local end=$((SECONDS + 120))
  while [ "$SECONDS" -lt "$end" ]; do
    "$@" && return
    sleep 0.5
  done
  echo "waited in vain: $*" >&2
  return 1
}
windows() { xdotool search --onlyvisible --class kate 2>/dev/null; }
# Kate asks in a window of its own whether it may start the server, which begins with its log.
asks() { [ "$(windows | wc -l)" = 2 ]; }
# The question is there a little before it hears of keys.
starts() {
  if asks; then xdotool key alt+y; fi
  [ -s "$1" ]
}
underlines() {
  import -window root "$1" &&
    convert "$1" txt:- | awk -F '[^0-9]+' '$3 > 150 && $4 < 130 && $5 < 130 { red = 1 } END { exit !red }'
}
# The menu is a window of its own.
offers() { [ "$(windows | wc -l)" -gt "$1" ]; }
is_left() { ! offers "$1"; }
saves() { xdotool key ctrl+s && grep -q WebF "$1"; }
ends() { ! kill -0 "$1" 2>/dev/null; }

# The number of a free screen comes from the server itself.
exec 3< <(exec Xvfb -displayfd 1 -screen 0 800x520x24 -nolisten tcp 2>/dev/null)
xvfb=$!
read -r -u 3 number
export DISPLAY=":$number"
# Whatever happens, it can be ended with all that it started.
set -m
dbus-run-session -- kate -n -b --line "$2" --column "$3" "$1" >/dev/null 2>&1 &
kate=$!

comes asks
comes starts "$5"
comes underlines "$4/kate-findings.png"
timeout 120 xdotool windowfocus --sync "$(windows | tail -1)"
sleep 0.5
import -window root "$4/kate-findings.png"
before=$(windows | wc -l)
xdotool type --delay 200 ", WebF"
comes offers "$before"
import -window root "$4/kate.png"
xdotool key Return
comes is_left "$before"
comes saves "$1"
xdotool key ctrl+q
comes ends "$kate"
kill -- "-$kate" 2>/dev/null
kill "$xvfb"
