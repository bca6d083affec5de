#!/usr/bin/env bash
# Walks the critical journeys of a running service; exits at the first failure.
# Usage: scripts/smoke-tests.sh [URL]        BOOKREADER names the binary when it is not on PATH
set -uo pipefail

exec "${BOOKREADER:-bookreader}" smoke "${1:-https://bookreader.ai}"
