#!/usr/bin/env bash
# Backs up the database into a sealed, verified backup; options as of `bookreader backup db --help`.
# Usage: scripts/backup-db.sh [OPTIONS]        BOOKREADER names the binary when it is not on PATH
set -euo pipefail

exec "${BOOKREADER:-bookreader}" backup db "$@"
