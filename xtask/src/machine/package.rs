//! Debian packages that the tests use, and those that measurements are compared with.

use std::process::Command;

use anyhow::Result;

use crate::machine::{program, user};
use crate::process;

/// A program that is needed, and the Debian package that brings it.
struct Need {
    package: &'static str,
    is_here: fn() -> bool,
}

const NEEDS: [Need; 12] = [
    Need {
        package: "postgresql",
        is_here: || program::find_postgres().is_some(),
    },
    Need {
        package: "redis-server",
        is_here: || program::find("redis-server").is_some(),
    },
    Need {
        package: "chromium",
        is_here: || program::find("chromium").is_some(),
    },
    Need {
        package: "epubcheck",
        is_here: || program::find("epubcheck").is_some(),
    },
    Need {
        package: "jq",
        is_here: || program::find("jq").is_some(),
    },
    Need {
        package: "curl",
        is_here: || program::find("curl").is_some(),
    },
    Need {
        package: "nginx-light",
        is_here: || program::find("nginx").is_some(),
    },
    Need {
        package: "prometheus",
        is_here: || program::find("promtool").is_some(),
    },
    Need {
        package: "prometheus-alertmanager",
        is_here: || program::find("amtool").is_some(),
    },
    Need {
        package: "fail2ban",
        is_here: || program::find("fail2ban-regex").is_some(),
    },
    Need {
        package: "shellcheck",
        is_here: || program::find("shellcheck").is_some(),
    },
    Need {
        package: "docker-compose",
        is_here: || program::find("docker-compose").is_some(),
    },
];

/// What measurements are compared with.
const PEERS: [Need; 1] = [Need {
    package: "pandoc",
    is_here: || program::find("pandoc").is_some(),
}];

/// Installs what is missing when that is possible; gives the packages that are still missing.
pub(crate) fn install_missing() -> Result<Vec<&'static str>> {
    install(&NEEDS)
}

/// The same for what measurements are compared with.
pub(crate) fn install_peers() -> Result<Vec<&'static str>> {
    install(&PEERS)
}

fn install(needs: &[Need]) -> Result<Vec<&'static str>> {
    let wanted = missing(needs);
    if wanted.is_empty() || !user::is_root() || program::find("apt-get").is_none() {
        return Ok(wanted);
    }
    println!("  installing Debian packages: {}", wanted.join(" "));
    process::run(apt().args(["-q", "update"]))?;
    process::run(
        apt()
            .args(["-q", "install", "-y", "--no-install-recommends"])
            .args(&wanted),
    )?;
    Ok(missing(needs))
}

fn missing(needs: &[Need]) -> Vec<&'static str> {
    needs
        .iter()
        .filter(|need| !(need.is_here)())
        .map(|need| need.package)
        .collect()
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
