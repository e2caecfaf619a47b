# Shared by every run.sh. Needs yuanfa, replay, curl; faketime's library for cases with another date.
# YUANFA, REPLAY, DIVISIONS, WORK, PORT may be set. A run prints RIGHT or WRONG and exits 0 or 1.
umask 077
Y=${YUANFA:?where the yuanfa binary is}; R=${REPLAY:?where the replay binary is}
TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd); DIV=${DIVISIONS:-$TOP/../../data/divisions-330225-xiangshan.csv}; HERE=$(cd "$(dirname "$0")" && pwd); ID=$(basename "$HERE")
D=${WORK:-${TMPDIR:-/tmp}/yuanfa-cases}/$ID; PORT=${PORT:-19150}; B=http://127.0.0.1:$PORT/api/v1; BAD=0; PID=
LIB=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1)
trap '[ -n "$PID" ] && kill $PID 2>/dev/null; exit' EXIT
ft() { local at=$1; shift; LD_PRELOAD=$LIB FAKETIME="$at" "$@"; }               # ft '@2026-12-01 00:00:00' yuanfa … (UTC)
NOW='2026-11-30 03:00:00'   # the moment of every yuanfa that is not told another (UTC)
y() { ft "@$NOW" $Y --data $D "$@"; }
begin() { rm -rf "$D"; mkdir -p "$D"; y import divisions $DIV >/dev/null; y import units $TOP/base/units.csv >/dev/null; y import roster $TOP/base/roster.csv >/dev/null; V=$(people | head -1); T=$(tok county_office); }
tok() { local r=$1; shift; y token create --role $r "$@" 2>/dev/null | grep -o 'yf_[A-Za-z0-9_-]*' | head -1; }
people() { $R --data $D --quiet show volunteer-archive --format csv | tail -n +2 | cut -d, -f1; }
# A moment far from the last one has to be confirmed (no effect on a program that does not ask for it); CONFIRM=no leaves it.
up() { [ "${CONFIRM:-yes}" = no ] || ft "@${1:-$NOW}" $Y --data $D clock confirm --reason '试验' >/dev/null 2>&1; LD_PRELOAD=$LIB FAKETIME="@${1:-$NOW}" $Y --data $D --listen 127.0.0.1:$PORT serve >>$D/serve.log 2>&1 & PID=$!; for i in $(seq 100); do curl -s -o /dev/null http://127.0.0.1:$PORT/healthz && break; sleep .1; done; }
down() { kill $PID; wait $PID 2>/dev/null; PID=; }
post() { curl -s -X POST -H "Authorization: Bearer ${AS:-$T}" -H 'Content-Type: application/json' --data-binary "$2" "$B$1"; echo; }
del() { curl -s -X DELETE -H "Authorization: Bearer ${AS:-$T}" -H 'Content-Type: application/json' -d "$2" "$B$1"; echo; }
get() { curl -s -H "Authorization: Bearer ${AS:-$T}" "$B$1"; echo; }
upload() { curl -s -H "Authorization: Bearer $T" -F file=@$2 "$B/imports/$1"; echo; }    # upload roster FILE
evidence() { curl -s -H "Authorization: Bearer $T" -F file=@$1 "$B/evidence"; echo; }
imp() { rm -f $D/errors.csv; y import $1 $2 --errors $D/errors.csv 2>&1 | sed -n 2p; [ -f $D/errors.csv ] && sed '1d;s/^/    /' $D/errors.csv; true; }
activity() { # START END [true if dangerous]; prints the id
  post /activities "{\"title\":\"普法宣传\",\"kind\":\"legal_publicity\",\"class\":\"professional\",\"organiser\":\"330225-D01\",\"place\":\"示例广场\",\"starts_at\":\"$1\",\"ends_at\":\"$2\",\"dangerous\":${3:-false}}" | grep -o '"stream":"activity-[^"]*' | cut -d- -f2-; }
served() { # DAY HOURS RECORD: V serves that day and it is attested; needs TR and TA
  up "$1 00:00:00"; local a=$(activity ${1}T00:10:00Z ${1}T0${2}:10:00Z); post "/activities/$a/sign-ups" "{\"volunteer\":\"$V\"}" >/dev/null; down
  up "$1 09:20:00"; post "/activities/$a/start" '{}' >/dev/null; post "/activities/$a/closure" "{\"ended_at\":\"${1}T0${2}:10:00Z\",\"summary\":\"结束\"}" >/dev/null
  AS=$TR post "/volunteers/$V/services" "{\"activity\":\"$a\",\"content\":\"普法\",\"started_at\":\"${1}T00:10:00Z\",\"ended_at\":\"${1}T0${2}:10:00Z\",\"minutes\":$(($2*60)),\"outcomes\":[]}" >/dev/null
  AS=$TA post "/volunteers/$V/services/$3/attestation" '{"rating":5}' >/dev/null; sleep 2; down; }
field() { grep -o "\"$1\":[^,}]*" | head -1 | cut -d: -f2- | tr -d '"'; }
right() { # right 'what' CONDITION…   (a command that succeeds)
  local what=$1; shift; if "$@"; then echo "  right: $what"; else echo "  WRONG: $what"; BAD=1; fi; }
has() { grep -q -- "$2" <<<"$1"; }; hasnt() { ! grep -q -- "$2" <<<"$1"; }
verdict() { if [ $BAD = 0 ]; then echo "RIGHT $ID"; else echo "WRONG $ID"; fi; exit $BAD; }
