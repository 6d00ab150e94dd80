#!/usr/bin/env bash
# Opens the guide in real terminals on a display of its own, and compares what they draw with what
# was meant: the cursor's column behind every line, and the rows of the first page. A picture of each
# is left in the folder that is named at the end. Debian and its kin only: it installs what is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

columns=100
rows=30
out=$(mktemp -d)
lang=${LANG_UTF8:-C.UTF-8}

missing=()
for pair in Xvfb:xvfb xterm:xterm tmux:tmux mlterm:mlterm kitty:kitty import:imagemagick; do
    command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
fc-list 2>/dev/null | grep -q "Noto Sans Mono CJK" || missing+=(fontconfig fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq
    apt-get install -y -qq "${missing[@]}"
fi

cargo build --release --quiet
program=$PWD/target/release/fangtan
check=$(cargo test --no-run --quiet --test terminals --message-format=json |
    sed -n 's/.*"executable":"\([^"]*terminals-[^"]*\)".*/\1/p' | tail -1)

# What runs inside: the columns, then the reader until it is ended.
cat >"$out/inside.sh" <<INSIDE
#!/usr/bin/env bash
export LANG=$lang LC_ALL=$lang HOME=$out/home XDG_DATA_HOME=$out/home XDG_CONFIG_HOME=$out/home
name=\$1
"$check" --ignored --exact --nocapture every_line_of_the_guide_has_the_cells_that_were_meant \\
    >"$out/\$name.columns" 2>&1
(
    sleep 2
    # Media copy: xterm prints its page to the printer command, others pass over it.
    printf '\033[i' >/dev/tty
    sleep 1
    touch "$out/\$name.ready"
    sleep 4
    pkill -TERM -f "$program --lang zh guide"
) &
"$program" --lang zh guide
touch "$out/\$name.done"
INSIDE
chmod +x "$out/inside.sh"
mkdir -p "$out/home"

export DISPLAY=:97
Xvfb $DISPLAY -screen 0 1500x1000x24 >/dev/null 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
sleep 1

failed=0

# show NAME AMBIGUOUS COMMAND...: opens a terminal, waits, compares.
show() {
    local name=$1 ambiguous=$2 opened waited=0
    shift 2
    "$@" >"$out/$name.log" 2>&1 &
    opened=$!
    while [ ! -e "$out/$name.ready" ] && [ $waited -lt 600 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    import -window root "$out/$name.png" || true
    case $name in
    tmux*) tmux -L fangtan-check capture-pane -p >"$out/$name.rows" || true ;;
    kitty) kitty @ --to "unix:$out/kitty.sock" get-text >"$out/$name.rows" || true ;;
    esac
    wait $opened || true
    echo "== $name"
    grep -E "lines, |cells were meant|panicked" "$out/$name.columns" | head -12 || true
    grep -q "test result: ok" "$out/$name.columns" || failed=1
    if [ -s "$out/$name.rows" ]; then
        FANGTAN_CAPTURE="$out/$name.rows" FANGTAN_COLUMNS=$columns FANGTAN_ROWS=$rows \
            FANGTAN_AMBIGUOUS=$ambiguous "$check" --ignored --exact --nocapture \
            the_captured_rows_are_those_that_were_meant >"$out/$name.compared" 2>&1 || failed=1
        grep -E "rows, " "$out/$name.compared" || true
        grep -A12 "meant, and captured" "$out/$name.compared" || true
    else
        echo "no rows captured: look at the picture"
    fi
}

xterm=(xterm -u8 -geometry ${columns}x${rows} -fa "Noto Sans Mono CJK SC" -fs 9)
# xterm marks the second half of a wide character with U+FFFF.
printer() { printf "XTerm*printerCommand: sed 's/\\xef\\xbf\\xbf//g' > %s" "$out/$1.rows"; }
plain='XTerm*printAttributes: 0'

show xterm 1 "${xterm[@]}" -xrm "$plain" -xrm "$(printer xterm)" -e "$out/inside.sh" xterm
show xterm-cjk 2 "${xterm[@]}" -cjk_width -xrm "$plain" -xrm "$(printer xterm-cjk)" -e "$out/inside.sh" xterm-cjk
show tmux 1 "${xterm[@]}" -e tmux -L fangtan-check -f /dev/null -u \
    new-session -x $columns -y $rows "$out/inside.sh tmux" \; set-option status off
show mlterm 1 mlterm --km=UTF-8 --type=xft --fontsize=14 -g ${columns}x${rows} \
    -e "$out/inside.sh" mlterm
show mlterm-ac2 2 mlterm --ac=2 --km=UTF-8 --type=xft --fontsize=14 -g ${columns}x${rows} \
    -e "$out/inside.sh" mlterm-ac2
show kitty 1 kitty --config NONE -o allow_remote_control=yes -o remember_window_size=no \
    -o initial_window_width=${columns}c -o initial_window_height=${rows}c \
    --listen-on "unix:$out/kitty.sock" "$out/inside.sh" kitty

echo "pictures and captures: $out"
exit $failed
