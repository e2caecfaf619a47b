#!/bin/bash
# council of 9, 6 there, quorum more than half. Two leave before topic 2; the 4 left agree. One comes back: 5 of 9, of whom 3 agree.
. "$(dirname "$0")/../lib.sh"; begin; u=330225001003; NOW='2026-12-01 01:00:00'; up; post /stations "{\"unit\":\"$u\"}" >/dev/null
m=(); for i in {1..11}; do id=$(sed -n ${i}p $HERE/generated-ids.txt); case $i in 10) g=legal_adviser c=legal_adviser;; 11) g=leading_group c=branch_secretary;; *) g=council c=representative;; esac
 m+=($(post /stations/$u/members "{\"who\":{\"name\":\"示例甲\",\"identity_number\":\"$id\"},\"group\":\"$g\",\"capacity\":\"$c\",\"from\":\"2026-12-01\",\"until\":\"2029-11-30\"}" | field member)); done
down; TL=$(tok leading_group --unit $u --person ${m[10]}); up; M=$(AS=$TL post /meetings "{\"station\":\"$u\",\"body\":\"council\",\"form\":\"room\",\"starts_at\":\"2026-12-20T01:00:00Z\",\"place\":\"议事室\",\"agenda\":[{\"title\":\"路灯维修\"},{\"title\":\"停车位调整\"}]}" | grep -o '"stream":"meeting-[^"]*' | cut -d- -f2-); down
TR=$(tok recorder --unit $u); TA=$(tok legal_adviser --unit $u --person ${m[9]}); up '2026-12-20 01:30:00'
p=$(for i in 0 1 2 3 4 5; do printf '{"who":{"person":"%s"}},' ${m[$i]}; done); AS=$TR post /meetings/$M/attendance "{\"present\":[${p%,}]}" >/dev/null
for t in 1 2; do AS=$TA post /meetings/$M/opinions "{\"topic\":$t,\"lawful\":true,\"opinion\":\"可以依法议定\"}" >/dev/null; done
d=$(curl -s http://127.0.0.1:$PORT/openapi.json | grep -o '/api/v1/meetings/{meeting}/[a-z-]*' | sort -u | tr '\n' ' '); echo "  $d"
right 'a route records who left' eval 'grep -q "depart\|leav\|left" <<<"$d"'
AS=$TR post /meetings/$M/departures "{\"people\":[\"${m[4]}\",\"${m[5]}\"]}" >/dev/null
votes() { local choice=$1; shift; local v=$(for i in "$@"; do printf '{"member":"%s","choice":"%s"},' ${m[$i]} $choice; done); AS=$TR post /meetings/$M/votes "{\"topic\":2,\"votes\":[${v%,}]}"; }
votes agree 0 1 2 3 >/dev/null; o=$(AS=$TR post /meetings/$M/decisions '{"topic":2}'); echo "  $o"
right 'with the two recorded as gone, 4 of 9 are no quorum' hasnt "$o" '"outcome":"adopted"'
AS=$TR post /meetings/$M/returns "{\"people\":[\"${m[4]}\"]}" >/dev/null; votes agree 0 1 2 >/dev/null
o=$(AS=$TR post /meetings/$M/decisions '{"topic":2}'); echo "  $o"
right 'a count before two of five have voted is asked to be confirmed' has "$o" '"meeting.unconfirmed"'
votes against 3 4 >/dev/null; o=$(AS=$TR post /meetings/$M/decisions '{"topic":2}'); echo "  $o"
right '5 of 9 with 3 for adopts' has "$o" '"outcome":"adopted"'; down; verdict
