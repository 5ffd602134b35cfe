#!/usr/bin/env bash
# An hour's work in Kate, on a screen that nobody sees: work.sh FILE LINE COLUMN PICTURES
# A word is typed behind that place, the first completion taken, the file saved, Kate closed.
set -uo pipefail
export QT_QPA_PLATFORM=xcb

# The number of a free screen comes from the server itself.
exec 3< <(exec Xvfb -displayfd 1 -screen 0 800x520x24 -nolisten tcp 2>/dev/null)
xvfb=$!
read -r -u 3 number
export DISPLAY=":$number"
dbus-run-session -- kate -n -b --line "$2" --column "$3" "$1" >/dev/null 2>&1 &
kate=$!

# The first command that finds a window says that it is there.
for _ in $(seq 100); do
  xdotool search --onlyvisible --class kate >/dev/null 2>&1 && break
  sleep 0.2
done
sleep 4
# Kate asks whether it may start the server.
xdotool key alt+y
sleep 3
xdotool windowfocus --sync "$(xdotool search --onlyvisible --class kate | tail -1)"
sleep 0.5
import -window root "$4/kate-findings.png"
xdotool type --delay 200 ", WebF"
sleep 3
import -window root "$4/kate.png"
xdotool key Return
sleep 1
xdotool key ctrl+s
sleep 1
xdotool key ctrl+q
for _ in $(seq 25); do
  kill -0 "$kate" 2>/dev/null || break
  sleep 0.2
done
kill "$kate" 2>/dev/null
kill "$xvfb"
