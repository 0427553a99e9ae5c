#!/bin/sh
# Counts the instructions of the hot cases with callgrind: `instructions CASE PER_FRAME`, one a line.
#
# Each case runs twice with different counts of frames; what is set up cancels out.
set -eu
cd "$(dirname "$0")/.."
few=512
many=2560

binary=$(cargo bench --quiet --bench instructions --no-run --message-format=json |
    sed -n 's/.*"name":"instructions".*"executable":"\([^"]*\)".*/\1/p')

count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

for case in text transcript audio-20 audio-100 append-20 text-gemini; do
    less=$(count "$case" $few)
    more=$(count "$case" $many)
    echo "instructions $case $(((more - less) / (many - few)))"
done
