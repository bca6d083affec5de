//! Passwords for what lives only on this machine.

use std::io::Read as _;

use anyhow::{Context as _, Result};

/// 32 hexadecimal digits from the operating system's generator.
pub(crate) fn random() -> Result<String> {
    let mut bytes = [0_u8; 16];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .context("cannot read /dev/urandom")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
