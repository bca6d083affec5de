#!/usr/bin/env bash
# Backs up book files and pictures into a sealed, verified backup; options as of `bookreader backup storage --help`.
# Usage: scripts/backup-storage.sh [OPTIONS]        BOOKREADER names the binary when it is not on PATH
set -euo pipefail

exec "${BOOKREADER:-bookreader}" backup storage "$@"
