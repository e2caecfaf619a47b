#!/bin/sh
# Makes an authority, and a certificate for each database node, where there is none yet; with `renew` the nodes' anew.
set -eu

authority=/authority/ca
if [ ! -f "$authority/ca.key" ]; then
    es-gencert-cli create-ca -days "$AUTHORITY_DAYS" -out "$authority"
fi
cp "$authority/ca.crt" /trust/ca.crt
chmod 444 /trust/ca.crt

for n in 1 2 3; do
    if [ -f "/tls$n/node.key" ] && [ "${1:-}" != renew ]; then
        continue
    fi
    made=$(mktemp -d)/node
    es-gencert-cli create-node -ca-certificate "$authority/ca.crt" -ca-key "$authority/ca.key" \
        -days "$NODE_DAYS" -dns-names "kurrentdb$n,localhost" -ip-addresses 127.0.0.1 -out "$made"
    cp "$made/node.crt" "/tls$n/node.crt"
    cp "$made/node.key" "/tls$n/node.key"
    # The user of the database's image.
    chown 1000:1000 "/tls$n/node.crt" "/tls$n/node.key"
    chmod 400 "/tls$n/node.key"
done
