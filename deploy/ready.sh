#!/bin/bash
# Ends well when /readyz says that the service is ready. Bash opens the connection itself: the image has no HTTP client.
set -e
exec 3<>/dev/tcp/127.0.0.1/8080
printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
