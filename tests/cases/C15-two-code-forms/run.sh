#!/bin/bash
. "$(dirname "$0")/../lib.sh"; begin; o=$(imp divisions $HERE/divisions-nbs12.csv); echo "$o"
shown=$($R --data $D --quiet --lang en show quota --format csv); n=$(grep -c ',county,' <<<"$shown"); echo "  counties: $n"
right 'one county' [ $n = 1 ]
right '330225000000 is taken for 330225: every row is a division that is known, or one below it' eval 'has "$o" "0 problems" && hasnt "$shown" "330225000000" && hasnt "$shown" "330225001000"'
verdict
