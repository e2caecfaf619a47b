#!/bin/sh
# Makes the service's account and says who may do what. Run again, it sets the same password and rights once more.
set -eu
umask 077

server=https://kurrentdb1:2113
events='Content-Type: application/vnd.kurrent.events+json'

fail() {
    echo "accounts: $1" >&2
    [ ! -s /tmp/answer ] || cat /tmp/answer >&2
    exit 1
}

# as LOGIN PATH [curl's options]: prints the status, 000 when nobody answers. A password is on no command line.
as() {
    login=$1 path=$2
    shift 2
    curl --silent --show-error --max-time 15 --cacert /trust/ca.crt --config "/tmp/$login" \
        --output /tmp/answer --write-out '%{http_code}' "$@" "$server$path" || true
}

# must STATUS WHAT FOUND
must() {
    [ "$3" = "$1" ] || fail "$2: expected $1, got $3"
}

# answered TRIES LOGIN PATH [curl's options]: waits for 200
answered() {
    tries=$1
    shift
    until [ "$(as "$@")" = 200 ]; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 5
    done
}

uuid() {
    cat /proc/sys/kernel/random/uuid
}

password=$(cat /run/secrets/yuanfa_password)
printf 'user = "admin:%s"\n' "$KURRENTDB_DEFAULT_ADMIN_PASSWORD" >/tmp/admin
printf 'user = "yuanfa:%s"\n' "$password" >/tmp/yuanfa

answered 60 admin /users/admin ||
    fail 'no leader, or the administrator has another password than secrets/kurrentdb.env says'

for name in admin ops; do
    printf 'user = "%s:changeit"\n' "$name" >/tmp/default
    must 401 "$name with the default password" "$(as default '/users/$current')"
done

printf '{"LoginName":"yuanfa","FullName":"Yuanfa","Groups":[],"Password":"%s"}' "$password" >/tmp/body
made=$(as admin /users/ --header 'Content-Type: application/json' --data-binary @/tmp/body)
if [ "$made" = 409 ]; then
    printf '{"NewPassword":"%s"}' "$password" >/tmp/body
    must 200 'the new password' \
        "$(as admin /users/yuanfa/command/reset-password --header 'Content-Type: application/json' --data-binary @/tmp/body)"
else
    must 201 'the account yuanfa' "$made"
fi

# Streams without rights of their own: the service appends, auditors read, only administrators delete.
cat >/tmp/body <<END
[{"eventId": "$(uuid)", "eventType": "update-default-acl", "data": {
    "\$userStreamAcl": {
        "\$r": ["\$admins", "yuanfa", "yuanfa-audit"], "\$w": ["\$admins", "yuanfa"],
        "\$d": "\$admins", "\$mr": "\$admins", "\$mw": "\$admins"
    },
    "\$systemStreamAcl": {
        "\$r": "\$admins", "\$w": "\$admins", "\$d": "\$admins", "\$mr": "\$admins", "\$mw": "\$admins"
    }
}}]
END
must 201 'the default rights (is KURRENTDB_ATOM_PUB=true?)' \
    "$(as admin /streams/%24settings --header "$events" --data-binary @/tmp/body)"

# The log as a whole, which is a system's stream.
cat >/tmp/body <<END
[{"eventId": "$(uuid)", "eventType": "\$metadata", "data": {
    "\$acl": {"\$r": ["\$admins", "yuanfa", "yuanfa-audit"]}
}}]
END
must 201 'the rights to the whole log' \
    "$(as admin /streams/%24all/metadata --header "$events" --data-binary @/tmp/body)"

answered 6 yuanfa /streams/%24all/head/backward/1 --header 'Accept: application/json' ||
    fail 'yuanfa may not read the whole log'
echo 'accounts: yuanfa may read and append; no default password is in use'
