//! Are there disk, memory and file descriptors enough?

use std::path::Path;

use crate::checks::Finding;

const MIB: u64 = 1 << 20;
const LEAST_DISK: u64 = 1024 * MIB;
const LEAST_MEMORY: u64 = 256 * MIB;
const LEAST_FILES: u64 = 1024;
/// Percent of the file system's inodes.
const LEAST_INODES: u64 = 5;

/// What the machine has left.
struct Left {
    /// Bytes that an ordinary user may still write.
    disk: u64,
    /// Bytes beneath the data folder.
    used: u64,
    /// Free inodes in percent; `None` where the file system has no such limit.
    inodes: Option<u64>,
    memory: u64,
    files: u64,
}

pub(crate) fn look(data_dir: &Path) -> Finding {
    match measure(data_dir) {
        Ok(left) => judge(&left),
        Err(error) => Finding::cannot_tell(
            format!("{}: {error}", data_dir.display()),
            "name the data folder with --data-dir and run this as the service's user",
        ),
    }
}

fn measure(data_dir: &Path) -> std::io::Result<Left> {
    let disk = rustix::fs::statvfs(data_dir)?;
    Ok(Left {
        disk: disk.f_bavail.saturating_mul(disk.f_frsize),
        used: bytes_beneath(data_dir)?,
        inodes: (disk.f_files > 0).then(|| disk.f_favail.saturating_mul(100) / disk.f_files),
        memory: available_memory(&std::fs::read_to_string("/proc/meminfo")?),
        files: rustix::process::getrlimit(rustix::process::Resource::Nofile)
            .current
            .unwrap_or(u64::MAX),
    })
}

fn bytes_beneath(folder: &Path) -> std::io::Result<u64> {
    let mut total = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // What is removed while we count needs no room.
        let Ok(about) = entry.metadata() else { continue };
        total += if about.is_dir() {
            bytes_beneath(&entry.path())?
        } else {
            about.len()
        };
    }
    Ok(total)
}

/// Bytes of `MemAvailable`; none when the kernel does not say.
fn available_memory(meminfo: &str) -> u64 {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"));
    let kibibytes: Option<u64> = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
    kibibytes.map_or(0, |kibibytes| kibibytes * 1024)
}

fn judge(left: &Left) -> Finding {
    let least_disk = LEAST_DISK.max(left.used.saturating_mul(2));
    let mut short = Vec::new();
    if left.disk < least_disk {
        short.push(format!(
            "disk: {} MiB free, {} wanted",
            left.disk / MIB,
            least_disk / MIB
        ));
    }
    if let Some(inodes) = left.inodes.filter(|inodes| *inodes < LEAST_INODES) {
        short.push(format!("inodes: {inodes} % free, {LEAST_INODES} % wanted"));
    }
    if left.memory < LEAST_MEMORY {
        short.push(format!(
            "memory: {} MiB, {} wanted",
            left.memory / MIB,
            LEAST_MEMORY / MIB
        ));
    }
    if left.files < LEAST_FILES {
        short.push(format!("open files: {}, {LEAST_FILES} wanted", left.files));
    }
    if !short.is_empty() {
        return Finding::fail(
            short.join("; "),
            "make room, or move the service to a larger machine",
        );
    }
    Finding::pass(format!(
        "disk {} MiB free for {} MiB of data, memory {} MiB, {} open files",
        left.disk / MIB,
        left.used / MIB,
        left.memory / MIB,
        left.files
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome::{CannotTell, Fail, Pass};

    fn enough() -> Left {
        Left {
            disk: LEAST_DISK,
            used: LEAST_DISK / 2,
            inodes: Some(LEAST_INODES),
            memory: LEAST_MEMORY,
            files: LEAST_FILES,
        }
    }

    #[test]
    fn each_shortage_fails_by_its_name() {
        assert_eq!(judge(&enough()).outcome, Pass);
        let short: [(&str, Left); 5] = [
            (
                "disk",
                Left {
                    disk: LEAST_DISK - 1,
                    ..enough()
                },
            ),
            (
                "disk",
                Left {
                    used: LEAST_DISK / 2 + 1,
                    ..enough()
                },
            ),
            (
                "inodes",
                Left {
                    inodes: Some(LEAST_INODES - 1),
                    ..enough()
                },
            ),
            (
                "memory",
                Left {
                    memory: LEAST_MEMORY - 1,
                    ..enough()
                },
            ),
            (
                "open files",
                Left {
                    files: LEAST_FILES - 1,
                    ..enough()
                },
            ),
        ];
        for (name, left) in short {
            let finding = judge(&left);
            assert_eq!(finding.outcome, Fail);
            assert!(finding.evidence.starts_with(name), "{}", finding.evidence);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_doubt() {
        assert_eq!(look(Path::new("/nowhere/data")).outcome, CannotTell);
    }

    #[test]
    fn bytes_are_counted_in_folders_too() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        std::fs::write(folder.path().join("one"), [0; 10]).unwrap();
        std::fs::write(folder.path().join("deep/two"), [0; 20]).unwrap();
        assert_eq!(bytes_beneath(folder.path()).unwrap(), 30);
    }
}
