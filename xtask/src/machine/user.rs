//! Root may not run PostgreSQL; this finds somebody who may.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

/// Whether this process is root.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// An account without rights: `postgres` where it exists, else `nobody`.
struct Account {
    uid: u32,
    gid: u32,
}

fn unprivileged() -> Result<Account> {
    let accounts = std::fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| parse_account(&accounts, name))
        .context("neither `postgres` nor `nobody` is in /etc/passwd")
}

fn parse_account(accounts: &str, name: &str) -> Option<Account> {
    let line = accounts
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some(Account {
        uid: fields.next()?.parse().ok()?,
        gid: fields.next()?.parse().ok()?,
    })
}

/// `program` as a command of an unprivileged account; as it is when we are unprivileged already.
///
/// The program dies with this one (`--pdeathsig`), even if this one is killed.
pub(crate) fn command(program: &Path) -> Result<Command> {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM"]);
    if is_root() {
        let account = unprivileged()?;
        command
            .arg(format!("--reuid={}", account.uid))
            .arg(format!("--regid={}", account.gid));
        command.arg("--clear-groups");
    }
    command.arg("--").arg(program);
    Ok(command)
}

/// Gives `folder` to the account that [`command`] runs as.
pub(crate) fn give(folder: &Path) -> Result<()> {
    if !is_root() {
        return Ok(());
    }
    let account = unprivileged()?;
    std::os::unix::fs::chown(folder, Some(account.uid), Some(account.gid))
        .with_context(|| format!("cannot give {} to an unprivileged user", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "root:x:0:0:root:/root:/bin/bash\nnobody2:x:7:8::/:\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n";
        let account = parse_account(accounts, "nobody").unwrap();
        assert_eq!((account.uid, account.gid), (65534, 65533));
    }
}
