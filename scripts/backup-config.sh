#!/usr/bin/env bash
# Backs up settings and secrets into a sealed, verified backup; options as of `bookreader backup config --help`.
# Usage: scripts/backup-config.sh [OPTIONS]        BOOKREADER names the binary when it is not on PATH
set -euo pipefail

exec "${BOOKREADER:-bookreader}" backup config "$@"
